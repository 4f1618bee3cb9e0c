import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { MonthFilter } from '@app/shared/selfchecks/filter'
import type { SelfcheckRecord } from '@app/shared/selfchecks/schema'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { street } from '../../api'

export type MonthQuery = Omit<InferInput<typeof MonthFilter>, 'cursor'>

/** One page of a month, behind a unit. */
export const monthPage = (
  streetId: string,
  month: string,
  filter: MonthQuery,
  cursor: string | undefined,
  signal?: AbortSignal,
) =>
  parseResponse(
    street.selfchecks.months[':month'].$get(
      { param: { streetId, month }, query: { ...filter, ...(cursor && { cursor }) } },
      signal ? { init: { signal } } : {},
    ),
  )

export const selfcheckQueries = {
  all: (streetId: string) => ['street', streetId, 'selfchecks'] as const,
  /** What one's own unit has to do now. */
  home: (streetId: string) =>
    queryOptions({
      queryKey: [...selfcheckQueries.all(streetId), 'home'] as const,
      queryFn: ({ signal }) =>
        parseResponse(street.selfchecks.home.$get({ param: { streetId } }, { init: { signal } })),
    }),
  /** The checklists of one's own unit, with all else that a self-check needs without a network. */
  offers: (streetId: string) =>
    queryOptions({
      queryKey: [...selfcheckQueries.all(streetId), 'offers'] as const,
      queryFn: ({ signal }) =>
        parseResponse(street.selfchecks.offers.$get({ param: { streetId } }, { init: { signal } })),
      staleTime: 10 * 60_000,
    }),
  list: (streetId: string, enterpriseId: string) =>
    infiniteQueryOptions({
      queryKey: [...selfcheckQueries.all(streetId), 'list', enterpriseId] as const,
      queryFn: ({ signal, pageParam }) =>
        parseResponse(
          street.selfchecks.$get(
            { param: { streetId }, query: { enterpriseId, ...(pageParam !== '' && { cursor: pageParam }) } },
            { init: { signal } },
          ),
        ),
      initialPageParam: '',
      getNextPageParam: ({ next }) => next,
    }),
  record: (streetId: string, selfcheckId: string) =>
    queryOptions({
      queryKey: [...selfcheckQueries.all(streetId), 'record', selfcheckId] as const,
      queryFn: ({ signal }): Promise<SelfcheckRecord> =>
        parseResponse(
          street.selfchecks[':selfcheckId'].$get({ param: { streetId, selfcheckId } }, { init: { signal } }),
        ),
    }),
  month: (streetId: string, month: string, filter: MonthQuery) =>
    infiniteQueryOptions({
      queryKey: [...selfcheckQueries.all(streetId), 'month', month, filter] as const,
      queryFn: ({ signal, pageParam }) => monthPage(streetId, month, filter, pageParam || undefined, signal),
      initialPageParam: '',
      getNextPageParam: ({ next }) => next,
    }),
  signals: (streetId: string) =>
    infiniteQueryOptions({
      queryKey: [...selfcheckQueries.all(streetId), 'signals'] as const,
      queryFn: ({ signal, pageParam }) =>
        parseResponse(
          street.selfchecks.signals.$get(
            { param: { streetId }, query: pageParam === '' ? {} : { cursor: pageParam } },
            { init: { signal } },
          ),
        ),
      initialPageParam: '',
      getNextPageParam: ({ next }) => next,
    }),
  unitSignals: (streetId: string, enterpriseId: string) =>
    queryOptions({
      queryKey: [...selfcheckQueries.all(streetId), 'signals', enterpriseId] as const,
      queryFn: ({ signal }) =>
        parseResponse(
          street.selfchecks.signals[':enterpriseId'].$get({ param: { streetId, enterpriseId } }, { init: { signal } }),
        ),
    }),
  sample: (streetId: string) =>
    queryOptions({
      queryKey: [...selfcheckQueries.all(streetId), 'sample'] as const,
      queryFn: ({ signal }) =>
        parseResponse(street.selfchecks.sample.$get({ param: { streetId } }, { init: { signal } })),
    }),
}
