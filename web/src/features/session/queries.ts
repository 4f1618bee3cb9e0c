import type { NewJoining } from '@app/shared/joining/schema'
import { type QueryClient, mutationOptions, queryOptions } from '@tanstack/react-query'
import type { Me, Post } from '@app/shared/people/schema'
import { Problem } from '@app/shared/problem'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
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

/** Where a session is begun: on the phone's pages, or anywhere else. */
export function begunOn(back: string): 'phone' | 'desk' {
  return back.startsWith('/m/') || matchMedia('(pointer: coarse) and (max-width: 600px)').matches ? 'phone' : 'desk'
}

export const signIn = mutationOptions({
  mutationFn: (json: { username: string; password: string; from: 'phone' | 'desk' }) =>
    parseResponse(api.session.$post({ json })),
  // Whatever was read before was read by somebody else.
  onSuccess: (_data, _json, _result, { client }) => client.clear(),
})

/** The second step of signing in: six digits, or a recovery code. */
export const giveFactor = mutationOptions({
  mutationFn: (code: string) => parseResponse(api.session['second-factor'].$put({ json: { code } })),
})

export const signOut = mutationOptions({
  mutationFn: () => parseResponse(api.session.$delete()),
  onSuccess: (_data, _json, _result, { client }) => client.clear(),
})

export const changePassword = mutationOptions({
  mutationFn: (json: { current: string; next: string }) => parseResponse(api.session.password.$put({ json })),
  onSuccess: (_data, _json, _result, { client }) => refreshOwn(client),
})

/** Proves again who is there. */
export const verifyAgain = mutationOptions({
  mutationFn: (json: { password: string } | { code: string }) => parseResponse(api.session.verification.$put({ json })),
})

/** A link's token sets a password and signs in. */
export const followLink = mutationOptions({
  mutationFn: (json: { token: string; password: string }) => parseResponse(api.invitation.$put({ json })),
  onSuccess: (_data, _json, _result, { client }) => client.clear(),
})

/** What a link invites to. */
export const invitedQuery = (token: string) =>
  queryOptions({
    queryKey: ['me', 'invited'] as const,
    queryFn: ({ signal }) =>
      parseResponse(api['post-invitation'].view.$post({ json: { token } }, { init: { signal } })),
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
  })

/** Accepts an invitation for who is signed in. */
export const acceptInvitation = mutationOptions({
  mutationFn: (token: string) => parseResponse(api.me.posts.$post({ json: { token } })),
})

/** Makes an account with the post that the link invites to, and signs in. */
export const openInvitedAccount = mutationOptions({
  mutationFn: (json: { token: string; name: string; username: string; password: string }) =>
    parseResponse(api['post-invitation'].account.$put({ json })),
  onSuccess: (_data, _json, _result, { client }) => client.clear(),
})

/** Whether the deployment waits for its first operator. */
export const setupQuery = queryOptions({
  queryKey: ['platform', 'setup'] as const,
  queryFn: async ({ signal }) => {
    try {
      await parseResponse(api.setup.$get({}, { init: { signal } }))
      return true
    } catch (error) {
      if (error instanceof Problem && error.slug === 'not-found') return false
      throw error
    }
  },
})

export const setUp = mutationOptions({
  mutationFn: (json: { token: string; name: string; username: string; password: string }) =>
    parseResponse(api.setup.$put({ json })),
  onSuccess: (_data, _json, _result, { client }) => client.clear(),
})

const refreshOwn = (client: QueryClient) => client.invalidateQueries({ queryKey: ['me'] })

/** One's own sign-ins. */
export const ownSessionsQuery = queryOptions({
  queryKey: ['me', 'sessions'] as const,
  queryFn: ({ signal }) => parseResponse(api.sessions.$get({}, { init: { signal } })),
})

/** Ends one of one's own sign-ins, or without a name all others. */
export const endOwnSession = mutationOptions({
  mutationFn: (sessionId: string | null) =>
    sessionId === null
      ? parseResponse(api.sessions.$delete())
      : parseResponse(api.sessions[':sessionId'].$delete({ param: { sessionId } })),
  onSuccess: (_data, _id, _result, { client }) => client.invalidateQueries({ queryKey: ['me', 'sessions'] }),
})

export const beginFactor = mutationOptions({ mutationFn: () => parseResponse(api.session.factor.$post()) })

export const confirmFactor = mutationOptions({
  mutationFn: (code: string) => parseResponse(api.session.factor.$put({ json: { code } })),
})

export const removeFactor = mutationOptions({
  mutationFn: (password: string) => parseResponse(api.session.factor.removal.$put({ json: { password } })),
  onSuccess: (_data, _password, _result, { client }) => refreshOwn(client),
})

export const renewCodes = mutationOptions({
  mutationFn: (password: string) => parseResponse(api.session.factor.codes.$put({ json: { password } })),
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

/** What a scanned poster is of. */
export const passQuery = (pass: string) =>
  queryOptions({
    queryKey: ['me', 'joining', 'pass', pass] as const,
    queryFn: ({ signal }) => parseResponse(api.joining.view.$post({ json: { pass } }, { init: { signal } })),
    retry: false,
    staleTime: Infinity,
    gcTime: 0,
  })

export const beginJoining = mutationOptions({
  mutationFn: (json: InferInput<typeof NewJoining>) => parseResponse(api.joining.$post({ json })),
})

/** How often a browser that waits asks again, in milliseconds; an hour of it is well within an address's tries. */
const askedEvery = 60_000

/** How the street decided, for the browser that asked. */
export const joiningStateQuery = (token: string) =>
  queryOptions({
    queryKey: ['me', 'joining', 'state', token] as const,
    queryFn: ({ signal }) => parseResponse(api.joining.state.$post({ json: { token } }, { init: { signal } })),
    refetchInterval: askedEvery,
    retry: false,
  })
