import { createRequire } from 'node:module'
import { getTableColumns, getTableName } from 'drizzle-orm'
import type { Database, Product } from '../product'
import { type Demo, demoSlug, type TableRows } from './demo'
import { photoKeys } from './record'
import { insertions } from './rows'

/** So many pictures are drawn at a time. */
const atATime = 4

type Sharp = (svg: Buffer) => { jpeg(options: { quality: number }): { toBuffer(): Promise<Buffer> } }
// What the local Images binding itself draws with; by way of the binding it would take three times as long.
// Safe: the part of the library that is used here.
const sharp = createRequire(import.meta.resolve('miniflare'))('sharp') as Sharp

/** Whether the demonstration's rows were ever loaded here; they are not loaded again, whatever became of them. */
export async function demoIsLoaded({ directory }: Pick<Product, 'directory'>): Promise<boolean> {
  return (await directory.prepare('SELECT 1 FROM districts WHERE slug = ?').bind(demoSlug).first()) !== null
}

/** Whether its notice was written too, which is the last step. */
export async function demoIsComplete({ ledgers }: Pick<Product, 'ledgers'>): Promise<boolean> {
  const found = await Promise.all(
    Array.from(ledgers.values(), (ledger) => ledger.prepare('SELECT 1 FROM notices LIMIT 1').first()),
  )
  return found.some((notice) => notice !== null)
}

/** Fills the ledgers, and last the directory: by it is known that no row is missing. */
export async function loadRows({ directory, ledgers }: Product, demo: Demo): Promise<void> {
  for (const [name, tables] of demo.ledgers) {
    const ledger = ledgers.get(name)
    if (!ledger) throw new Error(`wrangler.toml binds no ${name}`)
    await clear(ledger, tables, demo)
    for (const { table, rows } of tables) for (const insertion of insertions(ledger, table, rows)) await insertion.run()
  }
  await directory.batch(demo.directory.flatMap(({ table, rows }) => insertions(directory, table, rows)))
}

/** Takes away what a load that was broken off has left. */
async function clear(ledger: Database, tables: readonly TableRows[], { districts }: Demo): Promise<void> {
  const owners = {
    streetId: JSON.stringify(districts.flatMap(({ streets }) => streets.map(({ id }) => id))),
    districtId: JSON.stringify(districts.map(({ id }) => id)),
  }
  // Logs and events refuse to be deleted; what a load that never ended has left of them is nobody's record.
  const { results: triggers } = await ledger
    .prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`)
    .all<{ name: string; sql: string }>()
  await ledger.batch([
    ...triggers.map(({ name }) => ledger.prepare(`DROP TRIGGER "${name}"`)),
    ...tables.toReversed().map(({ table }) => {
      const owner = 'streetId' in getTableColumns(table) ? ('streetId' as const) : ('districtId' as const)
      const column = owner === 'streetId' ? 'street_id' : 'district_id'
      return ledger
        .prepare(`DELETE FROM "${getTableName(table)}" WHERE ${column} IN (SELECT value FROM json_each(?1))`)
        .bind(owners[owner])
    }),
    ...triggers.map(({ sql }) => ledger.prepare(sql)),
  ])
}

/** Draws the pictures and puts them where photos lie; those that are there already are drawn over, and are the same. */
export async function drawPictures({ evidence }: Product, { pictures }: Demo): Promise<void> {
  const waiting = pictures.values()
  const drawers = Array.from({ length: atATime }, async () => {
    for (const { id, svg, streetId } of waiting) {
      const bytes = await sharp(Buffer.from(svg)).jpeg({ quality: 75 }).toBuffer()
      const { full, thumb } = photoKeys(streetId, id)
      const kind = { httpMetadata: { contentType: 'image/jpeg' } }
      // Small enough to stand in the list as it is.
      await Promise.all([evidence.put(full, bytes, kind), evidence.put(thumb, bytes, kind)])
    }
  })
  await Promise.all(drawers)
}
