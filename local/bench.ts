// `npm run bench`: what requests cost, `npm run bench -- record` and `npm run bench -- identity` one part of it.
// record: the deploy bundle on a ledger with 100,000 hazards of one street more, under a bounded load from this process.
// One JSON line for each request. Clocks differ from machine to machine and from minute to minute: `rowsRead` and
// `roundTrips` are the figures; `ratioToBare` compares with a worker that only says hello, measured in turn with it,
// and `cpuMs` is what the runtime spent on a request.
// import: a street's whole table of 5,000 units, looked over and taken over (`bench/import.ts`); fails where it is slow.
// registry: 40 streets × 3,000 units, what the register's and the checks' pages read and cost (`bench/registry.ts`).
// photos: how long a photo takes to be kept, of 5 MB and as a phone sends it (`bench/photos.ts`).
// identity: what resolving who asks costs with 42 districts as against 2 (`bench/identity.ts`); fails where a bound does.
import { cpuOfChildren } from './bench/cpu'
import { type Host, openHost } from './bench/host'
import { identity } from './bench/identity'
import { imports } from './bench/import'
import { load, type Wanted } from './bench/load'
import { photos } from './bench/photos'
import { registry } from './bench/registry'
import { demoPassword } from './demo/accounts'
import { aPhoto, call, type Clerk, clerk, draft } from './trials/client'
import { readyData } from './trials/server'
import { hundredThousandHazards } from '../tests/shared/large'

const connections = 16
const rounds = 3
const requests = 320

interface Case {
  readonly name: string
  readonly status: number
  /** The request, or a new one each time where each must differ. */
  readonly wanted: (origin: string) => Wanted
}

const hundredths = (value: number) => Math.round(value * 100) / 100

const parts: Record<string, (host: Host) => Promise<boolean>> = { record, identity, import: imports, registry, photos }
const [named] = process.argv.slice(2)
if (named !== undefined && !parts[named]) {
  console.error(`没有这一部分：${named}。可选：${Object.keys(parts).join('、')}`)
  process.exit(1)
}
let held = true
for (const [name, part] of Object.entries(parts)) {
  if (named !== undefined && named !== name) continue
  const host = await openHost(await readyData())
  try {
    held = (await part(host)) && held
  } finally {
    await host.close()
  }
}
process.exit(held ? 0 : 1)

async function record(host: Host): Promise<boolean> {
  const admin = await clerk(host.product, 'lehua.admin')
  await fill(host, admin)
  const cases = await casesOf(host, admin)
  const hello: Case = { name: 'hello (bare)', status: 200, wanted: () => get('/', '') }
  const results = new Map(
    cases.map(({ name }) => [name, [] as { rps: number; ratio: number; p50: number; cpu: number }[]]),
  )
  const bares: { rps: number; cpu: number }[] = []
  for (const one of [hello, ...cases]) await go(one, one === hello ? host.bare : host.product, 2 * connections)
  for (let round = 0; round < rounds; round++) {
    for (const one of cases) {
      const bare = await go(hello, host.bare, 4_000)
      const its = await go(one, host.product, requests)
      bares.push(bare)
      results.get(one.name)?.push({ rps: its.rps, ratio: its.rps / bare.rps, p50: its.p50, cpu: its.cpu })
    }
  }
  say({
    name: hello.name,
    rowsRead: 0,
    roundTrips: 0,
    rps: Math.round(median(bares.map(({ rps }) => rps))),
    ratioToBare: 1,
    cpuMs: hundredths(median(bares.map(({ cpu }) => cpu))),
  })
  for (const one of cases) {
    const { trips, rowsRead } = await count(host, one)
    const its = results.get(one.name) ?? []
    say({
      name: one.name,
      rowsRead,
      roundTrips: trips,
      rps: Math.round(median(its.map(({ rps }) => rps))),
      ratioToBare: Math.round(median(its.map(({ ratio }) => ratio)) * 1000) / 1000,
      p50: median(its.map(({ p50 }) => p50)),
      cpuMs: hundredths(median(its.map(({ cpu }) => cpu))),
    })
  }
  return true
}

