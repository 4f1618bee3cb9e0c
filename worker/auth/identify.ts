import type { Context } from 'hono'
import { getSignedCookie } from 'hono/cookie'
import type { Env } from '../env'
import type { Identify } from '../tenancy/admit'
import { cookieName } from './library'

/** The origin this deployment is reached under: the configured one, or the request's own. */
export function originOf(c: Context): string {
  const { PUBLIC_ORIGIN } = c.env as Env
  return PUBLIC_ORIGIN ?? new URL(c.req.url).origin
}

/** The sign-in library's own cookie. Only its signature is checked here: the gate looks it up with the post, in one query. */
export const identify: Identify = async (c) => {
  const { AUTH_SECRET } = c.env as Env
  const name = cookieName(originOf(c).startsWith('https:'))
  return (await getSignedCookie(c, AUTH_SECRET, name)) || null
}
