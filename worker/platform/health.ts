import { openDirectory } from '../db/client'
import { setups } from '../db/directory'
import type { Env } from '../env'

/** Whether the directory answers; says nothing else, since anyone may ask. */
export function healthy(env: Env): Promise<boolean> {
  return openDirectory(env)
    .select({ id: setups.id })
    .from(setups)
    .limit(1)
    .then(
      () => true,
      () => false,
    )
}
