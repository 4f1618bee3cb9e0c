import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { DistrictFilter } from '@app/shared/hazards/filter'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { district } from '../../api'

export const overviewQueries = {
  streets: (districtId: string) =>
    queryOptions({
      queryKey: ['district', districtId, 'overview'] as const,
      queryFn: ({ signal }) => parseResponse(district.overview.$get({ param: { districtId } }, { init: { signal } })),
    }),
  hazards: (districtId: string, filter: Omit<InferInput<typeof DistrictFilter>, 'cursor'>) =>
    infiniteQueryOptions({
      queryKey: ['district', districtId, 'hazards', 'list', filter] as const,
      queryFn: ({ signal, pageParam }) =>
        parseResponse(
          district.hazards.$get(
            { param: { districtId }, query: { ...filter, ...(pageParam !== '' && { cursor: pageParam }) } },
            { init: { signal } },
          ),
        ),
      initialPageParam: '',
      getNextPageParam: ({ next }) => next,
    }),
}
