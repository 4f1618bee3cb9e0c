import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { NewMove } from '@app/shared/tenants/moves'
import { holdsWrites } from '@app/shared/tenants/moves'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { api } from '../../api'

const move = api.platform.streets[':streetId'].move
const everyMoment = 2_000

/** A street's last move; asked for again while its job has something to do. */
export const moveQuery = (streetId: string) =>
  queryOptions({
    queryKey: ['platform', 'moves', streetId] as const,
    queryFn: ({ signal }) => parseResponse(move.$get({ param: { streetId } }, { init: { signal } })),
    refetchInterval: ({ state: { data } }) => {
      const state = data?.move?.state
      return state && (holdsWrites(state) || state === 'releasing' || state === 'cancelling') ? everyMoment : false
    },
  })

const everything = { queryKey: ['platform'] as const }

export const beginMove = mutationOptions({
  mutationFn: ({ streetId, ...json }: InferInput<typeof NewMove> & { streetId: string }) =>
    parseResponse(move.$put({ param: { streetId }, json })),
  onSuccess: (_data, _asked, _result, { client }) => client.invalidateQueries(everything),
})

export const cancelMove = mutationOptions({
  mutationFn: (streetId: string) => parseResponse(move.$delete({ param: { streetId } })),
  onSuccess: (_data, _asked, _result, { client }) => client.invalidateQueries(everything),
})

export const releaseMove = mutationOptions({
  mutationFn: (streetId: string) => parseResponse(move.release.$put({ param: { streetId } })),
  onSuccess: (_data, _asked, _result, { client }) => client.invalidateQueries(everything),
})
