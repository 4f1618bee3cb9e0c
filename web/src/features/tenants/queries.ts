import type { NewDistrict, Suspension } from '@app/shared/onboarding/schema'
import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { api } from '../../api'

export const tenantsQuery = queryOptions({
  queryKey: ['platform', 'tenants'] as const,
  queryFn: ({ signal }) => parseResponse(api.platform.tenants.$get({}, { init: { signal } })),
})

/** The administrators of a district. */
export const administratorsQuery = (districtId: string) =>
  queryOptions({
    queryKey: ['platform', 'administrators', districtId] as const,
    queryFn: ({ signal }) =>
      parseResponse(
        api.platform.districts[':districtId'].administrators.$get({ param: { districtId } }, { init: { signal } }),
      ),
  })

/** A link for an administrator of a district who cannot get in, shown once. */
export const linkAdministrator = (districtId: string) =>
  mutationOptions({
    mutationFn: (personId: string) =>
      parseResponse(
        api.platform.districts[':districtId'].administrators[':personId'].link.$post({
          param: { districtId, personId },
        }),
      ),
    onSuccess: (_data, _id, _result, { client }) => client.invalidateQueries(administratorsQuery(districtId)),
    gcTime: 0,
  })

export const removeAdministratorFactor = (districtId: string) =>
  mutationOptions({
    mutationFn: (personId: string) =>
      parseResponse(
        api.platform.districts[':districtId'].administrators[':personId']['second-factor'].$delete({
          param: { districtId, personId },
        }),
      ),
    onSuccess: (_data, _id, _result, { client }) => client.invalidateQueries(administratorsQuery(districtId)),
  })

/** Answers with the first administrator's link, which is shown once. */
export const openDistrict = mutationOptions({
  mutationFn: (json: InferInput<typeof NewDistrict>) => parseResponse(api.platform.districts.$post({ json })),
  onSuccess: (_data, _json, _result, { client }) => client.invalidateQueries({ queryKey: ['platform'] as const }),
  gcTime: 0,
})

/** A district or a street of the deployment. */
export interface Tenant {
  readonly kind: 'district' | 'street'
  readonly id: string
  readonly name: string
  readonly suspended: boolean
}

export const suspend = mutationOptions({
  mutationFn: ({ kind, id, json }: { kind: Tenant['kind']; id: string; json: InferInput<typeof Suspension> }) =>
    kind === 'district'
      ? parseResponse(api.platform.districts[':districtId'].suspension.$put({ param: { districtId: id }, json }))
      : parseResponse(api.platform.streets[':streetId'].suspension.$put({ param: { streetId: id }, json })),
  onSuccess: (_data, _asked, _result, { client }) => client.invalidateQueries({ queryKey: ['platform'] as const }),
})

/** Often enough to see it move. */
const everyMoment = 3_000

export const keyRotationQuery = queryOptions({
  queryKey: ['platform', 'key-rotation'] as const,
  queryFn: ({ signal }) => parseResponse(api.platform['key-rotation'].$get({}, { init: { signal } })),
  refetchInterval: ({ state }) => ((state.data?.waiting ?? 0) > 0 ? everyMoment : false),
})

/** Has everything sealed again with the newest key, in the background. */
export const rotateKeys = mutationOptions({
  mutationFn: () => parseResponse(api.platform['key-rotation'].$put()),
  onSuccess: (_data, _nothing, _result, { client }) => client.invalidateQueries({ queryKey: ['platform'] as const }),
})
