import type { Env } from '../env'
import { PlatformScope } from '../tenancy/platform-scope'

/** Whether the directory answers; says nothing else, since anyone may ask. */
export function healthy(env: Env): Promise<boolean> {
  return new PlatformScope(env).healthy()
}
