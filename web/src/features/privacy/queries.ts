import { mutationOptions } from '@tanstack/react-query'
import type { Me } from '@app/shared/people/schema'
import { parseResponse } from 'hono/client'
import { api } from '../../api'

/** Says that the notice was read; it is not shown again. */
export const noticeRead = mutationOptions({
  mutationFn: () => parseResponse(api.me.notice.$put()),
  onSuccess: (_data, _nothing, _result, { client }) => {
    client.setQueryData<Me | null>(['me'], (me) => me && { ...me, noticeSeenAt: Date.now() })
  },
})
