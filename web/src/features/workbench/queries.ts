import { queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { street } from '../../api'

export const workbenchQueries = {
  counts: (streetId: string) =>
    queryOptions({
      queryKey: ['street', streetId, 'workbench'] as const,
      queryFn: ({ signal }) => parseResponse(street.workbench.$get({ param: { streetId } }, { init: { signal } })),
    }),
  access: (streetId: string) =>
    queryOptions({
      queryKey: ['street', streetId, 'access'] as const,
      queryFn: ({ signal }) =>
        parseResponse(street.workbench.access.$get({ param: { streetId } }, { init: { signal } })),
    }),
}
