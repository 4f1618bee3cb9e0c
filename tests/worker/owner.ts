/**
 * Does what only an owner of the database can: without the triggers that keep logs and events from being changed,
 * which stand again afterwards.
 */
export async function asOwner<T>(db: D1Database, deed: () => Promise<T>): Promise<T> {
  const { results } = await db
    .prepare(`select name, sql from sqlite_master where type = 'trigger'`)
    .all<{ name: string; sql: string }>()
  if (results.length === 0) throw new Error('There are no triggers to be without')
  await db.batch(results.map(({ name }) => db.prepare(`drop trigger "${name}"`)))
  try {
    return await deed()
  } finally {
    await db.batch(results.map(({ sql }) => db.prepare(sql)))
  }
}
