import { keepPreviousData, mutationOptions, queryOptions } from '@tanstack/react-query'
import type { DrawPage, DrawPool, DrawRecord, NewDraw, PoolQuery } from '@app/shared/draws/schema'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { street } from '../../api'

export type PoolFilter = InferInput<typeof PoolQuery>
export type NewDrawInput = InferInput<typeof NewDraw>

const all = (streetId: string) => ['street', streetId, 'draws'] as const

export const drawQueries = {
  page: (streetId: string, cursor: string | undefined) =>
    queryOptions({
      queryKey: [...all(streetId), 'page', cursor ?? ''] as const,
      queryFn: ({ signal }): Promise<DrawPage> =>
        parseResponse(
          street.draws.$get({ param: { streetId }, query: cursor ? { cursor } : {} }, { init: { signal } }),
        ),
      placeholderData: keepPreviousData,
    }),
  /** From whom could be drawn now. */
  pool: (streetId: string, query: PoolFilter) =>
    queryOptions({
      queryKey: [...all(streetId), 'pool', query] as const,
      queryFn: ({ signal }): Promise<DrawPool> =>
        parseResponse(street.draws.pool.$get({ param: { streetId }, query }, { init: { signal } })),
      placeholderData: keepPreviousData,
    }),
  record: (streetId: string, drawId: string) =>
    queryOptions({
      queryKey: [...all(streetId), 'record', drawId] as const,
      queryFn: ({ signal }): Promise<DrawRecord> =>
        parseResponse(street.draws[':drawId'].$get({ param: { streetId, drawId } }, { init: { signal } })),
    }),
}

export const drawNow = (streetId: string) =>
  mutationOptions({
    mutationFn: (json: NewDrawInput) => parseResponse(street.draws.$post({ param: { streetId }, json })),
    onSuccess: (_made, _asked, _result, { client }) => client.invalidateQueries({ queryKey: ['street', streetId] }),
  })
