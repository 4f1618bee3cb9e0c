import { queryOptions } from '@tanstack/react-query'
import type { IndicatorCode } from '@app/shared/schemes/schema'
import { parseResponse } from 'hono/client'
import { district, street } from '../../api'

/** A street's own scores. */
export const scoreQueries = {
  periods: (streetId: string) =>
    queryOptions({
      queryKey: ['street', streetId, 'scores'] as const,
      queryFn: ({ signal }) => parseResponse(street.scores.$get({ param: { streetId } }, { init: { signal } })),
    }),
  own: (streetId: string, period: string) =>
    queryOptions({
      queryKey: ['street', streetId, 'scores', period] as const,
      queryFn: ({ signal }) =>
        parseResponse(street.scores[':period'].$get({ param: { streetId, period } }, { init: { signal } })),
    }),
  facts: (streetId: string, period: string, indicator: IndicatorCode) =>
    queryOptions({
      queryKey: ['street', streetId, 'scores', period, 'facts', indicator] as const,
      queryFn: ({ signal }) =>
        parseResponse(
          street.scores[':period'].facts[':indicator'].$get(
            { param: { streetId, period, indicator } },
            { init: { signal } },
          ),
        ),
    }),
}

/** A district's rankings of its streets. */
export const rankingQueries = {
  periods: (districtId: string) =>
    queryOptions({
      queryKey: ['district', districtId, 'rankings'] as const,
      queryFn: ({ signal }) => parseResponse(district.rankings.$get({ param: { districtId } }, { init: { signal } })),
    }),
  one: (districtId: string, period: string) =>
    queryOptions({
      queryKey: ['district', districtId, 'rankings', period] as const,
      queryFn: ({ signal }) =>
        parseResponse(district.rankings[':period'].$get({ param: { districtId, period } }, { init: { signal } })),
    }),
  facts: (districtId: string, period: string, streetId: string, indicator: IndicatorCode) =>
    queryOptions({
      queryKey: ['district', districtId, 'rankings', period, 'facts', streetId, indicator] as const,
      queryFn: ({ signal }) =>
        parseResponse(
          district.rankings[':period'].streets[':streetId'].facts[':indicator'].$get(
            { param: { districtId, period, streetId, indicator } },
            { init: { signal } },
          ),
        ),
    }),
}
