import type { Hold } from '@app/shared/hazards/hold'
import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { street } from '../../api'

export const holdQueries = {
  all: (streetId: string) =>
    queryOptions({
      queryKey: ['street', streetId, 'holds'] as const,
      queryFn: ({ signal }) => parseResponse(street.holds.$get({ param: { streetId } }, { init: { signal } })),
    }),
}

/** Keeps the hazard of that number past its term; answers false where the street has none of it. */
export const holdByNumber = (streetId: string) =>
  mutationOptions({
    mutationFn: async ({ number, json }: { number: string; json: InferInput<typeof Hold> }) => {
      const { items } = await parseResponse(street.hazards.$get({ param: { streetId }, query: { number } }))
      const [found] = items
      if (!found) return false
      await parseResponse(street.holds[':hazardId'].$put({ param: { streetId, hazardId: found.id }, json }))
      return true
    },
    onSuccess: (_data, _hold, _result, { client }) => client.invalidateQueries(holdQueries.all(streetId)),
  })

export const liftHold = (streetId: string) =>
  mutationOptions({
    mutationFn: (hazardId: string) =>
      parseResponse(street.holds[':hazardId'].$delete({ param: { streetId, hazardId } })),
    onSuccess: (_data, _id, _result, { client }) => client.invalidateQueries(holdQueries.all(streetId)),
  })
