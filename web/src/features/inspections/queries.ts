import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { InspectionFilter, InspectionRecord } from '@app/shared/inspections/schema'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { street } from '../../api'

export const inspectionQueries = {
  all: (streetId: string) => ['street', streetId, 'inspections'] as const,
  /** Whom to check by now. */
  due: (streetId: string) =>
    queryOptions({
      queryKey: [...inspectionQueries.all(streetId), 'due'] as const,
      queryFn: ({ signal }) =>
        parseResponse(street.inspections.due.$get({ param: { streetId } }, { init: { signal } })),
    }),
  /** The checklists for a unit, with all else that a check needs without a network. */
  offers: (streetId: string, enterpriseId: string) =>
    queryOptions({
      queryKey: [...inspectionQueries.all(streetId), 'offers', enterpriseId] as const,
      queryFn: ({ signal }) =>
        parseResponse(
          street.inspections.offers[':enterpriseId'].$get({ param: { streetId, enterpriseId } }, { init: { signal } }),
        ),
      staleTime: 10 * 60_000,
    }),
  list: (streetId: string, filter: Omit<InferInput<typeof InspectionFilter>, 'cursor'>) =>
    infiniteQueryOptions({
      queryKey: [...inspectionQueries.all(streetId), 'list', filter] as const,
      queryFn: ({ signal, pageParam }) =>
        parseResponse(
          street.inspections.$get(
            { param: { streetId }, query: { ...filter, ...(pageParam !== '' && { cursor: pageParam }) } },
            { init: { signal } },
          ),
        ),
      initialPageParam: '',
      getNextPageParam: ({ next }) => next,
    }),
  record: (streetId: string, inspectionId: string) =>
    queryOptions({
      queryKey: [...inspectionQueries.all(streetId), 'record', inspectionId] as const,
      queryFn: ({ signal }): Promise<InspectionRecord> =>
        parseResponse(
          street.inspections[':inspectionId'].$get({ param: { streetId, inspectionId } }, { init: { signal } }),
        ),
    }),
}
