// Computes every snapshot again from its frozen facts and compares, to the byte. Reads only, while the product runs or not.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { canonical, type Json } from '@app/shared/events/chain'
import { freeze, thaw } from '@app/shared/schemes/facts'
import type { Scheme } from '@app/shared/schemes/schema'
import { scoresOf, type StreetScore } from '@app/shared/schemes/score'
import { dataFolder } from './place'
import { type Database, openStorage, type Product } from './product'

interface SnapshotRow {
  district_id: string
  period: string
  revision: number
  facts_hash: string
  fact_count: number
  scores_hash: string
  body: string
}

interface ScoreRow {
  street_id: string
  name: string
  total: number
  grade: string
  rank: number | null
  not_applicable: number
  lines: string
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

if (!existsSync(dataFolder)) {
  console.error(`没有数据：${dataFolder}。请先执行 npm start，或用 ZHIBEN_DATA 指明数据目录。`)
  process.exit(1)
}
const storage = await openStorage(dataFolder)
let [all, equal] = [0, 0]
try {
  for (const [name, ledger] of storage.ledgers) {
    const { results } = await ledger
      .prepare(
        `SELECT s.district_id, s.period, s.revision, s.facts_hash, s.fact_count, s.scores_hash, c.body
         FROM snapshots s JOIN schemes c ON c.district_id = s.district_id AND c.version = s.scheme_version
         ORDER BY s.district_id, s.period, s.revision`,
      )
      .all<SnapshotRow>()
    const { n = 0 } = (await ledger.prepare('SELECT count(*) n FROM snapshots').first<{ n: number }>()) ?? {}
    if (n !== results.length) console.error(`${name}: ${n - results.length} snapshots name a scheme that is gone`)
    all += n
    for (const snapshot of results) {
      const fault = await faultOf(storage, ledger, snapshot)
      const title = `${name} ${snapshot.district_id} ${snapshot.period} revision ${snapshot.revision}`
      if (fault) console.error(`DIFFERS ${title}: ${fault}`)
      else console.log(`equal   ${title}: ${snapshot.fact_count} facts, scores ${snapshot.scores_hash.slice(0, 12)}`)
      if (!fault) equal++
    }
  }
} finally {
  await storage.close()
}
console.log(`${all} snapshots, ${equal} equal`)
process.exit(equal === all ? 0 : 1)

/** What is wrong with a snapshot, or null. */
async function faultOf(
  { directory, evidence }: Product,
  ledger: Database,
  snapshot: SnapshotRow,
): Promise<string | null> {
  const { district_id: districtId, period, revision, facts_hash: factsHash } = snapshot
  const object = await evidence.get(`districts/${districtId}/facts/${factsHash}.jsonl.gz`)
  if (!object) return 'its frozen facts are gone'
  const text = gunzipSync(Buffer.from(await object.arrayBuffer())).toString()
  if (sha256(text) !== factsHash) return 'its frozen facts are not what they were'
  const facts = thaw(text)
  if (facts.length !== snapshot.fact_count)
    return `it counts ${snapshot.fact_count} facts, and ${facts.length} are frozen`
  if (freeze(facts) !== text) return 'its frozen facts are not spelled as facts are frozen'

  const { results: kept } = await ledger
    .prepare(
      `SELECT street_id, name, total, grade, rank, not_applicable, lines FROM street_scores
       WHERE district_id = ? AND period = ? AND revision = ? ORDER BY position`,
    )
    .bind(districtId, period, revision)
    .all<ScoreRow>()
  const ids = JSON.stringify(kept.map(({ street_id }) => street_id))
  const { results: named } = await directory
    .prepare('SELECT id, slug FROM streets WHERE id IN (SELECT value FROM json_each(?))')
    .bind(ids)
    .all<{ id: string; slug: string }>()
  const streets = kept.map(({ street_id, name }) => {
    const slug = named.find(({ id }) => id === street_id)?.slug ?? ''
    // Safe: only the product writes these ids.
    return { streetId: street_id as StreetScore['streetId'], slug, name }
  })
  // Safe: a scheme is frozen as it was written.
  const scores = scoresOf(JSON.parse(snapshot.body) as Scheme, streets, facts)
  if (sha256(canonical(scores)) !== snapshot.scores_hash) return 'computed again, its scores have another hash'
  const rows = kept.map((row) => ({
    streetId: row.street_id,
    name: row.name,
    total: row.total,
    grade: row.grade,
    rank: row.rank,
    notApplicable: row.not_applicable,
    lines: JSON.parse(row.lines) as Json,
  }))
  return canonical(rows) === canonical(scores) ? null : 'its scores in the ledger are not those that it computes to'
}
