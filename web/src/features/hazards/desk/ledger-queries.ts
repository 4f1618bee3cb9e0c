import type { HazardCard } from '@app/shared/hazards/schema'
import type { HazardFilterInput } from '@app/shared/hazards/filter'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { street } from '../../../api'
import { gather } from '../../../ui/desk/gather'
import { hazardQueries } from '../queries'

/** Rows of a page of the ledger. */
export const pageSize = 50
/** More rows than this are not written into one file. */
export const mostExported = 5000

const ask = (streetId: string, query: HazardFilterInput, signal: AbortSignal) =>
  parseResponse(street.hazards.$get({ param: { streetId }, query }, { init: { signal } }))

/** One page of the ledger from the filter's cursor on. */
export const ledgerPage = (streetId: string, { cursor: start, ...filter }: HazardFilterInput) =>
  queryOptions({
    queryKey: [...hazardQueries.all(streetId), 'page', filter, start ?? ''] as const,
    queryFn: ({ signal }) =>
      gather(
        (cursor) => ask(streetId, { ...filter, limit: String(pageSize), ...(cursor && { cursor }) }, signal),
        start,
        pageSize,
      ),
    placeholderData: keepPreviousData,
  })

/** Every row of a filtered list from its first page on, as many as one file takes, and whether that was all. */
export async function allOf(
  streetId: string,
  { cursor: _, ...filter }: HazardFilterInput,
): Promise<{ rows: HazardCard[]; whole: boolean }> {
  const rows: HazardCard[] = []
  const { signal } = new AbortController()
  let cursor: string | undefined
  do {
    const page = await ask(streetId, { ...filter, limit: '200', ...(cursor && { cursor }) }, signal)
    rows.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor && rows.length < mostExported)
  return { rows: rows.slice(0, mostExported), whole: !cursor && rows.length <= mostExported }
}
