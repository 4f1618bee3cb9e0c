import type { Context } from 'hono'
import { deleteCookie, getCookie, getSignedCookie, setCookie, setSignedCookie } from 'hono/cookie'
import type { Env } from '../env'
import { sha256 } from '../sha256'
import type { Identify } from '../tenancy/admit'
import { newToken } from './secrets'

/** The origin this deployment is reached under: the configured one, or the request's own. */
export function originOf(c: Context): string {
  const { PUBLIC_ORIGIN } = c.env as Env
  return PUBLIC_ORIGIN ?? new URL(c.req.url).origin
}

const names = { session: 'zhiben', device: 'zhiben-device' } as const

/** `__Host-` binds a cookie to this very host, but browsers take it over https only. */
function nameOf(c: Context, which: keyof typeof names): string {
  return originOf(c).startsWith('https:') ? `__Host-${names[which]}` : names[which]
}

const attributes = (c: Context) =>
  ({ httpOnly: true, sameSite: 'Lax', secure: originOf(c).startsWith('https:'), path: '/' }) as const

/**
 * What a session is looked up by: the SHA-256 of the token in the cookie, whose signature is checked here. Whether it
 * stands, and whose it is, the gate asks together with the post, in one query.
 */
export const identify: Identify = async (c) => {
  const token = await getSignedCookie(c, (c.env as Env).AUTH_SECRET, nameOf(c, 'session'))
  return token ? sha256(token) : null
}

/** Hands a session's token to the browser, until the session's end (epoch milliseconds). */
export async function keepSession(c: Context, token: string, expiresAt: number): Promise<void> {
  const age = { ...attributes(c), maxAge: Math.max(1, Math.floor((expiresAt - c.get('now')) / 1000)) }
  await setSignedCookie(c, nameOf(c, 'session'), token, (c.env as Env).AUTH_SECRET, age)
}

export function dropSession(c: Context): void {
  deleteCookie(c, nameOf(c, 'session'), attributes(c))
}

/** Browsers keep a cookie no longer than 400 days. */
const deviceDays = 400

/** The SHA-256 of the device's cookie; null for a device that never signed in here. */
export async function deviceOf(c: Context): Promise<string | null> {
  const known = getCookie(c, nameOf(c, 'device'))
  return known && /^[\w-]{43}$/.test(known) ? sha256(known) : null
}

/** The mark of a device: its cookie's, or a new one for a device that has none. Only a sign-in gives it out. */
export async function deviceMark(c: Context): Promise<{ mark: string; hash: string }> {
  const known = getCookie(c, nameOf(c, 'device'))
  const mark = known && /^[\w-]{43}$/.test(known) ? known : newToken()
  return { mark, hash: await sha256(mark) }
}

export function keepDevice(c: Context, mark: string): void {
  setCookie(c, nameOf(c, 'device'), mark, { ...attributes(c), maxAge: deviceDays * 24 * 3600 })
}
