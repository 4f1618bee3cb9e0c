import { queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { street } from '../../api'

export const peopleQueries = {
  all: (streetId: string) =>
    queryOptions({
      queryKey: ['street', streetId, 'people'] as const,
      queryFn: ({ signal }) => parseResponse(street.people.$get({ param: { streetId } }, { init: { signal } })),
      staleTime: 5 * 60_000,
    }),
}
