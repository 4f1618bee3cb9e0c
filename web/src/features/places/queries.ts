import { queryOptions } from '@tanstack/react-query'
import type { EnterpriseFilter } from '@app/shared/places/schema'
import { parseResponse } from 'hono/client'
import { street } from '../../api'

export const placeQueries = {
  places: (streetId: string) =>
    queryOptions({
      queryKey: ['street', streetId, 'places'] as const,
      queryFn: ({ signal }) => parseResponse(street.places.$get({ param: { streetId } }, { init: { signal } })),
      staleTime: 10 * 60_000,
    }),
  enterprises: (streetId: string, filter: EnterpriseFilter) =>
    queryOptions({
      queryKey: ['street', streetId, 'places', 'enterprises', filter] as const,
      queryFn: ({ signal }) =>
        parseResponse(street.places.enterprises.$get({ param: { streetId }, query: filter }, { init: { signal } })),
      staleTime: 10 * 60_000,
    }),
}
