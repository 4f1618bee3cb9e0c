// Who is asking, in which post, and what that reaches: asked of the directory in one read with each request, whether it
// holds 2 districts or 42. And what signing in and bringing a street aboard cost.
import { randomBytes, scryptSync } from 'node:crypto'
import { idFrom } from '@app/shared/ids'
import type { PersonCard, Post } from '@app/shared/people/schema'
import { demoPassword } from '../demo/accounts'
import { aPhoto, call, type Clerk, clerk, draft } from '../trials/client'
import { cpuOfChildren } from './cpu'
import type { Host } from './host'
import { load, type Wanted } from './load'
import { chiefAt, everybody, fillTenants, size, streetAt, userAt } from './tenants'

interface Counted {
  readonly trips: number
  readonly directoryTrips: number
  readonly statements: number
  readonly rowsRead: number
  readonly rowsWritten: number
}

/** One request, with the round trips it is allowed, and how many of them to the directory: the gate's, and its own. */
interface Asked {
  readonly name: string
  readonly most: number
  readonly directory: number
  readonly method: 'GET' | 'PUT' | 'POST'
  readonly path: string
  readonly cookie: string
  /** Its body, or a new one each time where each must differ. */
  readonly body?: () => object
}

const newId = (prefix: string) => idFrom(prefix, Date.now(), randomBytes(16))
const hundredths = (value: number) => Math.round(value * 100) / 100
const signIns = 48
const openings = 12

/** Runs all of it and prints the tables; says whether every bound held. */
export async function identity(host: Host): Promise<boolean> {
  const people = await demoPeople(host)
  const asked = await requestsOf(host, people)
  const small = await countAll(host, asked)
  const timed = await timedOf(host, asked)
  // In a district that nothing else here looks at.
  const opened = await openStreets(host, await chiefOf(host.product, 'other.district'))

  const began = performance.now()
  await fillTenants(host, Date.now())
  const filling = Math.round((performance.now() - began) / 100) / 10
  console.log(
    `${size.districts} districts × ${size.streets} streets × ${size.people} people in two ledgers: ${everybody} accounts, filled in ${filling} s`,
  )

  const large = await countAll(host, asked)
  const newcomers = await requestsOf(host, await benchPeople(host))
  const theirs = await countAll(host, newcomers)
  const openedLarge = await openStreets(host, await chiefOf(host.product, chiefAt(7)))
  const timedLarge = await timedOf(host, asked)

  const faults: string[] = []
  console.table(
    Object.fromEntries(
      asked.map(({ name, most, directory }, at) => {
        const [one, many, other] = [small[at], large[at], theirs[at]]
        if (!one || !many || !other) throw new Error(`${name} was not counted`)
        for (const its of [one, many, other]) {
          if (its.trips > most) faults.push(`${name}: ${its.trips} round trips`)
          if (its.directoryTrips > directory) faults.push(`${name}: asks the directory ${its.directoryTrips} times`)
        }
        if (many.rowsRead > one.rowsRead + 10)
          faults.push(`${name}: reads ${many.rowsRead} rows, and ${one.rowsRead} in a small deployment`)
        const [before, after] = [timed[at], timedLarge[at]]
        return [
          name,
          {
            'directory reads': many.directoryTrips,
            'round trips': many.trips,
            'rows, 2 districts': one.rowsRead,
            'rows, 42 districts': many.rowsRead,
            'rows, another of the 42': other.rowsRead,
            'time, 42 to 2': before && after ? hundredths(after / before) : '',
          },
        ]
      }),
    ),
  )
  console.table({
    'opening a street of 8 communities, 2 districts': opened,
    'opening a street of 8 communities, 42 districts': openedLarge,
  })
  console.table(await signingIn(host))
  faults.push(...(await refused(host)))
  for (const fault of faults) console.error(fault)
  console.log(`${faults.length} faults`)
  return faults.length === 0
}

interface Chief {
  readonly cookie: string
  readonly districtId: string
}

interface People {
  readonly clerk: Clerk
  readonly chief: Chief
  readonly operator: string
}

async function demoPeople({ product }: Host): Promise<People> {
  return {
    clerk: await clerk(product, 'lehua.admin'),
    chief: await chiefOf(product, 'zone.admin'),
    operator: await signedIn(product, 'operator'),
  }
}

async function chiefOf(product: string, username: string): Promise<Chief> {
  const cookie = await signedIn(product, username)
  const { posts } = await read<{ posts: Post[] }>(product, cookie, '/api/me')
  const district = posts.find((post) => post.kind === 'district')
  if (!district) throw new Error(`${username} has no post in a district`)
  return { cookie, districtId: district.id }
}

/** The like of them, of a street in the other ledger in the midst of the 480. */
async function benchPeople({ product }: Host): Promise<People> {
  const street = 19 * size.streets + 5
  return {
    clerk: await clerk(product, userAt(street * size.people)),
    chief: await chiefOf(product, chiefAt(19)),
    operator: await signedIn(product, 'operator'),
  }
}

