import { defineConfig } from 'drizzle-kit'

/** `KIND=ledger drizzle-kit generate`; the two kinds of database have schemas and histories of their own. */
const kind = process.env['KIND'] === 'ledger' ? 'ledger' : 'directory'
export default defineConfig({
  dialect: 'sqlite',
  schema: `./worker/db/${kind}.ts`,
  out: `./migrations/${kind}`,
  casing: 'snake_case',
})
