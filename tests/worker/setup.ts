import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll } from 'vitest'
import { ledgers } from '../../worker/db/client'

// Every refusal is logged, and tests are refused all the time.
console.info = () => undefined

await reset()
const { directory, ledger } = env.TEST_MIGRATIONS
await applyD1Migrations(env.DIRECTORY, directory)
for (const binding of ledgers(env).values()) await applyD1Migrations(binding, ledger)

// The queue is a real one, and delivers when it likes. What a file sent arrives before the file ends: a message that
// met a database just as it is taken away might never be answered, and the tests after it would wait as well.
afterAll(async () => {
  for (let quiet = 0, looks = 0; quiet < 4 && looks < 200; looks++) {
    await scheduler.wait(50)
    const { backlogCount } = await env.JOBS.metrics()
    quiet = backlogCount === 0 ? quiet + 1 : 0
  }
})