async function requestsOf({ product }: Host, { clerk: admin, chief, operator }: People): Promise<Asked[]> {
  const here = `/api/streets/${admin.street.id}`
  const there = `/api/districts/${chief.districtId}`
  const { items } = await read<{ items: PersonCard[] }>(product, admin.cookie, `${here}/people`)
  const someone = items.find(({ posts }) => posts.some(({ role }) => role === 'inspector'))
  if (!someone) throw new Error('The street has no inspector')
  const photo = await aPhoto(product, admin)
  const get = (name: string, cookie: string, path: string, { most = 2, directory = 1 } = {}): Asked => ({
    name,
    most,
    directory,
    method: 'GET',
    path,
    cookie,
  })
  const change = (name: string, method: 'PUT' | 'POST', path: string, body: () => object): Asked => ({
    name,
    most: 3,
    directory: 1,
    method,
    path,
    cookie: admin.cookie,
    body,
  })
  return [
    // What these two ask for lies in the directory itself.
    get('who I am, with all posts', admin.cookie, '/api/me', { directory: 2 }),
    get('street: one account', admin.cookie, `${here}/people/${someone.id}/account`, { directory: 2 }),
    get('street: hazards', admin.cookie, `${here}/hazards`),
    get('street: people', admin.cookie, `${here}/people`),
    get('street: places', admin.cookie, `${here}/places`),
    get('street: organisation tree', admin.cookie, `${here}/places/tree`),
    get('street: 双包', admin.cookie, `${here}/organisation/charges`),
    get('street: 工作台', admin.cookie, `${here}/workbench`),
    get('street: settings', admin.cookie, `${here}/settings`),
    get('district: streets', chief.cookie, `${there}/streets`),
    get('district: overview', chief.cookie, `${there}/overview`),
    get('district: people', chief.cookie, `${there}/people`),
    // Asks every ledger.
    get('operator: key rotation', operator, '/api/platform/key-rotation', { most: 3 }),
    change('file a hazard', 'POST', `${here}/hazards`, () => draft(admin, photo, '压测 1 处')),
    change('set a telephone number', 'PUT', `${here}/people/${someone.id}/phone`, () => ({ phone: '13812345678' })),
    change('change a setting', 'PUT', `${here}/settings/due.ordinary`, () => ({ value: 5 })),
    change('give a place a cadre', 'POST', `${here}/organisation/charges`, () => ({
      id: newId('chg'),
      placeId: admin.grid.id,
      kind: 'cadre',
      personId: someone.id,
      from: '2030-01-01',
      until: '2030-01-02',
    })),
    // Prepared in the directory, written in the ledger, made to count in the directory.
    {
      ...change('open an account', 'POST', `${here}/people`, () => ({
        id: newId('usr'),
        postId: newId('pst'),
        name: '压测新人',
        username: `n${randomBytes(6).toString('hex')}`,
        password: '先给的一个密码请马上改掉它',
        role: 'grid-worker',
        reach: { within: 'grids', ids: [admin.grid.id] },
      })),
      most: 10,
      directory: 7,
    },
  ]
}

async function countAll({ counted }: Host, asked: readonly Asked[]): Promise<Counted[]> {
  const all: Counted[] = []
  for (const one of asked) all.push(await count(counted, one))
  return all
}

async function count(
  counted: string,
  { name, method, path, cookie, body }: Omit<Asked, 'most' | 'directory'>,
): Promise<Counted> {
  const response = await fetch(counted + path, {
    method,
    headers: headersOf(counted, cookie),
    ...(body && { body: JSON.stringify(body()) }),
  })
  const said = response.headers.get('x-counted')
  if (response.status >= 300 || said === null)
    throw new Error(`${name} answered ${response.status}: ${await response.text()}`)
  // Safe: counted.mjs writes it.
  return JSON.parse(said) as Counted
}

/** Milliseconds of each read, the median of several; changes are counted and not timed. */
async function timedOf({ product }: Host, asked: readonly Asked[]): Promise<(number | null)[]> {
  const all: (number | null)[] = []
  for (const { name, method, path, cookie } of asked) {
    const requests = Array.from({ length: 60 }, (): Wanted => ({ method, path, headers: { cookie } }))
    if (method !== 'GET') {
      all.push(null)
      continue
    }
    const { p50, others } = await load(product, requests, 2, 200)
    if (others.length > 0) throw new Error(`${name} answered ${others[0]}`)
    all.push(p50)
  }
  return all
}

/** Opens streets of eight communities with two grids each: one counted, and the others timed. */
async function openStreets({ product, counted }: Host, { cookie, districtId }: Chief) {
  const path = `/api/districts/${districtId}/streets`
  const body = () => {
    const tail = randomBytes(6).toString('hex')
    return {
      id: newId('str'),
      name: '压测新街道',
      shortName: '新街',
      slug: `n${tail}`,
      statCode: null,
      rows: Array.from({ length: 8 }, (_, at) => [
        { community: `第${at + 1}社区`, grid: '一网格', code: '' },
        { community: `第${at + 1}社区`, grid: '二网格', code: '' },
      ]).flat(),
      admin: { id: newId('usr'), name: '首任管理员', username: `a${tail}`, postId: newId('pst') },
    }
  }
  const { trips, directoryTrips, statements, rowsRead, rowsWritten } = await count(counted, {
    name: 'open a street',
    method: 'POST',
    path,
    cookie,
    body,
  })
  const took: number[] = []
  for (let n = 0; n < openings; n++) {
    const began = performance.now()
    const { status, body: said } = await call(product, cookie, 'POST', path, { body: JSON.stringify(body()) })
    if (status !== 201) throw new Error(`Opening a street answered ${status}: ${said}`)
    took.push(performance.now() - began)
  }
  return {
    statements,
    'round trips': trips,
    'of the directory': directoryTrips,
    'rows read': rowsRead,
    'rows written': rowsWritten,
    ms: Math.round(took.toSorted((a, b) => a - b)[openings >> 1] ?? 0),
  }
}

