import { readFileSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { unstable_splitSqlQuery } from 'wrangler'
import { root } from './place'
import { config, type Product } from './product'

/** Applies every pending migration, and keeps account of it in the same table as `wrangler d1 migrations apply`. */
export async function migrate({ directory, ledgers }: Product): Promise<void> {
  for (const { binding, migrations_dir } of config.d1_databases) {
    const database = binding === 'DIRECTORY' ? directory : ledgers.get(binding)
    if (!database) continue
    await database
      .prepare(
        'CREATE TABLE IF NOT EXISTS d1_migrations(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)',
      )
      .run()
    const { results } = await database.prepare('SELECT name FROM d1_migrations').all<{ name: string }>()
    const applied = new Set(results.map(({ name }) => name))
    const folder = resolve(root, migrations_dir)
    const pending = readdirSync(folder).filter((file) => file.endsWith('.sql') && !applied.has(file))
    for (const name of pending.toSorted()) {
      const statements = unstable_splitSqlQuery(readFileSync(resolve(folder, name), 'utf8'))
      await database.batch([
        ...statements.map((statement) => database.prepare(statement)),
        database.prepare('INSERT INTO d1_migrations(name) VALUES (?)').bind(name),
      ])
    }
  }
}
