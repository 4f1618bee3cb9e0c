import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { SecurityPolicy } from '@app/shared/accounts/policy'
import type { SecurityEventFilter } from '@app/shared/accounts/schema'
import type { SecurityKind } from '@app/shared/accounts/words'
import { parseResponse } from 'hono/client'
import { api, district, street } from '../../api'

/** Whose accounts: a street's, a district's, or the platform's. */
export type Owner = Tenant | { readonly kind: 'platform' }
export type Tenant = { readonly kind: 'street' | 'district'; readonly id: string }

const keyOf = (owner: Owner) =>
  owner.kind === 'platform' ? (['platform', 'security'] as const) : ([owner.kind, owner.id, 'security'] as const)

export const policyQuery = (owner: Owner) =>
  queryOptions({
    queryKey: [...keyOf(owner), 'policy'] as const,
    queryFn: ({ signal }) => {
      const init = { init: { signal } }
      if (owner.kind === 'platform') return parseResponse(api.platform.security.policy.$get({}, init))
      return owner.kind === 'street'
        ? parseResponse(street.security.policy.$get({ param: { streetId: owner.id } }, init))
        : parseResponse(district.security.policy.$get({ param: { districtId: owner.id } }, init))
    },
  })

export const setPolicy = (owner: Owner) =>
  mutationOptions({
    mutationFn: async (json: SecurityPolicy): Promise<void> => {
      await parseResponse(
        owner.kind === 'platform'
          ? api.platform.security.policy.$put({ json })
          : owner.kind === 'street'
            ? street.security.policy.$put({ param: { streetId: owner.id }, json })
            : district.security.policy.$put({ param: { districtId: owner.id }, json }),
      )
    },
    onSuccess: (_data, _json, _result, { client }) => client.invalidateQueries({ queryKey: keyOf(owner) }),
  })

export interface EventSearch {
  readonly kind?: SecurityKind | undefined
  readonly username?: string | undefined
  readonly from?: number | undefined
  readonly until?: number | undefined
  readonly cursor?: string | undefined
}

/** One page of the record of signing in and administration. */
export function readEvents(owner: Owner, search: EventSearch, limit: number, signal?: AbortSignal) {
  const query = Object.fromEntries(
    Object.entries({ ...search, limit }).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
    // Safe: the server parses it again.
  ) as unknown as Record<keyof SecurityEventFilter, never>
  const init = signal ? { init: { signal } } : {}
  if (owner.kind === 'platform') return parseResponse(api.platform.security.events.$get({ query }, init))
  return owner.kind === 'street'
    ? parseResponse(street.security.events.$get({ param: { streetId: owner.id }, query }, init))
    : parseResponse(district.security.events.$get({ param: { districtId: owner.id }, query }, init))
}

export const eventsQuery = (owner: Owner, search: EventSearch) =>
  queryOptions({
    queryKey: [...keyOf(owner), 'events', search] as const,
    queryFn: ({ signal }) => readEvents(owner, search, 50, signal),
  })

/** The account of one of a tenant's people, and what its address names. */
const accountOf = ({ kind, id }: Tenant, personId: string) => ({
  // Safe: the same routes are mounted under both gates.
  of: (kind === 'street' ? street : (district as unknown as typeof street)).people[':personId'],
  param: { streetId: id, districtId: id, personId },
})

/** How somebody's account stands. */
export const accountQuery = (tenant: Tenant, personId: string) =>
  queryOptions({
    queryKey: [tenant.kind, tenant.id, 'people', personId, 'account'] as const,
    queryFn: ({ signal }) => {
      const { of, param } = accountOf(tenant, personId)
      return parseResponse(of.account.$get({ param }, { init: { signal } }))
    },
    staleTime: 0,
  })

/** What an administrator does to an account, besides its password and its post. */
export type AccountDeed = 'unlock' | 'end-sessions' | 'block' | 'unblock' | 'remove-factor'

export const doToAccount = (tenant: Tenant, personId: string) =>
  mutationOptions({
    mutationFn: async (deed: AccountDeed): Promise<void> => {
      const { of, param } = accountOf(tenant, personId)
      await parseResponse(
        deed === 'unlock'
          ? of.lock.$delete({ param })
          : deed === 'end-sessions'
            ? of.sessions.$delete({ param })
            : deed === 'remove-factor'
              ? of['second-factor'].$delete({ param })
              : of['sign-in'].$put({ param, json: { allowed: deed === 'unblock' } }),
      )
    },
    onSuccess: (_data, _deed, _result, { client }) => {
      const { id } = tenant
      return client.invalidateQueries({
        queryKey: tenant.kind === 'street' ? ['street', id, 'people', personId] : ['district', id, 'people', personId],
      })
    },
  })

/** A link that sets a password, shown once. */
export const makeLink = (tenant: Tenant, personId: string) =>
  mutationOptions({
    mutationFn: () => {
      const { of, param } = accountOf(tenant, personId)
      return parseResponse(of.link.$post({ param }))
    },
    // Nothing of the link stays in memory once it is shown.
    gcTime: 0,
  })
