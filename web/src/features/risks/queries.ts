import type { NewPoint, PointEdit, PointHistory, PointList, PointStanding } from '@app/shared/risks/schema'
import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { street } from '../../api'

const all = (streetId: string) => ['street', streetId, 'risks'] as const

export const riskQueries = {
  /** The risk list of one unit. */
  list: (streetId: string, enterpriseId: string) =>
    queryOptions({
      queryKey: [...all(streetId), 'list', enterpriseId] as const,
      queryFn: ({ signal }): Promise<PointList> =>
        parseResponse(street.risks.$get({ param: { streetId }, query: { enterpriseId } }, { init: { signal } })),
    }),
  versions: (streetId: string, pointId: string) =>
    queryOptions({
      queryKey: [...all(streetId), 'versions', pointId] as const,
      queryFn: ({ signal }): Promise<PointHistory> =>
        parseResponse(street.risks[':pointId'].versions.$get({ param: { streetId, pointId } }, { init: { signal } })),
    }),
}

const keeps = <T>(streetId: string, send: (change: T) => Promise<unknown>) =>
  mutationOptions({
    mutationFn: send,
    onSuccess: (_data, _change, _result, { client }) => client.invalidateQueries({ queryKey: all(streetId) }),
  })

export const enterPoint = (streetId: string) =>
  keeps(streetId, (json: InferInput<typeof NewPoint>) =>
    parseResponse(street.risks.$post({ param: { streetId }, json })),
  )

export const editPoint = (streetId: string, pointId: string) =>
  keeps(streetId, (json: InferInput<typeof PointEdit>) =>
    parseResponse(street.risks[':pointId'].$put({ param: { streetId, pointId }, json })),
  )

export const changePointStanding = (streetId: string, pointId: string) =>
  keeps(streetId, (json: InferInput<typeof PointStanding>) =>
    parseResponse(street.risks[':pointId'].standing.$put({ param: { streetId, pointId }, json })),
  )
