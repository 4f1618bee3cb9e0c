import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
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
