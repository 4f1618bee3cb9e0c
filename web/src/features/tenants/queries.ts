import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { api } from '../../api'

export const tenantsQuery = queryOptions({
  queryKey: ['platform', 'tenants'] as const,
  queryFn: ({ signal }) => parseResponse(api.platform.tenants.$get({}, { init: { signal } })),
})

/** Often enough to see it move. */
const everyMoment = 3_000

export const keyRotationQuery = queryOptions({
  queryKey: ['platform', 'key-rotation'] as const,
  queryFn: ({ signal }) => parseResponse(api.platform['key-rotation'].$get({}, { init: { signal } })),
  refetchInterval: ({ state }) => ((state.data?.waiting ?? 0) > 0 ? everyMoment : false),
})

/** Has everything sealed again with the newest key, in the background. */
export const rotateKeys = mutationOptions({
  mutationFn: () => parseResponse(api.platform['key-rotation'].$put()),
  onSuccess: (_data, _nothing, _result, { client }) => client.invalidateQueries({ queryKey: ['platform'] as const }),
})
