import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { street } from '../../../api'
import { gather } from '../../../ui/desk/gather'
import { inspectionQueries } from '../queries'
import type { RecordsSearch } from './records-search'

/** Rows of a page of records. */
export const pageSize = 50

/** One page of the records from the filter's cursor on. */
export const recordsPage = (streetId: string, { cursor: start, page: _, ...filter }: RecordsSearch) =>
  queryOptions({
    queryKey: [...inspectionQueries.all(streetId), 'page', filter, start ?? ''] as const,
    queryFn: ({ signal }) => {
      const set = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
      return gather(
        (cursor) =>
          parseResponse(
            street.inspections.$get(
              { param: { streetId }, query: { ...set, limit: String(pageSize), ...(cursor && { cursor }) } },
              { init: { signal } },
            ),
          ),
        start,
        pageSize,
      )
    },
    placeholderData: keepPreviousData,
  })
