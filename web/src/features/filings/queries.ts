import { infiniteQueryOptions, keepPreviousData, mutationOptions, queryOptions } from '@tanstack/react-query'
import type { BoardFilter, FilingFilter } from '@app/shared/filings/filter'
import type {
  BoardPage,
  Confirmation,
  Decision,
  FilingPage,
  FilingRecord,
  NewFiling,
  Owing,
  StatementDraft,
  WorkClosure,
} from '@app/shared/filings/schema'
import type { FilingId } from '@app/shared/ids'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { street } from '../../api'

export type FilingQuery = InferInput<typeof FilingFilter>
export type BoardQuery = InferInput<typeof BoardFilter>

const all = (streetId: string) => ['street', streetId, 'filings'] as const

export const filingQueries = {
  all,
  /** What the reader's own unit owes, with what its forms need. */
  own: (streetId: string) =>
    queryOptions({
      queryKey: [...all(streetId), 'own'] as const,
      queryFn: ({ signal }): Promise<Owing> =>
        parseResponse(street.filings.own.$get({ param: { streetId } }, { init: { signal } })),
    }),
  owed: (streetId: string, enterpriseId: string) =>
    queryOptions({
      queryKey: [...all(streetId), 'owed', enterpriseId] as const,
      queryFn: ({ signal }): Promise<Owing> =>
        parseResponse(
          street.filings.owed[':enterpriseId'].$get({ param: { streetId, enterpriseId } }, { init: { signal } }),
        ),
    }),
  record: (streetId: string, filingId: string) =>
    queryOptions({
      queryKey: [...all(streetId), 'record', filingId] as const,
      queryFn: ({ signal }): Promise<FilingRecord> =>
        parseResponse(street.filings[':filingId'].$get({ param: { streetId, filingId } }, { init: { signal } })),
    }),
  /** What was filed, the newest first, page after page. */
  list: (streetId: string, filter: Omit<FilingQuery, 'cursor'>) =>
    infiniteQueryOptions({
      queryKey: [...all(streetId), 'list', filter] as const,
      queryFn: ({ signal, pageParam }) =>
        pageOf(streetId, { ...filter, ...(pageParam !== '' && { cursor: pageParam }) }, signal),
      initialPageParam: '',
      getNextPageParam: ({ next }) => next,
    }),
  page: (streetId: string, filter: FilingQuery) =>
    queryOptions({
      queryKey: [...all(streetId), 'page', filter] as const,
      queryFn: ({ signal }) => pageOf(streetId, filter, signal),
      placeholderData: keepPreviousData,
    }),
  board: (streetId: string, filter: BoardQuery) =>
    queryOptions({
      queryKey: [...all(streetId), 'board', filter] as const,
      queryFn: ({ signal }) => boardOf(streetId, filter, signal),
      placeholderData: keepPreviousData,
    }),
}

/** One page of what was filed, as it is asked for by pages and by exports. */
export const pageOf = (streetId: string, query: FilingQuery, signal?: AbortSignal): Promise<FilingPage> =>
  parseResponse(street.filings.$get({ param: { streetId }, query }, signal && { init: { signal } }))

/** One page of what units owe. */
export const boardOf = (streetId: string, query: BoardQuery, signal?: AbortSignal): Promise<BoardPage> =>
  parseResponse(street.filings.board.$get({ param: { streetId }, query }, signal && { init: { signal } }))

/** Each of these is sent under a key that is the same as long as what is sent is. */
interface Keyed<T> {
  readonly json: T
  readonly key: string
}
const keyed = (key: string) => ({ headers: { 'idempotency-key': key } })

const keeps = <T>(streetId: string, send: (change: Keyed<T>) => Promise<unknown>) =>
  mutationOptions({
    mutationFn: send,
    networkMode: 'always',
    // What a unit owes is told on other pages too.
    onSuccess: (_data, _change, _result, { client }) => client.invalidateQueries({ queryKey: ['street', streetId] }),
  })

/** Sends a record, or an application for a permit. */
export const fileRecord = (streetId: string, json: InferInput<typeof NewFiling>, key: string) =>
  parseResponse(street.filings.$post({ param: { streetId }, json }, keyed(key)))

/** Sends a draft of a statement, a new one or the next revision. */
export const keepDraft = (streetId: string, filingId: FilingId, json: InferInput<typeof StatementDraft>, key: string) =>
  parseResponse(street.filings[':filingId'].draft.$put({ param: { streetId, filingId }, json }, keyed(key)))

export const confirmFiling = (streetId: string, filingId: FilingId) =>
  keeps(streetId, ({ json, key }: Keyed<InferInput<typeof Confirmation>>) =>
    parseResponse(street.filings[':filingId'].confirmation.$put({ param: { streetId, filingId }, json }, keyed(key))),
  )
export const decideFiling = (streetId: string, filingId: FilingId) =>
  keeps(streetId, ({ json, key }: Keyed<InferInput<typeof Decision>>) =>
    parseResponse(street.filings[':filingId'].decision.$put({ param: { streetId, filingId }, json }, keyed(key))),
  )
export const closeFiling = (streetId: string, filingId: FilingId) =>
  keeps(streetId, ({ json, key }: Keyed<InferInput<typeof WorkClosure>>) =>
    parseResponse(street.filings[':filingId'].closure.$put({ param: { streetId, filingId }, json }, keyed(key))),
  )

/** The whole of a certificate's number, for one look, which the audit log keeps. */
export const seeNumber = (streetId: string) =>
  mutationOptions({
    mutationFn: (filingId: string) =>
      parseResponse(street.filings[':filingId']['number-views'].$post({ param: { streetId, filingId } })),
    // Nothing of it stays in memory once it is hidden again.
    gcTime: 0,
  })
