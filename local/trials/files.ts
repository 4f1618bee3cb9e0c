import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Every database file under a data folder that nothing has open, one after the other. */
export function* databasesUnder(data: string): Generator<DatabaseSync> {
  for (const { name, parentPath } of readdirSync(data, { recursive: true, withFileTypes: true })) {
    if (!name.endsWith('.sqlite')) continue
    const database = new DatabaseSync(join(parentPath, name))
    try {
      yield database
    } finally {
      database.close()
    }
  }
}

/** The ledgers among them. */
export function* ledgersUnder(data: string): Generator<DatabaseSync> {
  for (const database of databasesUnder(data)) {
    if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'hazards'").get()) yield database
  }
}
