import type { JoiningDecision, JoinRole } from '@app/shared/joining/schema'
import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { street } from '../../api'

const all = (streetId: string) => ['street', streetId, 'joinings'] as const
const posterKey = (streetId: string, enterpriseId: string) => [...all(streetId), 'poster', enterpriseId] as const

/** A unit's poster; null where none stands. */
export const posterQuery = (streetId: string, enterpriseId: string) =>
  queryOptions({
    queryKey: posterKey(streetId, enterpriseId),
    queryFn: ({ signal }) =>
      parseResponse(
        street.enterprises[':enterpriseId'].poster.$get({ param: { streetId, enterpriseId } }, { init: { signal } }),
      ),
  })

const changesPoster = (streetId: string, enterpriseId: string, send: () => Promise<unknown>) =>
  mutationOptions({
    mutationFn: send,
    onSuccess: (_data, _sent, _result, { client }) =>
      client.invalidateQueries({ queryKey: posterKey(streetId, enterpriseId) }),
  })

export const issuePoster = (streetId: string, enterpriseId: string) =>
  changesPoster(streetId, enterpriseId, () =>
    parseResponse(street.enterprises[':enterpriseId'].poster.$put({ param: { streetId, enterpriseId } })),
  )

export const revokePoster = (streetId: string, enterpriseId: string) =>
  changesPoster(streetId, enterpriseId, () =>
    parseResponse(street.enterprises[':enterpriseId'].poster.$delete({ param: { streetId, enterpriseId } })),
  )

/** Six digits for one person, shown this once. */
export const makeJoiningCode = (streetId: string, enterpriseId: string) =>
  mutationOptions({
    mutationFn: (role: JoinRole) =>
      parseResponse(
        street.enterprises[':enterpriseId']['joining-codes'].$post({
          param: { streetId, enterpriseId },
          json: { role },
        }),
      ),
    // Nothing of it stays in memory once it is shut.
    gcTime: 0,
  })

/** The unit of a scanned poster, for who reaches it. */
export const unitOfPosterQuery = (streetId: string, code: string) =>
  queryOptions({
    queryKey: [...all(streetId), 'scanned', code] as const,
    queryFn: ({ signal }) =>
      parseResponse(street.enterprises.posters[':code'].$get({ param: { streetId, code } }, { init: { signal } })),
    retry: false,
  })

/** Who waits to be let in. */
export const joiningsQuery = (streetId: string) =>
  queryOptions({
    queryKey: [...all(streetId), 'waiting'] as const,
    queryFn: ({ signal }) => parseResponse(street.joinings.$get({ param: { streetId } }, { init: { signal } })),
  })

export const decideJoining = (streetId: string) =>
  mutationOptions({
    mutationFn: ({ id, decision }: { id: string; decision: InferInput<typeof JoiningDecision> }) =>
      parseResponse(
        street.joinings[':joiningId'].decision.$put({ param: { streetId, joiningId: id }, json: decision }),
      ),
    onSettled: (_data, _error, _sent, _result, { client }) =>
      client.invalidateQueries({ queryKey: joiningsQuery(streetId).queryKey }),
  })
