import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { Me, Post } from '@app/shared/people/schema'
import { Problem } from '@app/shared/problem'
import { parseResponse } from 'hono/client'
import { api } from '../../api'

/** Who is signed in, or null. */
export const meQuery = queryOptions({
  queryKey: ['me'] as const,
  queryFn: async ({ signal }): Promise<Me | null> => {
    try {
      return await parseResponse(api.me.$get({}, { init: { signal } }))
    } catch (error) {
      if (error instanceof Problem && error.slug === 'unauthenticated') return null
      throw error
    }
  },
  staleTime: 5 * 60_000,
})

export const signIn = mutationOptions({
  mutationFn: (json: { username: string; password: string }) => parseResponse(api.session.$post({ json })),
  // Whatever was read before was read by somebody else.
  onSuccess: (_data, _json, _result, { client }) => client.clear(),
})

export const signOut = mutationOptions({
  mutationFn: () => parseResponse(api.session.$delete()),
  onSuccess: (_data, _json, _result, { client }) => client.clear(),
})

export const changePassword = mutationOptions({
  mutationFn: (json: { current: string; next: string }) => parseResponse(api.session.password.$put({ json })),
})

export type StreetPost = Extract<Post, { kind: 'street' }>
export type DistrictPost = Extract<Post, { kind: 'district' }>

/** Posts that are worked from a phone first. */
const fieldRoles: ReadonlySet<string> = new Set(['grid-worker', 'enterprise-principal', 'community-secretary'])

/** Where a post's day begins: grid workers and enterprises on the phone side, desks on the other. */
export function homeOf(post: Post): string {
  if (post.kind === 'platform') return '/admin/platform'
  // Who looks after the logs and not after hazards begins there.
  if (!post.capabilities.includes('hazard.view'))
    return `/admin/${post.kind === 'district' ? 'd' : 's'}/${post.slug}/audit`
  if (post.kind === 'district') return `/admin/d/${post.slug}`
  return fieldRoles.has(post.role) ? `/m/s/${post.slug}` : `/admin/s/${post.slug}`
}
