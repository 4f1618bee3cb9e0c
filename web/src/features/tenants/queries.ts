import { queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { api } from '../../api'

export const tenantsQuery = queryOptions({
  queryKey: ['platform', 'tenants'] as const,
  queryFn: ({ signal }) => parseResponse(api.platform.tenants.$get({}, { init: { signal } })),
})