async function casesOf({ product }: Host, admin: Clerk): Promise<Case[]> {
  const here = `/api/streets/${admin.street.id}`
  const read = async <T>(path: string, cookie: string): Promise<T> => {
    const { status, body } = await call(product, cookie, 'GET', path)
    if (status !== 200) throw new Error(`${path} answered ${status}`)
    return (path.startsWith('/api') ? JSON.parse(body) : body) as T
  }
  type Page = { items: { id: string }[]; next: string | null }
  const list = `${here}/hazards?open=no`
  const page20 = await pageOf(20)
  const opened = await read<Page>(`${here}/hazards`, admin.cookie)
  const photo = await aPhoto(product, admin)

  const cookie = await overseer(product)
  const { posts } = await read<{ posts: { id: string; slug: string }[] }>('/api/me', cookie)
  const [district] = posts
  if (!district) throw new Error('zone.admin has no post')
  const rankings = `/api/districts/${district.id}/rankings`
  const scored = await read<{ periods: { period: string }[] }>(rankings, cookie)
  const notices = await read<string>(`/p/${district.slug}`, '')
  const notice = new RegExp(`/p/${district.slug}/[^"]+`).exec(notices)?.[0]
  const [record, ranking] = [opened.items[0]?.id, scored.periods[0]?.period]
  if (!record || !ranking || !notice) throw new Error('The demonstration has no hazard, ranking or notice')

  return [
    { name: 'health', status: 200, wanted: () => get('/api/health', '') },
    { name: 'list page', status: 200, wanted: () => get(list, admin.cookie) },
    { name: 'list page 20 by cursor', status: 200, wanted: () => get(page20, admin.cookie) },
    { name: 'record', status: 200, wanted: () => get(`${here}/hazards/${record}`, admin.cookie) },
    { name: 'workbench', status: 200, wanted: () => get(`${here}/workbench`, admin.cookie) },
    {
      name: 'file hazard',
      status: 201,
      wanted: (origin) => {
        const body = draft(admin, photo, '压测 1 处')
        return {
          method: 'POST',
          path: `${here}/hazards`,
          headers: { cookie: admin.cookie, origin, 'content-type': 'application/json', 'idempotency-key': body.id },
          body: JSON.stringify(body),
        }
      },
    },
    { name: 'ranking', status: 200, wanted: () => get(`${rankings}/${ranking}`, cookie) },
    { name: 'public notice page', status: 200, wanted: () => get(notice, '') },
  ]

  async function pageOf(wanted: number): Promise<string> {
    let path = list
    for (let page = 1; page < wanted; page++) {
      const { next } = await read<Page>(path, admin.cookie)
      if (!next) throw new Error(`The list ends on page ${page}`)
      path = `${list}&cursor=${encodeURIComponent(next)}`
    }
    return path
  }
}

async function overseer(product: string): Promise<string> {
  const body = JSON.stringify({ username: 'zone.admin', password: demoPassword })
  const { cookies } = await call(product, '', 'POST', '/api/session', { body })
  return cookies.map((set) => set.split(';')[0]).join('; ')
}

/** Puts the hazards into the street, where none of its own numbers are taken. */
async function fill(host: Host, { street, grid, shop }: Clerk): Promise<void> {
  const spots = [shop?.id ?? null, null, null].map((enterprise) => [grid.communityId, grid.id, enterprise])
  await host.run('LEDGER_01', hundredThousandHazards, street.id, JSON.stringify(spots), 2024)
}

async function go({ name, status, wanted }: Case, origin: string, times: number) {
  const all = Array.from({ length: times }, () => wanted(origin))
  const before = cpuOfChildren()
  const result = await load(origin, all, connections, status)
  const cpu = (cpuOfChildren() - before) / times
  if (result.others.length > 0) throw new Error(`${name} answered ${result.others[0]}`)
  return { ...result, cpu }
}

async function count({ counted }: Host, { name, status, wanted }: Case): Promise<{ trips: number; rowsRead: number }> {
  const { method, path, headers, body } = wanted(counted)
  const response = await fetch(counted + path, { method, headers, ...(body !== undefined && { body }) })
  const said = response.headers.get('x-counted')
  if (response.status !== status || said === null) throw new Error(`${name} answered ${response.status} when counted`)
  // Safe: counted.mjs writes it.
  return JSON.parse(said) as { trips: number; rowsRead: number }
}

function get(path: string, cookie: string): Wanted {
  return { method: 'GET', path, headers: cookie ? { cookie } : {} }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function say(result: object): void {
  console.log(JSON.stringify(result))
}
