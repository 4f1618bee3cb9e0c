// A register of 3,000 units: what its pages, checks and searches read and cost, first while the street lies alone in its
// ledger with the demonstration, then beside 39 others of the same size.
import { nineSmall } from '@app/shared/checklists/shipped/nine-small'
import { hundredThousandHazards, sectorsOfUnits, threeThousandUnits, twoThousandChecks } from '../../tests/shared/large'
import { type Clerk, clerk } from '../trials/client'
import type { Host } from './host'
import { load, type Wanted } from './load'

const others = 39
const [connections, requests] = [8, 160]
/** For others beside it a request may read so many rows more. */
const slack = 10
const hundredths = (value: number) => Math.round(value * 100) / 100

interface Asked {
  readonly name: string
  readonly who: Clerk
  readonly path: string
}

/** Runs all of it and prints a line each; says whether the size of the deployment made no difference. */
export async function registry(host: Host): Promise<boolean> {
  const [admin, grid, shop] = [
    await clerk(host.product, 'lehua.admin'),
    await clerk(host.product, 'lehua.grid'),
    await clerk(host.product, 'lehua.shop'),
  ]
  const { id: streetId } = admin.street
  const unit = admin.shop?.id
  if (!unit) throw new Error('The demonstration’s first grid has no unit')
  const spot = [admin.grid.communityId, admin.grid.id, unit]
  await fill(host, streetId, [spot, spot, spot])
  await host.run('LEDGER_01', hundredThousandHazards, streetId, JSON.stringify([spot, spot, spot]), 2024)

  const here = `/api/streets/${streetId}`
  const search = (words: string) => `${here}/enterprises?q=${encodeURIComponent(words)}`
  const asked: Asked[] = [
    { name: 'register', who: admin, path: `${here}/enterprises` },
    { name: 'register, from its middle', who: admin, path: `${here}/enterprises?cursor=ent_large00000001500` },
    { name: 'register, red', who: admin, path: `${here}/enterprises?colour=red` },
    { name: 'register, a sector', who: admin, path: `${here}/enterprises?sector=gas` },
    { name: 'search by name', who: admin, path: search('单位299') },
    { name: 'search by code', who: admin, path: search('92000000MADEM0000T') },
    { name: 'search by initials', who: admin, path: search('slmz') },
    { name: 'register of a grid', who: grid, path: `${here}/enterprises` },
    { name: 'board of grids', who: admin, path: `${here}/board` },
    { name: 'a unit’s file', who: admin, path: `${here}/enterprises/${unit}` },
    { name: 'whose turn it is', who: grid, path: `${here}/inspections/due` },
    { name: 'records of checks', who: admin, path: `${here}/inspections` },
    { name: 'checklists for a unit', who: grid, path: `${here}/inspections/offers/${unit}` },
    { name: 'papers owed', who: admin, path: `${here}/filings/board` },
    { name: 'self-checks of a month', who: admin, path: `${here}/selfchecks/months/2026-10` },
    { name: 'differences', who: admin, path: `${here}/selfchecks/signals` },
    { name: 'a unit’s home', who: shop, path: `${here}/selfchecks/home` },
  ]
  const alone = await countAll(host, asked)
  const began = performance.now()
  for (let nth = 0; nth < others; nth++) await fillAnother(host, nth)
  console.log(`${others} streets × 3,000 units filled in ${Math.round((performance.now() - began) / 1000)} s`)
  const among = await countAll(host, asked)

  let held = true
  for (const [at, { name, who, path }] of asked.entries()) {
    const [before, after] = [alone[at], among[at]]
    if (!before || !after) throw new Error(`${name} was not counted`)
    const wanted: Wanted = { method: 'GET', path, headers: { cookie: who.cookie } }
    const hello: Wanted = { method: 'GET', path: '/', headers: {} }
    const bare = await load(
      host.bare,
      Array.from({ length: requests }, () => hello),
      connections,
      200,
    )
    const its = await load(
      host.product,
      Array.from({ length: requests }, () => wanted),
      connections,
      200,
    )
    const fine = after.trips <= 2 && after.rowsRead <= before.rowsRead + slack
    held &&= fine
    console.log(
      JSON.stringify({
        name,
        rowsRead: after.rowsRead,
        rowsReadAlone: before.rowsRead,
        roundTrips: after.trips,
        rps: Math.round(its.rps),
        ratioToBare: Math.round((its.rps / bare.rps) * 1000) / 1000,
        p50: hundredths(its.p50),
        fine,
      }),
    )
  }
  return held
}

async function countAll({ counted }: Host, asked: readonly Asked[]): Promise<{ trips: number; rowsRead: number }[]> {
  const counts: { trips: number; rowsRead: number }[] = []
  for (const { name, who, path } of asked) {
    const response = await fetch(counted + path, { headers: { cookie: who.cookie } })
    const said = response.headers.get('x-counted')
    if (response.status !== 200 || said === null) throw new Error(`${name} answered ${response.status} when counted`)
    // Safe: counted.mjs writes it.
    counts.push(JSON.parse(said) as { trips: number; rowsRead: number })
  }
  return counts
}

/** 3,000 units in three places of a street, with 2,000 checks. */
async function fill(host: Host, streetId: string, spots: readonly (readonly string[])[]): Promise<void> {
  const places = JSON.stringify(spots)
  await host.run('LEDGER_01', threeThousandUnits, streetId, places)
  await host.run('LEDGER_01', sectorsOfUnits, streetId)
  const then = {
    name: '单位',
    address: '示例路',
    creditCode: null,
    kind: 'enterprise',
    keyPlace: null,
    sectors: [],
    crowded: false,
    highRisk: null,
  }
  await host.run('LEDGER_01', twoThousandChecks, streetId, places, JSON.stringify(then), nineSmall.id)
}

/** Another street of that size in the same ledger. */
async function fillAnother(host: Host, nth: number): Promise<void> {
  const id = (prefix: string) => `${prefix}_bench${String(nth).padStart(12, '0')}`
  const [streetId, communityId, gridId] = [id('str'), id('com'), id('grd')]
  await host.run(
    'LEDGER_01',
    'insert into communities (street_id, id, name, position) values (?1, ?2, ?3, 0)',
    streetId,
    communityId,
    '压测社区',
  )
  await host.run(
    'LEDGER_01',
    'insert into grids (street_id, id, community_id, name, position) values (?1, ?2, ?3, ?4, 0)',
    streetId,
    gridId,
    communityId,
    '压测网格',
  )
  const spot = [communityId, gridId, 'ent_large00000000001']
  await fill(host, streetId, [spot, spot, spot])
}
