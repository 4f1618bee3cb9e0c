import type { Context } from 'hono'
import { matchedRoutes } from 'hono/route'

/** The address a request was answered at as it is mounted (`/api/streets/:streetId/…`): what was sent may hold anything. */
export function mountedAt(c: Context): string | undefined {
  return matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path
}
