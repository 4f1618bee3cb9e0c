import type { NewOverseer, NewStreet } from '@app/shared/onboarding/schema'
import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { district } from '../../api'

export type NewStreetInput = InferInput<typeof NewStreet>

export const onboardingQueries = {
  streets: (districtId: string) =>
    queryOptions({
      queryKey: ['district', districtId, 'streets'] as const,
      queryFn: ({ signal }) => parseResponse(district.streets.$get({ param: { districtId } }, { init: { signal } })),
    }),
  /** The administrators of all its streets. */
  administrators: (districtId: string) =>
    queryOptions({
      queryKey: ['district', districtId, 'streets', 'administrators'] as const,
      queryFn: ({ signal }) =>
        parseResponse(district.streets.administrators.$get({ param: { districtId } }, { init: { signal } })),
    }),
  people: (districtId: string) =>
    queryOptions({
      queryKey: ['district', districtId, 'people'] as const,
      queryFn: ({ signal }) => parseResponse(district.people.$get({ param: { districtId } }, { init: { signal } })),
    }),
}

/** What would be made of it and all that is in its way; nothing is written. */
export const streetTrial = (districtId: string, json: NewStreetInput) =>
  queryOptions({
    queryKey: ['district', districtId, 'streets', 'trial', json] as const,
    queryFn: ({ signal }) =>
      parseResponse(district.streets.trials.$post({ param: { districtId }, json }, { init: { signal } })),
    // Others take names meanwhile: it is looked at anew whenever somebody comes back to it.
    staleTime: 0,
    gcTime: 0,
  })

/** Answers with the first administrator's link, which is shown once. */
export const openStreet = (districtId: string) =>
  mutationOptions({
    mutationFn: (json: NewStreetInput) => parseResponse(district.streets.$post({ param: { districtId }, json })),
    onSuccess: (_data, _json, _result, { client }) =>
      client.invalidateQueries({ queryKey: ['district', districtId] as const }),
    // Nothing of the link stays in memory once it is shown.
    gcTime: 0,
  })

/** A link for a street's administrator who cannot get in, shown once. */
export const linkStreetAdministrator = (districtId: string) =>
  mutationOptions({
    mutationFn: (of: { streetId: string; personId: string }) =>
      parseResponse(
        district.streets[':streetId'].administrators[':personId'].link.$post({ param: { districtId, ...of } }),
      ),
    onSuccess: (_data, _of, _result, { client }) =>
      client.invalidateQueries(onboardingQueries.administrators(districtId)),
    gcTime: 0,
  })

export const appointOverseer = (districtId: string) =>
  mutationOptions({
    mutationFn: (json: InferInput<typeof NewOverseer>) =>
      parseResponse(district.people.$post({ param: { districtId }, json })),
    onSuccess: (_data, _json, _result, { client }) => client.invalidateQueries(onboardingQueries.people(districtId)),
    gcTime: 0,
  })

export const endOverseer = (districtId: string) =>
  mutationOptions({
    mutationFn: (personId: string) =>
      parseResponse(district.people[':personId'].post.$delete({ param: { districtId, personId } })),
    onSuccess: (_data, _id, _result, { client }) => client.invalidateQueries(onboardingQueries.people(districtId)),
  })

/** Gives somebody whose post ended that post back. */
export const restoreOverseer = (districtId: string) =>
  mutationOptions({
    mutationFn: (personId: string) =>
      parseResponse(district.people[':personId'].post.$put({ param: { districtId, personId } })),
    onSuccess: (_data, _id, _result, { client }) => client.invalidateQueries(onboardingQueries.people(districtId)),
  })
