import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { ledgers } from '../../worker/db/client'

/** Empty databases with their tables, as every file begins. */
async function afresh(): Promise<'ready'> {
  await reset()
  const { directory, ledger } = env.TEST_MIGRATIONS
  await applyD1Migrations(env.DIRECTORY, directory)
  for (const binding of ledgers(env).values()) await applyD1Migrations(binding, ledger)
  return 'ready'
}

// Messages of the file before may still be on their way through the real queue. A statement that meets a database just
// as it is taken away may never be answered, and nothing bounds how long a file waits here: so they are let through
// first, and what is not answered is asked once more.
await scheduler.wait(300)
const outcomes: string[] = []
for (let tries = 0; tries < 3 && outcomes.at(-1) !== 'ready'; tries++)
  outcomes.push(await Promise.race([afresh(), scheduler.wait(60_000).then(() => 'not answered')]))
if (outcomes.at(-1) !== 'ready') throw new Error('The databases were not made anew in three minutes')
