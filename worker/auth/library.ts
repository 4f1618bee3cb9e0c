import { betterAuth } from 'better-auth/minimal'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { username } from 'better-auth/plugins/username'
import { openDirectory } from '../db/client'
import { accounts, rateLimits, sessions, users, verifications } from '../db/directory'
import type { Env } from '../env'
import { hashPassword, verifyPassword } from './passwords'

/** The one path under which the library answers; it is called from here and never mounted. */
export const libraryPath = '/api/auth'
export const sessionDays = 7

/** `__Host-` binds the cookie to this very host, but browsers take it over https only. */
export function cookieName(secure: boolean): string {
  return secure ? '__Host-zhiben' : 'zhiben'
}

/** The sign-in library, for its login surface only: sessions are checked and posts are looked up by our own gate. */
function make(env: Env, origin: string) {
  const secure = origin.startsWith('https:')
  return betterAuth({
    appName: 'zhiben',
    baseURL: origin,
    basePath: libraryPath,
    secret: env.AUTH_SECRET,
    database: drizzleAdapter(openDirectory(env), {
      provider: 'sqlite',
      schema: { user: users, session: sessions, account: accounts, verification: verifications, rateLimit: rateLimits },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      autoSignIn: false,
      minPasswordLength: 12,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    session: { expiresIn: sessionDays * 24 * 3600, cookieCache: { enabled: false }, disableSessionRefresh: true },
    // Off by default unless NODE_ENV says production, and in memory, which is one isolate's.
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 100,
      customRules: { '/sign-in/username': { window: 60, max: 60 } },
    },
    telemetry: { enabled: false },
    // A wrong password is an answer, not an incident; it stands in the sign-in log.
    logger: { level: 'error' },
    advanced: {
      useSecureCookies: false,
      ipAddress: { ipAddressHeaders: ['cf-connecting-ip'] },
      cookies: {
        session_token: {
          name: cookieName(secure),
          attributes: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
        },
      },
    },
    plugins: [username({ minUsernameLength: 3, maxUsernameLength: 60, usernameValidator: () => true })],
  })
}

type Library = ReturnType<typeof make>
const made = new WeakMap<object, { origin: string; library: Library }>()

/** Made once per isolate: `env` is the same object in every request, and the origin does not change either. */
export function libraryOf(env: Env, origin: string): Library {
  const known = made.get(env)
  if (known?.origin === origin) return known.library
  const library = make(env, origin)
  made.set(env, { origin, library })
  return library
}
