import { env } from 'cloudflare:workers'
import { nineSmall } from '@app/shared/checklists/shipped/nine-small'
import { ledgers } from '../../worker/db/client'
import { hundredThousandHazards, sectorsOfUnits, threeThousandUnits, twoThousandChecks } from '../shared/large'
import { dayOf } from '@app/shared/time'
import { certificateBody, commitmentBody, drillBody, dutiesBody, thisHalf, thisYear } from './filed'
import { aDraft, criterionWords } from './drafted'
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

/** 3,000 units of one street, spread over its grids, each with a sector or two; answers one from their middle. */
export async function threeThousandEnterprises({ id, ledger, places }: Street): Promise<string> {
  const db = ledgers(env).get(ledger)
  if (!db) throw new Error(`No ledger ${ledger}`)
  const grids = JSON.stringify([
    [places.east, places.first],
    [places.east, places.second],
    [places.west, places.third],
  ])
  await db.batch([
    db.prepare(threeThousandUnits).bind(id, grids),
    db.prepare(sectorsOfUnits).bind(id),
    db
      .prepare(
        `insert into enterprise_changes(street_id, enterprise_id, version, deed, "on", standing, by, at)
        select street_id, id, 1, 'entered', '2025-01-01', standing, 'clock', 0 from enterprises where street_id = ?1`,
      )
      .bind(id),
  ])
  return 'ent_large00000001500'
}

/** 2,000 signed checks of a street's units, each with two others who took part; answers one from their middle. */
export async function manyInspections({ id, ledger, places }: Street): Promise<string> {
  const db = ledgers(env).get(ledger)
  if (!db) throw new Error(`No ledger ${ledger}`)
  const grids = JSON.stringify([
    [places.east, places.first, places.shop],
    [places.east, places.second, places.shop],
    [places.west, places.third, places.garage],
  ])
  const unit = { name: '单位', address: '示例路', creditCode: null, kind: 'enterprise', keyPlace: null, sectors: [] }
  await db
    .prepare(twoThousandChecks)
    .bind(id, grids, JSON.stringify({ ...unit, crowded: false, highRisk: null }), nineSmall.id)
    .run()
  return 'insp_large0000001000'
}

/** Six papers of each of a street's units, of this half-year; answers one of them. */
export async function manyFilings({ id, ledger }: Street): Promise<string> {
  const db = ledgers(env).get(ledger)
  if (!db) throw new Error(`No ledger ${ledger}`)
  const today = dayOf(Date.now())
  const papers = [
    { kind: 'duties', period: thisHalf(), from: today, until: today, words: { body: dutiesBody() } },
    { kind: 'commitment', period: thisYear(), from: today, until: today, words: { body: commitmentBody() } },
    { kind: 'drill', period: null, from: today, until: today, words: { body: drillBody() } },
    { kind: 'principal-training', period: null, from: today, until: today, words: null },
    { kind: 'training', period: null, from: today, until: today, words: null },
    { kind: 'certificate', period: null, from: null, until: today, words: { body: certificateBody() } },
  ]
  await db
    .prepare(
      `insert into filings(street_id, id, enterprise_id, community_id, grid_id, kind, state, period, "from", "until", words,
        drafted_by, drafted_role, by, role, at, revision, version, latest, hash)
      select e.street_id, 'fil_' || p.key || substr(e.id, 5), e.id, e.community_id, e.grid_id, p.value ->> 'kind', 'filed',
        p.value ->> 'period', p.value ->> 'from', p.value ->> 'until', p.value -> 'words', 'usr_somebody0000',
        'enterprise-manager', 'usr_somebody0000', 'enterprise-principal', 1760000000000 + row_number() over (order by e.id, p.key), 1, 1, 1, ''
      from enterprises e, json_each(?2) p where e.street_id = ?1`,
    )
    .bind(id, JSON.stringify(papers))
    .run()
  const found = await db.prepare(`select id from filings where street_id = ?1 limit 1`).bind(id).first<{ id: string }>()
  return found?.id ?? ''
}

/** 2,000 self-checks of a street's units over two years of months; answers one from their middle. */
export async function manySelfchecks({ id, ledger, places }: Street, month: string): Promise<string> {
  const db = ledgers(env).get(ledger)
  if (!db) throw new Error(`No ledger ${ledger}`)
  const unit = { name: '单位', address: '示例路', creditCode: null, kind: 'enterprise', keyPlace: null, sectors: [] }
  await db
    .prepare(
      `with recursive n(i) as (select 0 union all select i + 1 from n where i < 1999)
      insert into selfchecks(street_id, id, enterprise_id, community_id, grid_id, month, unit, template_id,
        template_version, by, role, observed_at, received_at, answers, findings, settled, statement, words_digest, hash)
      select ?1, printf('sck_large%011d', i), iif(i % 2 = 0, ?2, printf('ent_large%011d', i)), ?3, ?4,
        iif(i % 2 = 0, '2025-01', ?7), ?5, ?6, 1, 'usr_somebody0000', 'enterprise-manager', 1760000000000 + i,
        1760000000000 + i, '[]', 0, 0, '', '', '' from n`,
    )
    .bind(
      id,
      places.shop,
      places.east,
      places.first,
      JSON.stringify({ ...unit, crowded: false, highRisk: null }),
      nineSmall.id,
      month,
    )
    .run()
  return 'sck_large00000001000'
}

/** As many checklists and criteria of its own as a street may have; each checklist published, resting on three of these. */
export async function ownChecklists({ id, ledger }: Street): Promise<{ templateId: string; criterionId: string }> {
  const db = ledgers(env).get(ledger)
  if (!db) throw new Error(`No ledger ${ledger}`)
  const draft = aDraft()
  const sections = JSON.stringify(draft.sections)
  await db.batch([
    db
      .prepare(
        `with recursive n(i) as (select 0 union all select i + 1 from n where i < 149)
        insert into own_criteria(street_id, id, version, words, latest, by, at)
        select ?1, printf('crt_large%010d', i), 1, ?2, 1, 'usr_somebody0000', 0 from n`,
      )
      .bind(id, JSON.stringify(criterionWords())),
    db
      .prepare(
        `with recursive n(i) as (select 0 union all select i + 1 from n where i < 39)
        insert into checklists(street_id, id, title, draft, cited, edition, latest, published_edition, by, at)
        select ?1, printf('tpl_large%010d', i), '检查表', ?2, '["crt_large0000000001"]', 2, 1, 2, 'usr_somebody0000', 0 from n`,
      )
      .bind(id, JSON.stringify(draft)),
    // A third of them is no longer offered.
    db
      .prepare(
        `with recursive n(i) as (select 0 union all select i + 1 from n where i < 39)
        insert into checklist_versions(street_id, id, version, title, kinds, key_places, sectors, sections, items, cited,
          current, published_on, by, at)
        select ?1, printf('tpl_large%010d', i), 1, '检查表', '["enterprise"]', '[]', '[]', ?2, 20,
          '["crt_large0000000001","crt_large0000000002","crt_large0000000003"]', i % 3 > 0, '2026-11-28',
          'usr_somebody0000', 0 from n`,
      )
      .bind(id, sections),
  ])
  return { templateId: 'tpl_large0000000010', criterionId: 'crt_large0000000010' }
}
