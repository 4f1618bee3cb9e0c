import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { Me } from '@app/shared/people/schema'
import { parseResponse } from 'hono/client'
import { api, street } from '../../api'

/** What a street has set, whom to ask among it. */
export const streetSettings = (streetId: string) =>
  queryOptions({
    queryKey: ['street', streetId, 'settings'] as const,
    queryFn: ({ signal }) => parseResponse(street.settings.$get({ param: { streetId } }, { init: { signal } })),
  })

/** Says that the notice was read; it is not shown again. */
export const noticeRead = mutationOptions({
  mutationFn: () => parseResponse(api.me.notice.$put()),
  onSuccess: (_data, _nothing, _result, { client }) => {
    client.setQueryData<Me | null>(['me'], (me) => me && { ...me, noticeSeenAt: Date.now() })
  },
})
