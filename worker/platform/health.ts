import { eq } from 'drizzle-orm'
import { openDirectory } from '../db/client'
import { districts } from '../db/directory'
import type { Env } from '../env'

/** Whether the directory answers. */
export async function healthy(env: Env): Promise<boolean> {
  const directory = openDirectory(env)
  return directory
    .select({ id: districts.id })
    .from(districts)
    .where(eq(districts.id, 'dis_none000000' as never))
    .then(
      () => true,
      () => false,
    )
}