/** What a sign-in costs, and how much of that is the hash. */
async function signingIn({ product, counted }: Host) {
  const body = (person: number) => JSON.stringify({ username: userAt(person), password: demoPassword })
  const wanted = (person: number): Wanted => ({
    method: 'POST',
    path: '/api/session',
    // Each from an address of its own, as the edge would say it: so many from one are refused.
    headers: { ...headersOf(product, ''), 'cf-connecting-ip': `10.1.${person >> 8}.${person & 255}` },
    body: body(person),
  })
  const cost = async (origin: string, requests: Wanted[], connections: number) => {
    const before = cpuOfChildren()
    const { rps, others } = await load(origin, requests, connections, 200)
    if (others.length > 0) throw new Error(`Signing in answered ${others[0]}`)
    return { rps, cpu: (cpuOfChildren() - before) / requests.length }
  }
  const cookie = await signedIn(product, userAt(1))
  await cost(product, [wanted(2)], 1)
  const one = await cost(
    product,
    Array.from({ length: signIns }, (_, at) => wanted(100 + at * 37)),
    4,
  )
  const me = await cost(
    product,
    Array.from({ length: 200 }, () => ({ method: 'GET', path: '/api/me', headers: { cookie } })),
    4,
  )
  const its = await count(counted, {
    name: 'sign in',
    method: 'POST',
    path: '/api/session',
    cookie: '',
    body: () => ({ username: userAt(3), password: demoPassword }),
  })
  return {
    'sign in, of 28,800': {
      'round trips': its.trips,
      'rows read': its.rowsRead,
      'CPU ms': hundredths(one.cpu),
      'a second': hundredths(one.rps),
    },
    'GET /api/me': { 'CPU ms': hundredths(me.cpu), 'a second': hundredths(me.rps) },
    'the hash, by difference': { 'CPU ms': hundredths(one.cpu - me.cpu) },
    'the hash, in Node': { 'CPU ms': hundredths(hashInNode()) },
  }
}

/** Milliseconds of CPU of one scrypt as `worker/auth/passwords.ts` has it. */
function hashInNode(): number {
  const [times, N, r, p] = [10, 16_384, 8, 5]
  const before = process.cpuUsage()
  for (let n = 0; n < times; n++) scryptSync(demoPassword, 'salt', 32, { N, r, p, maxmem: 256 * N * r })
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / times
}

/** Takes away posts and sessions behind the back of who just used them: the next request must be refused. */
async function refused(host: Host): Promise<string[]> {
  const faults: string[] = []
  const [person, street] = [7 * size.people, 7]
  const path = `/api/streets/${streetAt(street)}/places`
  const cookie = await signedIn(host.product, userAt(person))
  const status = async () => (await call(host.product, cookie, 'GET', path)).status
  const expected = async (wanted: number, when: string) => {
    const found = await status()
    if (found !== wanted) faults.push(`${when}: answered ${found} and not ${wanted}`)
  }
  const id = `usr_bench${String(person).padStart(6, '0')}`
  await expected(200, 'With a post')
  await host.run('DIRECTORY', "update street_posts set state = 'ended' where user_id = ?1", id)
  await expected(404, 'At the first request after the post ended')
  await host.run('DIRECTORY', "update street_posts set state = 'active' where user_id = ?1", id)
  await expected(200, 'With the post again')
  await host.run('DIRECTORY', 'delete from sessions where user_id = ?1', id)
  await expected(401, 'At the first request after the session ended')
  return faults
}

async function signedIn(origin: string, username: string): Promise<string> {
  const { status, body, cookies } = await call(origin, '', 'POST', '/api/session', {
    body: JSON.stringify({ username, password: demoPassword }),
  })
  if (status !== 200) throw new Error(`${username} could not sign in: ${status} ${body}`)
  return cookies.map((set) => set.split(';')[0]).join('; ')
}

async function read<T>(origin: string, cookie: string, path: string): Promise<T> {
  const { status, body } = await call(origin, cookie, 'GET', path)
  if (status !== 200) throw new Error(`${path} answered ${status}`)
  // Safe: each caller names what the route's schema says.
  return JSON.parse(body) as T
}

const headersOf = (origin: string, cookie: string) => ({
  origin,
  'content-type': 'application/json',
  'idempotency-key': randomBytes(12).toString('base64url'),
  ...(cookie && { cookie }),
})
