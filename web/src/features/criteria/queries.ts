import type {
  CriteriaPage,
  CriteriaQuery,
  CriterionChange,
  CriterionHistory,
  CriterionRetirement,
  NewCriterion,
  Verification,
} from '@app/shared/criteria/schema'
import { infiniteQueryOptions, keepPreviousData, mutationOptions, queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { street } from '../../api'

export type CriteriaAsked = InferInput<typeof CriteriaQuery>
export type CriterionInput = Omit<InferInput<typeof NewCriterion>, 'id'>

const all = (streetId: string) => ['street', streetId, 'criteria'] as const

export const criteriaQueries = {
  /** One page of the catalogue as it stands today. */
  page: (streetId: string, query: CriteriaAsked) =>
    queryOptions({
      queryKey: [...all(streetId), 'page', query] as const,
      queryFn: ({ signal }): Promise<CriteriaPage> =>
        parseResponse(street.criteria.$get({ param: { streetId }, query }, { init: { signal } })),
      placeholderData: keepPreviousData,
    }),
  /** The same from the first on, as far as somebody reads. */
  list: (streetId: string, query: Omit<CriteriaAsked, 'from'>) =>
    infiniteQueryOptions({
      queryKey: [...all(streetId), 'list', query] as const,
      queryFn: ({ signal, pageParam }): Promise<CriteriaPage> =>
        parseResponse(
          street.criteria.$get(
            { param: { streetId }, query: { ...query, from: String(pageParam) } },
            { init: { signal } },
          ),
        ),
      initialPageParam: 0,
      getNextPageParam: ({ total }, pages) => {
        const seen = pages.reduce((sum, { items }) => sum + items.length, 0)
        return seen < total ? seen : null
      },
    }),
  history: (streetId: string, criterionId: string) =>
    queryOptions({
      queryKey: [...all(streetId), 'history', criterionId] as const,
      queryFn: ({ signal }): Promise<CriterionHistory> =>
        parseResponse(street.criteria[':criterionId'].$get({ param: { streetId, criterionId } }, { init: { signal } })),
    }),
}

/** What is shown of a criterion is shown with checklists and records too. */
const refresh = (streetId: string) => ({ queryKey: ['street', streetId] as const })

export const addCriterion = (streetId: string) =>
  mutationOptions({
    mutationFn: (json: InferInput<typeof NewCriterion>) =>
      parseResponse(street.criteria.$post({ param: { streetId }, json })),
    onSuccess: (_data, _json, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })

export const changeCriterion = (streetId: string, criterionId: string) =>
  mutationOptions({
    mutationFn: (json: InferInput<typeof CriterionChange>) =>
      parseResponse(street.criteria[':criterionId'].$put({ param: { streetId, criterionId }, json })),
    onSuccess: (_data, _json, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })

export const verifyCriterion = (streetId: string, criterionId: string) =>
  mutationOptions({
    mutationFn: (json: InferInput<typeof Verification>) =>
      parseResponse(street.criteria[':criterionId'].verification.$put({ param: { streetId, criterionId }, json })),
    onSuccess: (_data, _json, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })

export const retireCriterion = (streetId: string, criterionId: string) =>
  mutationOptions({
    mutationFn: (json: InferInput<typeof CriterionRetirement>) =>
      parseResponse(street.criteria[':criterionId'].retirement.$put({ param: { streetId, criterionId }, json })),
    onSuccess: (_data, _json, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })
