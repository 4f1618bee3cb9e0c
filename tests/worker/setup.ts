import { applyD1Migrations, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { ledgers } from '../../worker/db/client'

await reset()
const { directory, ledger } = env.TEST_MIGRATIONS
await applyD1Migrations(env.DIRECTORY, directory)
for (const binding of ledgers(env).values()) await applyD1Migrations(binding, ledger)
