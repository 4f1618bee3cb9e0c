import { infiniteQueryOptions, mutationOptions, queryOptions } from '@tanstack/react-query'
import type {
  Assignment,
  Determination,
  ExtensionDecision,
  ExtensionRequest,
  HazardRecord,
  Objection,
  ObjectionDecision,
  Reason,
  Recheck,
  Rectification,
  Verification,
  VoidDecision,
} from '@app/shared/hazards/schema'
import type { HazardFilterInput } from '@app/shared/hazards/filter'
import type { MeasureNaming, PointList } from '@app/shared/risks/schema'
import type { InferInput } from 'valibot'
import { parseResponse } from 'hono/client'
import { district, street } from '../../api'

/** Keys nest from the street down, so that invalidating `all` reaches every list and detail. */
export const hazardQueries = {
  all: (streetId: string) => ['street', streetId, 'hazards'] as const,
  /** Pages of a filtered list; `next` of a page is the cursor of the one after it. */
  list: (streetId: string, filter: Omit<HazardFilterInput, 'cursor'>) =>
    infiniteQueryOptions({
      queryKey: [...hazardQueries.all(streetId), 'list', filter] as const,
      queryFn: ({ signal, pageParam }) =>
        parseResponse(
          street.hazards.$get(
            { param: { streetId }, query: { ...filter, ...(pageParam !== '' && { cursor: pageParam }) } },
            { init: { signal } },
          ),
        ),
      initialPageParam: '',
      getNextPageParam: ({ next }) => next,
    }),
  record: (streetId: string, hazardId: string) =>
    queryOptions({
      queryKey: [...hazardQueries.all(streetId), 'record', hazardId] as const,
      queryFn: ({ signal }): Promise<HazardRecord> =>
        parseResponse(
          street.hazards[':hazardId'].$get({ param: { streetId, hazardId } }, { init: { signal } }),
        ) as Promise<HazardRecord>,
    }),
  /** The risk list of the unit that a hazard lies in, whose measures it can name. */
  points: (streetId: string, enterpriseId: string) =>
    queryOptions({
      queryKey: ['street', streetId, 'risks', 'list', enterpriseId] as const,
      queryFn: ({ signal }): Promise<PointList> =>
        parseResponse(street.risks.$get({ param: { streetId }, query: { enterpriseId } }, { init: { signal } })),
    }),
  /** The same record as its district opens it; the street can see that it did. */
  opened: (districtId: string, streetId: string, hazardId: string) =>
    queryOptions({
      queryKey: ['district', districtId, 'hazards', 'record', streetId, hazardId] as const,
      queryFn: ({ signal }): Promise<HazardRecord> =>
        parseResponse(
          district.hazards[':streetId'][':hazardId'].$get(
            { param: { districtId, streetId, hazardId } },
            { init: { signal } },
          ),
        ) as Promise<HazardRecord>,
    }),
}

/** One deed upon the current round of a hazard, each with what it needs. */
export type Doing =
  | { deed: 'assign'; json: InferInput<typeof Assignment> }
  | { deed: 'rectify'; json: InferInput<typeof Rectification> }
  | { deed: 'name-measure'; json: InferInput<typeof MeasureNaming> }
  | { deed: 'recheck'; json: InferInput<typeof Recheck> }
  | { deed: 'close' | 'reopen' | 'propose-void'; json: InferInput<typeof Reason> }
  | { deed: 'decide-void'; json: InferInput<typeof VoidDecision> }
  | { deed: 'ask-extension'; json: InferInput<typeof ExtensionRequest> }
  | { deed: 'decide-extension'; json: InferInput<typeof ExtensionDecision> }
  | { deed: 'object'; json: InferInput<typeof Objection> }
  | { deed: 'decide-objection'; json: InferInput<typeof ObjectionDecision> }
  | { deed: 'verify'; json: InferInput<typeof Verification> }

function send(param: { streetId: string; hazardId: string; round: string }, doing: Doing) {
  const round = street.hazards[':hazardId'].rounds[':round']
  switch (doing.deed) {
    case 'assign':
      return parseResponse(round.assignment.$put({ param, json: doing.json }))
    case 'rectify':
      return parseResponse(round.rectification.$put({ param, json: doing.json }))
    case 'name-measure':
      return parseResponse(round.measure.$put({ param, json: doing.json }))
    case 'recheck':
      return parseResponse(round.recheck.$put({ param, json: doing.json }))
    case 'close':
      return parseResponse(round.closure.$put({ param, json: doing.json }))
    case 'reopen':
      return parseResponse(round.reopening.$put({ param, json: doing.json }))
    case 'propose-void':
      return parseResponse(round['void-proposal'].$put({ param, json: doing.json }))
    case 'decide-void':
      return parseResponse(round['void-decision'].$put({ param, json: doing.json }))
    case 'ask-extension':
      return parseResponse(round['extension-request'].$put({ param, json: doing.json }))
    case 'decide-extension':
      return parseResponse(round['extension-decision'].$put({ param, json: doing.json }))
    case 'object':
      return parseResponse(round.objection.$put({ param, json: doing.json }))
    case 'decide-objection':
      return parseResponse(round['objection-decision'].$put({ param, json: doing.json }))
    case 'verify':
      return parseResponse(round.verification.$put({ param, json: doing.json }))
  }
}

/** Does a deed upon the round that was shown; a deed that came too late is refused and not done to the next round. */
export const doDeed = (streetId: string, hazard: Pick<HazardRecord, 'id' | 'round'>) =>
  mutationOptions({
    mutationFn: (doing: Doing) => send({ streetId, hazardId: hazard.id, round: String(hazard.round) }, doing),
    onSettled: (_data, _error, _doing, _result, { client }) =>
      client.invalidateQueries({ queryKey: ['street', streetId] }),
  })

/** The district's finding on a suspected major (认定). */
export const determine = (districtId: string, hazard: Pick<HazardRecord, 'id' | 'round' | 'streetId'>) =>
  mutationOptions({
    mutationFn: (json: InferInput<typeof Determination>) =>
      parseResponse(
        district.hazards[':streetId'][':hazardId'].rounds[':round'].determination.$put({
          param: { districtId, streetId: hazard.streetId, hazardId: hazard.id, round: String(hazard.round) },
          json,
        }),
      ),
    onSettled: (_data, _error, _json, _result, { client }) =>
      client.invalidateQueries({ queryKey: ['district', districtId] }),
  })

/** Where a photo of a street is served. */
export const photoUrl = (streetId: string, photoId: string, size: 'full' | 'thumb' = 'full') =>
  `/api/streets/${streetId}/photos/${photoId}${size === 'thumb' ? '?size=thumb' : ''}`

/** Where a district looks at a photo of a record it opened. */
export const openedPhotoUrl = (
  districtId: string,
  record: { streetId: string; id: string },
  photoId: string,
  size: 'full' | 'thumb' = 'full',
) =>
  `/api/districts/${districtId}/hazards/${record.streetId}/${record.id}/photos/${photoId}${size === 'thumb' ? '?size=thumb' : ''}`
