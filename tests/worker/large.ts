import { env } from 'cloudflare:workers'
import { ledgers } from '../../worker/db/client'
import { hundredThousandHazards } from '../shared/large'
import type { Street } from './street'

/** 100,000 hazards of one street, made inside the database: spread over its grids, a fiftieth of them still open. */
export async function hundredThousand({ id, ledger, places }: Street): Promise<void> {
  const grids = [
    [places.east, places.first, places.shop],
    [places.east, places.second, null],
    [places.west, places.third, places.garage],
  ]
  const db = ledgers(env).get(ledger)
  if (!db) throw new Error(`No ledger ${ledger}`)
  await db.prepare(hundredThousandHazards).bind(id, JSON.stringify(grids), 2025).run()
}
