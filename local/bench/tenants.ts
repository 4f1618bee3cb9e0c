import { demoPasswordHash } from '../demo/accounts'
import type { Host } from './host'

/** The deployment the product is planned for: two ledgers, and everybody has a post, a password and a session. */
export const size = { districts: 40, streets: 12, people: 60, communities: 8, grids: 16 } as const

export const everybody = size.districts * size.streets * size.people

export const streetAt = (street: number) => `str_bench${String(street).padStart(5, '0')}`
export const userAt = (person: number) => `bench.${String(person).padStart(5, '0')}`
export const chiefAt = (district: number) => `bench.d${String(district).padStart(4, '0')}`

const days = 24 * 3_600_000
/** The numbers 0 to `n - 1`, for the statement behind it. */
const upTo = (n: number) => `with recursive n(i) as (select 0 union all select i + 1 from n where i < ${n - 1})`

const { districts, streets, people, communities, grids } = size
const id = (prefix: string, width: number, n: string) => `printf('${prefix}_bench%0${width}d', ${n})`
const ledgerOf = (district: string) => `iif(${district} % 2, 'LEDGER_02', 'LEDGER_01')`
/** What the i-th person is in the street: its administrator, a leader, one of four inspectors, a secretary, a grid's. */
const place = `(i % ${people})`
const role = `case when ${place} = 0 then 'street-admin' when ${place} = 1 then 'street-leader' when ${place} < 6 then 'inspector'
  when ${place} < ${6 + communities} then 'community-secretary' else 'grid-worker' end`
const communityOf = `i / ${people} * ${communities} + ${place} % ${communities}`
const gridOf = `i / ${people} * ${grids} + ${place} % ${grids}`
const reach = `case when ${place} < 6 then '{"within":"street"}'
  when ${place} < ${6 + communities} then json_object('within', 'communities', 'ids', json_array(${id('com', 6, communityOf)}))
  else json_object('within', 'grids', 'ids', json_array(${id('grd', 6, gridOf)})) end`

/** Fills directory and ledgers, all of it made inside the databases. */
export async function fillTenants(host: Host, now: number): Promise<void> {
  const inDirectory = (sql: string, ...values: unknown[]) => host.run('DIRECTORY', sql, ...values)
  const password = demoPasswordHash(new Uint8Array(16).fill(1))
  await inDirectory(
    `insert into districts (id, slug, name, ledger) ${upTo(districts)}
     select ${id('dis', 5, 'i')}, printf('bench-%02d', i), printf('压测%d区', i + 1), ${ledgerOf('i')} from n`,
  )
  await inDirectory(
    `insert into streets (id, district_id, ledger, slug, name, short_name) ${upTo(districts * streets)}
     select ${id('str', 5, 'i')}, ${id('dis', 5, `i / ${streets}`)}, ${ledgerOf(`(i / ${streets})`)},
       printf('bench-s%03d', i), printf('压测%d街道', i + 1), printf('压%d', i + 1) from n`,
  )
  await inDirectory(
    `insert into slugs (slug, kind, id) select slug, 'street', id from streets where id like 'str\\_bench%' escape '\\'
     union all select slug, 'district', id from districts where id like 'dis\\_bench%' escape '\\'`,
  )
  for (const [n, user, prefix] of [
    [everybody, id('usr', 6, 'i'), `printf('bench.%05d', i)`],
    [districts, id('usr', 6, `${everybody} + i`), `printf('bench.d%04d', i)`],
  ] as const) {
    await inDirectory(
      `insert into users (id, name, email, username, created_at, updated_at) ${upTo(n)}
       select ${user}, printf('压测%d', i), ${prefix} || '@zhiben.invalid', ${prefix}, ?1, ?1 from n`,
      now,
    )
  }
  await inDirectory(
    `insert into accounts (id, account_id, provider_id, user_id, password, created_at, updated_at)
     select id, id, 'credential', id, ?1, ?2, ?2 from users where username like 'bench.%'`,
    password,
    now,
  )
  await inDirectory(
    `insert into sessions (id, token, user_id, expires_at, created_at, updated_at, idle_for, last_seen_at, verified_at)
     select 'ses_' || id, lower(hex(randomblob(32))), id, ?1 + ${days}, ?1, ?1, ${days}, ?1, ?1
     from users where username like 'bench.%'`,
    now,
  )
  await inDirectory(
    `insert into street_posts (id, street_id, user_id, role, reach, state, since) ${upTo(everybody)}
     select ${id('pst', 6, 'i')}, ${id('str', 5, `i / ${people}`)}, ${id('usr', 6, 'i')}, ${role}, ${reach}, 'active', 0 from n`,
  )
  await inDirectory(
    `insert into district_posts (district_id, user_id, role, state, since) ${upTo(districts)}
     select ${id('dis', 5, 'i')}, ${id('usr', 6, `${everybody} + i`)}, 'district-admin', 'active', 0 from n`,
  )
  for (const [odd, ledger] of (['LEDGER_01', 'LEDGER_02'] as const).entries()) {
    const its = (perStreet: number) => `i / ${perStreet * streets} % 2 = ${odd}`
    const run = (sql: string, ...values: unknown[]) => host.run(ledger, sql, ...values)
    await run(
      `insert into overseers (district_id, id, name, role) ${upTo(districts)}
       select ${id('dis', 5, 'i')}, ${id('usr', 6, `${everybody} + i`)}, printf('压测%d', i), 'district-admin' from n where i % 2 = ${odd}`,
    )
    await run(
      `insert into communities (street_id, id, name, position) ${upTo(districts * streets * communities)}
       select ${id('str', 5, `i / ${communities}`)}, ${id('com', 6, 'i')}, printf('第%d社区', i % ${communities} + 1), i % ${communities}
       from n where ${its(communities)}`,
    )
    await run(
      `insert into grids (street_id, id, community_id, name, position) ${upTo(districts * streets * grids)}
       select ${id('str', 5, `i / ${grids}`)}, ${id('grd', 6, 'i')},
         ${id('com', 6, `i / ${grids} * ${communities} + i % ${communities}`)}, printf('%d网格', i % ${grids} + 1), i % ${grids}
       from n where ${its(grids)}`,
    )
    await run(
      `insert into people (street_id, id, name, initials, since) ${upTo(everybody)}
       select ${id('str', 5, `i / ${people}`)}, ${id('usr', 6, 'i')}, printf('压测%d', i), 'yc', 0 from n where ${its(people)}`,
    )
    await run(
      `insert into posts (street_id, id, person_id, role, reach, since) ${upTo(everybody)}
       select ${id('str', 5, `i / ${people}`)}, ${id('pst', 6, 'i')}, ${id('usr', 6, 'i')}, ${role}, ${reach}, 0
       from n where ${its(people)}`,
    )
    // 双包: the leader has every community, the inspectors have the grids.
    await run(
      `insert into charges (street_id, id, place_id, kind, person_id, "from")
       select street_id, 'chg' || substr(id, 4), id, 'leader', ${id('usr', 6, `substr(street_id, -5) * ${people} + 1`)}, '2025-01-06'
       from communities where street_id like 'str\\_bench%' escape '\\'
       union all
       select street_id, 'chg_g' || substr(id, 5), id, 'cadre', ${id('usr', 6, `substr(street_id, -5) * ${people} + 2 + position % 4`)}, '2025-01-06'
       from grids where street_id like 'str\\_bench%' escape '\\'`,
    )
  }
}
