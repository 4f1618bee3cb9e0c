import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { can, type Capability } from '@app/shared/capabilities'
import { type Mounted, routesOf } from '../../../worker/http/openapi'
import { sha256 } from '../../../worker/sha256'
import { anId, app, origin } from '../street'
import { bodies, type Own } from './bodies'
import { distinguishable, ids, nameableOutOfReach, words } from './ids'
import { type Code, marksIn, variants } from './markers'
import { at, placesOf, pointerOf, put } from './places'
import { districtOf, streetsOf } from './rows'
import { itsOwn, leakOf, operatorAsks, tellsItself, shutDoors, unbound, unitsOf } from './sight'
import { spying, writes } from './spy'
import { changed, type Dump, dump, objects, restore, setEverywhere } from './state'
import { type Actor, aWorld, declarations, type World } from './world'
import { spelled } from './markers'
import { getTableName } from 'drizzle-orm'

/** All cells; otherwise, as a part of all tests, a share of them that is spread over everybody and every route. */
const full = process.env['FULL_SIZE'] === '1'
const total = { cells: 0, leaks: 0, routes: 0 }
const { bindings, during } = spying()
const began = Date.now()

let world: World
beforeAll(async () => {
  world = await aWorld()
}, 60_000)
afterAll(() => {
  const seconds = Math.round((Date.now() - began) / 100) / 10
  if (full) console.log(`MATRIX ${JSON.stringify({ ...total, seconds })}`)
})

const keyOfRoute = ({ method, path }: Pick<Mounted, 'method' | 'path'>) => `${method} ${path}`
const isRead = ({ method }: Pick<Mounted, 'method'>) => method === 'GET' || method === 'HEAD'
const gateOf = (path: string) =>
  /^\/api\/(streets\/:streetId|districts\/:districtId|platform)\b/.exec(path)?.[1] ?? null
const routes = routesOf(app)
/** All of a list, or without the full size every so manieth, another one for each route. */
function sampled<T>(list: readonly T[], every: number, path: string): readonly T[] {
  const from = routes.findIndex((route) => route.path === path)
  return full ? list : list.filter((_, at) => (at + from) % every === 0)
}

/** Pages outside the API declare nothing; they are found in the table of routes. */
// Of what a district published; a unit's poster, which is for anybody who stands before it, has no other to be mistaken
// for (joining.test.ts).
const pages = app.routes.filter(({ method, path }) => method === 'GET' && path.startsWith('/p/') && path.includes(':'))

/** A brand or a word for each part of a path. */
function partsOf({ path, declaration }: Mounted): { name: string; brand: string | null; known: boolean }[] {
  const branded = new Map(
    (declaration.param ? placesOf(declaration.param) : []).map((place) => [place.path[0], place.brand] as const),
  )
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => {
    const brand =
      branded.get(name) ?? (name.endsWith('Id') ? `${name.slice(0, 1).toUpperCase()}${name.slice(1)}` : null)
    return { name, brand, known: brand === null ? name in words : brand in ids }
  })
}

it('has ids for every path, a body for every route that takes one, and a marker in every text column', ({ expect }) => {
  const missing: string[] = [...world.missing]
  for (const route of routes) {
    const key = keyOfRoute(route)
    for (const { name, brand, known } of partsOf(route)) {
      if (known) continue
      missing.push(
        brand === null
          ? `${key}: nothing to put for “:${name}”. Add to \`words\` in tests/worker/matrix/ids.ts:  ${name}: '…',`
          : `${key}: no ids for “:${name}” (${brand}). Add to \`ids\` in tests/worker/matrix/ids.ts:  ${brand}: from('prefix', theTable),`,
      )
    }
    const { json, query, file } = route.declaration
    for (const [part, schema] of [
      ['body', json],
      ['query', query],
    ] as const) {
      for (const { kind, brand = '', path } of schema ? placesOf(schema) : []) {
        if (kind !== 'id' || brand in ids) continue
        missing.push(
          `${key}: no ids for ${part} ${pointerOf(path)} (${brand}). Add to \`ids\` in tests/worker/matrix/ids.ts:  ${brand}: from('prefix', theTable),`,
        )
      }
    }
    if (json && !bodies[key]?.json) {
      missing.push(
        `${key}: no valid body. Add to tests/worker/matrix/bodies.ts:  '${key}': { json: (own) => ({ … }) },`,
      )
    }
    if (file && !bodies[key]?.file) {
      missing.push(
        `${key}: no file to send. Add to tests/worker/matrix/bodies.ts:  '${key}': { file: () => png(8, 8) },`,
      )
    }
  }
  for (const { path } of pages) {
    for (const [, name = ''] of path.matchAll(/:(\w+)/g)) {
      if (!(name in pageParts))
        missing.push(`GET ${path}: say in \`pageParts\` of matrix.test.ts what “:${name}” is of a tenant`)
    }
  }
  for (const key of Object.keys(bodies)) {
    if (!routes.some((route) => keyOfRoute(route) === key)) missing.push(`bodies.ts: there is no route ${key} any more`)
  }
  for (const key of [...Object.keys(distinguishable), ...Object.keys(nameableOutOfReach)]) {
    if (!routes.some((route) => key.startsWith(`${keyOfRoute(route)} `)))
      missing.push(`ids.ts: there is no route for “${key}” any more`)
  }
  expect(missing).toEqual([])
})

// One request. --------------------------------------------------------------------------------------------------------

interface Ask {
  readonly route: Pick<Mounted, 'method' | 'path'>
  readonly actor: Actor
  readonly params: Readonly<Record<string, string>>
  readonly query?: string
  readonly json?: object | undefined
  readonly file?: Uint8Array<ArrayBuffer> | undefined
  readonly headers?: Readonly<Record<string, string>>
}

interface Answer {
  readonly status: number
  /** All of it but what names this one request or repeats what was sent. */
  readonly same: string
  /** The statements that were asked, as text. */
  readonly asked: string
  readonly wrote: boolean
  readonly slug: string
}

const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : []

/** The walk of one route: asks, looks at every byte of the answer, and notes what leaks. */
class Walk {
  readonly leaks: string[] = []
  cells = 0
  readonly route: Mounted
  /** What it is asked where no other query is tried. */
  query = ''
  before: Dump
  objectsBefore: ReadonlyMap<string, string>

  constructor(route: Mounted, before: Dump, objectsBefore: ReadonlyMap<string, string>) {
    this.route = route
    this.before = before
    this.objectsBefore = objectsBefore
  }

  leak(cell: string, actor: Actor, what: string): void {
    this.leaks.push(`${actor.name}, ${cell}: ${what}`)
  }

  /** Asks as somebody; whatever comes, it may hold no marker that he may not see, and name no unit but his own. */
  async ask(
    cell: string,
    {
      actor,
      params,
      query = this.query,
      json,
      file,
      headers,
      route = this.route,
    }: Omit<Ask, 'route'> & { route?: Ask['route'] },
  ): Promise<Answer> {
    this.cells++
    const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? '')
    const body = file ?? (json === undefined ? undefined : JSON.stringify(json))
    const request = new Request(`${origin}${path}${query && `?${query}`}`, {
      method: route.method,
      headers: {
        ...(actor.token && { 'x-test-session': actor.token }),
        ...(!isRead(route) && { origin, 'idempotency-key': crypto.randomUUID() }),
        ...(body !== undefined && { 'content-type': file ? 'image/png' : 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    })
    const {
      result,
      asked,
      objects: put,
      sent,
      logged,
    } = await during(async () => {
      const behind: Promise<unknown>[] = []
      const runtime = { waitUntil: (work: Promise<unknown>) => void behind.push(work), passThroughOnException() {} }
      const response = await app.fetch(request, bindings, runtime as unknown as ExecutionContext)
      // What goes on behind the answer is part of what was asked.
      await Promise.all(behind)
      return { response, bytes: new Uint8Array(await response.arrayBuffer()) }
    })
    const { response, bytes } = result
    const shown = await legible(bytes)
    const head = [...response.headers]
      .filter(([name]) => name !== 'x-request-id')
      .map((pair) => pair.join(': '))
      .sort()
    const own = [...new Set([...Object.values(params), ...textsIn(json), ...new URLSearchParams(query).values()])]
      .filter((text) => text.length >= 8)
      .sort((a, b) => b.length - a.length)
    const masked = (all: string) => own.reduce((text, sentText) => text.replaceAll(sentText, '·'), all)
    const told = masked([...head, shown].join('\n'))
    const whole = keyOfRoute(route) in tellsItself ? told.replaceAll(itsOwn, '·') : told
    for (const found of marksIn([whole, masked([...sent, ...logged].join('\n'))].join('\n'))) {
      const reason = leakOf(found, actor, route)
      if (reason) this.leak(cell, actor, `${response.status} shows ${reason}`)
    }
    if (response.status >= 500)
      this.leak(cell, actor, `${response.status} ${shown.slice(0, 200)} ${logged.join(' ').slice(0, 600)}`)
    // No statement names another unit, and none forgets to name one.
    const may = new Set([...unitsOf(actor).map((code) => world.unitId(code)), ...born])
    for (const one of asked.filter(({ database }) => database !== 'DIRECTORY')) {
      if (!route.path.startsWith('/api') || (actor.operator && operatorAsks(one.sql))) continue
      for (const what of unbound(one, may)) this.leak(cell, actor, `a statement ${what}: ${one.sql}`)
    }
    return {
      status: response.status,
      same: `${response.status}\n${whole.replace(/"instance":"urn:request:[^"]*"/, '')}`,
      asked: asked.map(({ database, sql }) => `${database} ${sql}`).join('\n'),
      wrote: asked.some(writes) || put.length > 0,
      slug: /urn:zhiben:problem:([\w-]+)/.exec(shown)?.[1] ?? '',
    }
  }

  /** Nothing at all may have changed. */
  async unchanged(cell: string, actor: Actor, answer: Answer): Promise<void> {
    if (answer.wrote) await this.compare(cell, actor, [])
  }

  /** Only rows of these units may have changed, and with `only` of these tables; what did is put back. */
  async onlyOf(
    cell: string,
    actor: Actor,
    answer: Answer,
    mine: readonly Code[],
    only?: readonly string[],
  ): Promise<void> {
    if (answer.wrote) await this.compare(cell, actor, mine, only)
  }

  async compare(cell: string, actor: Actor, mine: readonly Code[], only?: readonly string[]): Promise<void> {
    const after = await dump()
    const units = mine.map((code) => ({ code, id: world.unitId(code) }))
    // The operator's own lines are the platform's.
    if (actor.operator) units.push({ code: 'sb', id: 'platform' })
    const [own] = units
    if (own) units.push(...[...born].map((id) => ({ code: own.code, id })))
    for (const what of changed(this.before, after, units, only)) this.leak(cell, actor, `changed ${what}`)
    const stored = await objects()
    const prefixes = units.map(({ code, id }) => `${code.startsWith('s') ? 'streets' : 'districts'}/${id}/`)
    for (const key of new Set([...stored.keys(), ...this.objectsBefore.keys()])) {
      if (stored.get(key) === this.objectsBefore.get(key)) continue
      if (!prefixes.some((prefix) => key.startsWith(prefix))) this.leak(cell, actor, `changed the object ${key}`)
      if (!this.objectsBefore.has(key)) await env.EVIDENCE.delete(key)
      const taken = world.packages.get(key)
      if (taken !== undefined && !stored.has(key)) await env.EVIDENCE.put(key, taken)
    }
    await restore(this.before, after)
  }

  /** Another's must answer as nobody's does, to the byte and to the statement. */
  alike(cell: string, actor: Actor, foreign: Answer, absent: Answer): void {
    if (foreign.same !== absent.same) {
      const [one, other] = firstDifference(foreign.same, absent.same)
      this.leak(cell, actor, `answers otherwise than for an id that is nobody’s: “${one}” and “${other}”`)
    } else if (foreign.asked !== absent.asked) {
      const [one, other] = firstDifference(foreign.asked, absent.asked)
      this.leak(cell, actor, `asks other statements than for an id that is nobody’s: “${one}” and “${other}”`)
    }
  }
}

function firstDifference(one: string, other: string): [string, string] {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  const from = Math.max(0, at - 60)
  return [one.slice(from, at + 120), other.slice(from, at + 120)]
}

/** What an answer says, packed or not. */
async function legible(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const text = new TextDecoder('latin1').decode(bytes)
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes)
  const unpacked = new Response(bytes).body?.pipeThrough(new DecompressionStream('gzip'))
  return `${text}${await new Response(unpacked).text()}`
}

// The cells of a route. -----------------------------------------------------------------------------------------------

/** Streets and districts that requests of the matrix made: nobody else's. */
const born = new Set<string>()
function fresh(brand: string): string {
  const id = anId(ids[brand]?.prefix ?? 'new')
  if (brand === 'StreetId' || brand === 'DistrictId') born.add(id)
  return id
}
const ownOf = (code: Code): Own =>
  Object.assign((brand: string) => world.idOf(brand, code), {
    other: (brand: string) =>
      brand === 'DistrictId' ? world.unitId(districtOf(code) === 'da' ? 'dx' : 'da') : world.idOf(brand, code, 'out'),
    fresh,
  })

/** Units of the kind that a gate admits to; the first of them is walked in depth. */
const units = (gate: string): readonly Code[] => (gate.startsWith('streets') ? ['sa', 'sb', 'sx'] : ['da', 'dx'])
/** Whose ids are tried in the place of one’s own. */
const foreign = (code: Code): readonly Code[] => (code.startsWith('s') ? ['sb', 'sx'] : ['dx'])

const absentId = (brand: string) => ids[brand]?.absent ?? ''

/** Headers that some server or other takes a unit, a post or a person from, naming this one. */
const smuggledHeaders = (absent: string): Record<string, string> => ({
  'x-street-id': absent,
  'x-district-id': absent,
  'x-tenant': absent,
  'x-tenant-id': absent,
  'x-forwarded-host': absent,
  'x-original-url': `/api/streets/${absent}/hazards`,
  'x-rewrite-url': `/api/streets/${absent}/hazards`,
  'x-http-method-override': 'GET',
  'x-user-id': absent,
  'x-role': 'street-admin',
  cookie: `streetId=${absent}; tenant=${absent}`,
  'if-none-match': `"${absent}"`,
  range: 'bytes=0-10',
})

/** Fields that nobody may set by sending them. */
const extras: Record<string, unknown> = {
  role: 'extra-matrix-role',
  roles: ['extra-matrix-roles'],
  capability: 'extra-matrix-capability',
  capabilities: ['*'],
  streetId: null,
  street_id: null,
  districtId: null,
  tenant: null,
  ledger: 'LEDGER_02',
  score: 987_654_321,
  total: 987_654_321,
  points: 987_654_321,
  rank: 987_654_321,
  state: 'extra-matrix-state',
  status: 'extra-matrix-status',
  open: false,
  number: 'extra-matrix-number',
  serial: 987_654_321,
  year: 1987,
  createdAt: 987_654_321,
  updatedAt: 987_654_321,
  receivedAt: 987_654_321,
  closedAt: 987_654_321,
  filedBy: 'extra-matrix-filed-by',
  closedBy: 'extra-matrix-closed-by',
  actor: 'extra-matrix-actor',
  head: 'extra-matrix-head',
  hash: 'extra-matrix-hash',
  bound: true,
  isAdmin: true,
  __proto__of: { isAdmin: true },
  constructor: { prototype: { isAdmin: true } },
}
/** What a refusal for want of a capability leaves, of the own unit: its line, and what bounds such lines. */
const ofRefusal = ['security_events', 'sign_in_limits']
const extraText = /extra-matrix|987654321/

async function walkGated(walk: Walk, route: Mounted, gate: string): Promise<void> {
  const key = keyOfRoute(route)
  const example = bodies[key]
  const needs = route.declaration.needs as Capability
  const read = isRead(route)
  const parts = partsOf(route)
  const [gatePart] = parts
  const file = await example?.file?.()
  const photoId = file && (await sha256(file.buffer))
  // A street of the district's route is asked with the street's own rows.
  const rowsOf = (code: Code): Code =>
    code.startsWith('d') && route.path.includes('/:streetId/') ? (streetsOf(districtOf(code))[0] as Code) : code
  const paramsOf = (code: Code, variant = 'in'): Record<string, string> => ({
    ...Object.fromEntries(
      parts.map(({ name, brand }) => [
        name,
        brand === null ? (words[name] ?? '') : world.idOf(brand, rowsOf(code), variant),
      ]),
    ),
    ...(photoId && { photoId }),
  })
  const gateParam = gatePart?.name ?? ''
  const [home] = units(gate) as [Code]
  const queryFor = (code: Code) => new URLSearchParams(example?.query?.(ownOf(code))).toString()
  walk.query = queryFor(home)
  const absentOf = absentId
  const jsonFor = (code: Code, actor?: Actor) => example?.json?.(ownOf(code), { role: actor?.role })
  const bodyPlaces = route.declaration.json ? placesOf(route.declaration.json) : []
  const queryPlaces = route.declaration.query ? placesOf(route.declaration.query) : []
  const capable = (actor: Actor) => actor.role !== undefined && can(actor.role, needs)

  /** What an answer to one's own unit has to be. */
  const judgeOwn = async (cell: string, actor: Actor, answer: Answer) => {
    if (!capable(actor)) {
      if (answer.status !== 403 || answer.slug !== 'forbidden')
        walk.leak(cell, actor, `${answer.status} ${answer.slug} instead of 403 forbidden`)
      // Of the refusal a line is kept, in the own unit's record.
      await walk.onlyOf(cell, actor, answer, unitsOf(actor), ofRefusal)
      return
    }
    const wrong = read ? answer.status >= 300 : [401, 403, 404].includes(answer.status)
    if (wrong) walk.leak(cell, actor, `is refused its own with ${answer.status} ${answer.slug}`)
    await walk.onlyOf(cell, actor, answer, unitsOf(actor))
  }

  // The gate: everybody at every unit.
  let succeeded = false
  const refusals: string[] = []
  const strangers = world.actors.flatMap((actor) =>
    units(gate).flatMap((code) => (actor.at === code && code === home ? [] : [{ actor, code }])),
  )
  const insiders = world.actors.filter((actor) => actor.at === home)
  // Without the full size somebody with the whole unit, one of each narrower reach, and one who may not.
  const telling = insiders.filter((actor, nth) => {
    const kind = (one: Actor) => `${capable(one)} ${one.reach?.length ?? 'whole'}`
    const first = insiders.findIndex((one) => kind(one) === kind(actor)) === nth
    return full || (first && (capable(actor) || !actor.reach))
  })

  for (const { actor, code } of [
    ...telling.map((actor) => ({ actor, code: home })),
    ...sampled(strangers, 20, route.path),
  ]) {
    const params = paramsOf(code)
    const json = jsonFor(code, actor)
    const cell = `at ${code}`
    const query = queryFor(code)
    const answer = await walk.ask(cell, { actor, params, query, json, file })
    if (actor.at === code) {
      await judgeOwn(cell, actor, answer)
      if (answer.status < 300) succeeded = true
      else if (capable(actor)) refusals.push(`${actor.name}: ${answer.status} ${answer.same.slice(-200)}`)
      continue
    }
    await walk.unchanged(cell, actor, answer)
    const signedIn = actor.token !== null && !['a made-up session', 'a session that is over'].includes(actor.name)
    const expected = signedIn ? 404 : 401
    if (answer.status !== expected) walk.leak(cell, actor, `${answer.status} ${answer.slug} instead of ${expected}`)
    const absent = await walk.ask(`at nobody’s, with ids of ${code}`, {
      actor,
      params: { ...params, [gateParam]: absentOf(gatePart?.brand ?? '') },
      query,
      json,
      file,
    })
    walk.alike(cell, actor, answer, absent)
  }
  if (!succeeded && !example?.neverSucceeds) {
    walk.leaks.push(
      `Nobody of the own unit succeeds with the body of ${key} in bodies.ts, so the matrix proves nothing. Mend its json, or say in \`given\` how rows have to stand. ${refusals.join('\n')}`,
    )
  }

  const params = paramsOf(home)
  // Who may not is refused before anything of the request is read, so without the full size the gate says enough.
  for (const actor of full ? telling : telling.filter(capable)) {
    const json = jsonFor(home, actor)
    const hiddenVariants = (brand: string) => {
      const declared = declarations.get(spelled(getTableName(ids[brand]?.table as never)))
      const hidden = actor.reach && declared && declared.reach !== 'common'
      return hidden ? variants.filter((variant) => !actor.reach?.includes(variant)) : []
    }
    const nobodysAnswers = new Map<string, Answer>()
    const tried = async (
      cell: string,
      alien: Omit<Ask, 'route' | 'actor'>,
      nobodys: Omit<Ask, 'route' | 'actor'>,
      { status, distinct = false }: { status?: number; distinct?: boolean } = {},
    ) => {
      const answer = await walk.ask(cell, { actor, ...alien })
      // What one may do with one's own is not asked here; but nothing of another's may move.
      // A district that opens a street's record leaves its line there, whatever it then finds in it.
      if (answer.status < 300 || distinct) await walk.onlyOf(cell, actor, answer, unitsOf(actor))
      else await walk.onlyOf(cell, actor, answer, unitsOf(actor), capable(actor) ? ['access_log'] : ofRefusal)
      const expected = capable(actor) ? status : 403
      if (expected !== undefined && answer.status !== expected) {
        walk.leak(cell, actor, `${answer.status} ${answer.slug} instead of ${expected}`)
      }
      if (distinct) return
      const same = JSON.stringify({ ...nobodys, file: nobodys.file?.length })
      const absent = nobodysAnswers.get(same) ?? (await walk.ask(`${cell}, absent`, { actor, ...nobodys }))
      if (!nobodysAnswers.has(same)) await walk.onlyOf(`${cell}, absent`, actor, absent, unitsOf(actor))
      nobodysAnswers.set(same, absent)
      walk.alike(cell, actor, answer, absent)
    }

    // Ids in the path.
    for (const { name, brand } of parts.slice(1)) {
      if (brand === null || (photoId && name === 'photoId')) continue
      const nobodys = { params: { ...params, [name]: absentOf(brand) }, json, file }
      for (const code of foreign(home)) {
        await tried(
          `with :${name} of ${code}`,
          { params: { ...params, [name]: world.idOf(brand, rowsOf(code)) }, json, file },
          nobodys,
          { status: 404 },
        )
      }
      for (const variant of hiddenVariants(brand)) {
        const mine = { params: { ...params, [name]: world.idOf(brand, home, variant) }, json, file }
        await tried(`with its own :${name} out of reach (${variant})`, mine, nobodys, { status: 404 })
      }
      if (home.startsWith('d')) {
        // A record of one street is not found under another of the same district.
        const [, sibling] = streetsOf(districtOf(home))
        if (sibling && name !== 'streetId' && route.path.includes(':streetId')) {
          await tried(
            `with :${name} of ${sibling}`,
            { params: { ...params, [name]: world.idOf(brand, sibling) }, json, file },
            nobodys,
            { status: 404 },
          )
        }
      }
    }
    if (parts.length > 2) {
      for (const code of foreign(home)) {
        const theirs = { ...paramsOf(code), [gateParam]: params[gateParam] ?? '' }
        const nobodys = Object.fromEntries(
          parts.map(({ name, brand }) => [
            name,
            name === gateParam || brand === null || (photoId && name === 'photoId')
              ? (theirs[name] ?? '')
              : absentOf(brand),
          ]),
        )
        if (Object.entries(theirs).every(([name, id]) => nobodys[name] === id)) continue
        await tried(
          `with all ids of ${code}`,
          { params: theirs, json: jsonFor(code, actor), file },
          { params: nobodys, json: jsonFor(code, actor), file },
          { status: 404 },
        )
      }
    }

    // Ids in the body.
    for (const place of bodyPlaces.filter(({ kind }) => kind === 'id')) {
      const brand = place.brand ?? ''
      const name = `body ${pointerOf(place.path)}`
      const known = String(at(json, place.path) ?? '')
      const isNew = known !== '' && marksIn(known).length === 0
      const distinct = `${key} ${name}` in distinguishable
      const with_ = (id: string) => ({ params, json: put(jsonFor(home, actor) as object, place, id), file })
      for (const code of foreign(home)) {
        const cell = `with ${name} of ${code}`
        await tried(cell, with_(world.idOf(brand, code)), with_(isNew ? fresh(brand) : absentOf(brand)), { distinct })
      }
      if (isNew || `${key} ${name}` in nameableOutOfReach) continue
      for (const variant of hiddenVariants(brand)) {
        await tried(
          `with ${name} out of reach (${variant})`,
          with_(world.idOf(brand, home, variant)),
          with_(absentOf(brand)),
        )
      }
    }

    // Ids, words and free text in the query.
    const queried = (values: [string, string][]) => ({
      params,
      json,
      file,
      query: new URLSearchParams(values).toString(),
    })
    for (const place of queryPlaces) {
      const name = place.path[0] ?? ''
      if (place.kind === 'id') {
        const brand = place.brand ?? ''
        for (const code of foreign(home)) {
          const theirs = world.idOf(brand, code)
          await tried(`with ?${name} of ${code}`, queried([[name, theirs]]), queried([[name, absentOf(brand)]]))
          // Twice, one's own first: whichever is taken, it is asked the same way.
          await tried(
            `with ?${name} of its own and of ${code}`,
            queried([
              [name, world.idOf(brand, home)],
              [name, theirs],
            ]),
            queried([
              [name, world.idOf(brand, home)],
              [name, absentOf(brand)],
            ]),
          )
          for (const other of full ? queryPlaces.filter(({ kind }) => kind === 'choice') : []) {
            for (const choice of other.choices ?? []) {
              await tried(
                `with ?${name} of ${code} and ${other.path[0]}=${choice}`,
                queried([
                  [name, theirs],
                  [other.path[0] ?? '', choice],
                ]),
                queried([
                  [name, absentOf(brand)],
                  [other.path[0] ?? '', choice],
                ]),
              )
            }
          }
        }
        for (const variant of hiddenVariants(brand)) {
          await tried(
            `with ?${name} out of reach (${variant})`,
            queried([[name, world.idOf(brand, home, variant)]]),
            queried([[name, absentOf(brand)]]),
          )
        }
      } else if (place.kind === 'choice') {
        for (const choice of place.choices ?? []) {
          const answer = await walk.ask(`with ?${name}=${choice}`, { actor, ...queried([[name, choice]]) })
          await walk.onlyOf(`with ?${name}=${choice}`, actor, answer, unitsOf(actor))
        }
      } else {
        for (const code of foreign(home)) {
          const words = ['number', 'place', 'description', 'name'].map(
            (column) => [column, wordIn('hazards', column, code)] as const,
          )
          for (const [column, word] of words) {
            await tried(
              `with ?${name} of ${code}’s ${column}`,
              queried([[name, word]]),
              queried([[name, word.replace(/^mks[bx]/, 'mkzz')]]),
            )
          }
          await tried(
            `with ?${name} behind ${code}’s id`,
            queried([[name, `${Date.now()}~${world.idOf('HazardId', code)}`]]),
            queried([[name, `${Date.now()}~${absentOf('HazardId')}`]]),
          )
        }
      }
    }

    // Another's post: in another unit, and a colleague's here. Only a street's gate asks for one, and opens for neither.
    for (const code of home.startsWith('s') ? [home, ...foreign(home)] : foreign(home)) {
      const inPost = (id: string) => ({ params, json, file, headers: { 'x-post': id } })
      const cell = `with x-post of ${code === home ? 'a colleague' : code}`
      const whole = home.startsWith('s')
      const answer = await walk.ask(cell, { actor, ...inPost(world.idOf('PostId', code)) })
      const absent = await walk.ask(`${cell}, absent`, { actor, ...inPost(absentOf('PostId')) })
      if (whole && answer.status !== 404) walk.leak(cell, actor, `${answer.status} ${answer.slug} instead of 404`)
      if (whole) walk.alike(cell, actor, answer, absent)
      if (whole) await walk.unchanged(cell, actor, answer)
      else await walk.onlyOf(cell, actor, answer, unitsOf(actor))
    }

    // Units smuggled in beside the address.
    for (const code of foreign(home)) {
      const unit = world.unitId(code)
      const absent = absentOf(code.startsWith('s') ? 'StreetId' : 'DistrictId')
      const inQuery = (id: string): [string, string][] =>
        [
          ['streetId', id],
          ['districtId', id],
          ['street_id', id],
          ['tenant', id],
          ['post', id],
        ].filter(([name]) => !queryPlaces.some(({ path }) => path[0] === name)) as [string, string][]
      const smuggled = (id: string) => ({
        ...queried(inQuery(id)),
        headers: smuggledHeaders(id),
      })
      if (read) {
        const [theirs, nobodys] = [smuggledHeaders(unit), smuggledHeaders(absent)]
        for (const header of full ? Object.keys(theirs) : []) {
          await tried(
            `with ${header} of ${code}`,
            { params, json, file, headers: { [header]: theirs[header] ?? '' } },
            { params, json, file, headers: { [header]: nobodys[header] ?? '' } },
          )
        }
        for (const [name, id] of full ? inQuery(unit) : []) {
          await tried(`with an extra ?${name} of ${code}`, queried([[name, id]]), queried([]))
        }
      }
      // A change is tried with all of it at once, and must be what it would be without.
      await tried(`with everything smuggled of ${code}`, smuggled(unit), smuggled(absent), { distinct: !read })
      if (!read) {
        // Somebody else's key, upon something that fails: his answer is not given again, nor is it told that there was one.
        const failing = {
          params: Object.fromEntries(
            parts.map(({ name, brand }, nth) => [
              name,
              nth === 0 || brand === null ? (params[name] ?? '') : absentOf(brand),
            ]),
          ),
          json: example?.json ? {} : undefined,
          file: file?.slice(0, 20),
        }
        for (const [whose, stored] of [
          [code, keyIn(code)],
          ['a colleague', keyIn(home)],
        ] as const) {
          await tried(
            `with the Idempotency-Key of ${whose}`,
            { ...failing, headers: { 'idempotency-key': stored } },
            { ...failing, headers: { 'idempotency-key': 'nobodys-key-0001' } },
          )
        }
      }
    }
  }

  // Fields that nobody asked for: one of each role.
  const perRole = insiders.filter(
    (actor, nth) => capable(actor) && insiders.findIndex(({ role }) => role === actor.role) === nth,
  )
  const objectsIn: string[][] = []
  if (route.declaration.json) placesOf(route.declaration.json, (path) => objectsIn.push([...path]))
  for (const actor of full ? perRole : perRole.slice(0, 1)) {
    for (const into of route.declaration.json ? unique(objectsIn) : []) {
      for (const [name, value] of sampled(Object.entries(extras), 5, route.path)) {
        const json = jsonFor(home, actor) as object
        const target = into.length === 0 ? json : at(json, into)
        if (typeof target !== 'object' || target === null || name in target) continue
        const [field, sent] = [
          name === '__proto__of' ? '__proto__' : name,
          value ?? world.unitId(foreign(home)[0] as Code),
        ]
        const cell = `with an extra ${pointerOf([...into, field])}`
        // As text, since `__proto__` is no field of an object that is written down.
        const body = put(json, { path: [...into, 'EXTRA'], with: [] }, sent)
        const answer = await walk.ask(cell, {
          actor,
          params,
          file: bytesOf(JSON.stringify(body).replace('"EXTRA"', JSON.stringify(field))),
          headers: { 'content-type': 'application/json' },
        })
        if (answer.status < 300) {
          const after = await dump()
          const stored = [...after.values()]
            .flat()
            .map((row) => JSON.stringify(row))
            .find((row) => extraText.test(row))
          if (stored) walk.leak(cell, actor, `is kept: ${stored}`)
        } else if (answer.status !== 422 && answer.status !== 400)
          walk.leak(cell, actor, `${answer.status} ${answer.slug} instead of 422`)
        await walk.onlyOf(cell, actor, answer, unitsOf(actor))
      }
    }
    if (!read) continue
    const plain = await walk.ask('plainly', { actor, params })
    await walk.onlyOf('plainly', actor, plain, unitsOf(actor))
    for (const [name, value] of sampled(Object.entries(extras), 10, route.path)) {
      if (queryPlaces.some(({ path }) => path[0] === name)) continue
      const cell = `with an extra ?${name}`
      const answer = await walk.ask(cell, {
        actor,
        params,
        query: new URLSearchParams([[name, String(value ?? world.unitId(foreign(home)[0] as Code))]]).toString(),
      })
      if (answer.status < 300) walk.alike(cell, actor, answer, plain)
      await walk.onlyOf(cell, actor, answer, unitsOf(actor))
    }
  }

  // Suspended: the unit itself, and for a street its district.
  const suspensions: [string, Code][] = home.startsWith('s')
    ? [
        ['streets', home],
        ['districts', districtOf(home)],
      ]
    : [['districts', home]]
  for (const [table, code] of sampled(suspensions, suspensions.length, route.path)) {
    const suspend = (since: number | null) =>
      env.DIRECTORY.prepare(`update ${table} set suspended_at = ? where id = ?`).bind(since, world.unitId(code)).run()
    await suspend(1)
    const before = walk.before
    walk.before = await dump()
    for (const actor of world.actors.filter(
      (one) => telling.includes(one) || (full && one.at && districtOf(one.at) === districtOf(home)),
    )) {
      const cell = `while ${code} is suspended`
      const answer = await walk.ask(cell, { actor, params, json: jsonFor(home, actor), file })
      if (actor.at !== home) {
        if (answer.status !== 404) walk.leak(cell, actor, `${answer.status} instead of 404`)
      } else if (read || !capable(actor)) await judgeOwn(cell, actor, answer)
      else if (answer.slug !== 'suspended')
        walk.leak(cell, actor, `${answer.status} ${answer.slug} instead of 403 suspended`)
      if (actor.at !== home || (!read && capable(actor))) await walk.unchanged(cell, actor, answer)
    }
    await suspend(null)
    walk.before = before
  }
}

const bytesOf = (text: string) => new Uint8Array(new TextEncoder().encode(text))
const wordIn = (table: string, column: string, code: Code) =>
  `mk${code.startsWith('s') ? code : streetsOf(code as never)[0]}0${spelled(table)}0${spelled(column)}0in0`
const keyIn = (code: Code) => `mk${code}0${code.startsWith('s') ? 'answers' : 'districtanswers'}0key0in0`
const unique = (paths: string[][]) => [...new Map(paths.map((path) => [path.join('/'), path])).values()]

/** What is under no unit's gate: the platform, and what everybody or everybody signed in may ask. */
async function walkOpen(walk: Walk, route: Mounted): Promise<void> {
  const { needs } = route.declaration
  const example = bodies[keyOfRoute(route)]
  const platform = route.path.startsWith('/api/platform')
  const paramsOf = (actor: Actor, session?: string) =>
    Object.fromEntries(
      partsOf(route).map(({ name, brand }) => [
        name,
        brand === null
          ? (words[name] ?? '')
          : brand === 'SessionId'
            ? (session ?? world.sessionOf(actor) ?? absentId(brand))
            : world.idOf(brand, route.path.includes('/:districtId/') ? 'da' : 'sa'),
      ]),
    )
  // What signs in costs a derivation of a password each time.
  const few = !isRead(route) && (needs === 'public' || !full)
  let succeeded = false
  const refusals: string[] = []
  for (const actor of few
    ? world.actors.filter(({ name }) => /^(nobody|operator|street-admin of sa|district-admin of dx)$/.test(name))
    : [
        ...world.actors.filter(({ operator }) => operator),
        ...sampled(
          world.actors.filter(({ operator }) => !operator),
          3,
          route.path,
        ),
      ]) {
    const params = paramsOf(actor)
    const answer = await walk.ask('plainly', {
      actor,
      params,
      json: example?.json?.(ownOf('sa'), { role: actor.role }),
    })
    const known = actor.token !== null && !['a made-up session', 'a session that is over'].includes(actor.name)
    if (answer.status < 300) succeeded = true
    else if (known) refusals.push(`${actor.name}: ${answer.same.slice(-200)}`)
    const shut = keyOfRoute(route) in shutDoors
    if (needs === 'public') {
      if (shut ? answer.status !== 404 : [403, 404].includes(answer.status))
        walk.leak('plainly', actor, `${answer.status} from what is public`)
    } else if (!known) {
      if (answer.status !== 401) walk.leak('plainly', actor, `${answer.status} instead of 401`)
    } else if (shut) {
      if (answer.status !== 404) walk.leak('plainly', actor, `${answer.status} instead of 404`)
    } else if (platform && !actor.operator) {
      if (answer.status !== 404) walk.leak('plainly', actor, `${answer.status} instead of 404`)
    } else if (platform && !can('operator', needs as Capability)) {
      if (answer.status !== 403) walk.leak('plainly', actor, `${answer.status} instead of 403`)
    } else if ([401, 403, 404].includes(answer.status) || (isRead(route) && answer.status >= 300)) {
      walk.leak('plainly', actor, `is refused with ${answer.status}`)
    }
    // Counts of failures and the like are everybody's own.
    if (answer.wrote && !actor.operator)
      await walk.onlyOf('plainly', actor, answer, actor.at ? unitsOf(actor) : ['sa', 'sb', 'sx', 'da', 'dx'])
    else if (answer.wrote) await walk.onlyOf('plainly', actor, answer, ['sa', 'sb', 'sx', 'da', 'dx'])
    if (known && partsOf(route).some(({ brand }) => brand === 'SessionId')) {
      const cell = 'with another’s session'
      const theirs = await walk.ask(cell, { actor, params: paramsOf(actor, world.idOf('SessionId', 'sb')) })
      if (theirs.status !== 404) walk.leak(cell, actor, `${theirs.status} instead of 404`)
      const absent = await walk.ask(`${cell}, absent`, { actor, params: paramsOf(actor, absentId('SessionId')) })
      walk.alike(cell, actor, theirs, absent)
      await walk.unchanged(cell, actor, theirs)
    }
    if (!isRead(route)) continue
    // Another's unit, smuggled in beside the address.
    const code = actor.at && districtOf(actor.at) === 'dx' ? 'sb' : 'sx'
    const [theirs, nobodys] = [smuggledHeaders(world.unitId(code)), smuggledHeaders(absentId('StreetId'))]
    for (const header of full && needs !== 'public' ? Object.keys(theirs) : []) {
      const [one, other] = [theirs, nobodys].map((headers) => ({ [header]: headers[header] ?? '' }))
      const cell = `with ${header} of ${code}`
      const seen = await walk.ask(cell, { actor, params, headers: one ?? {} })
      walk.alike(cell, actor, seen, await walk.ask(`${cell}, absent`, { actor, params, headers: other ?? {} }))
    }
    const cell = `with every header of ${code}`
    const seen = await walk.ask(cell, { actor, params, headers: theirs })
    walk.alike(cell, actor, seen, await walk.ask(`${cell}, absent`, { actor, params, headers: nobodys }))
  }
  if (!succeeded && !example?.neverSucceeds)
    walk.leaks.push(`Nobody succeeds at ${keyOfRoute(route)}: ${refusals.join('\n')}`)
}

/** What the parts of public addresses are of a district. */
const pageParts: Record<string, (code: Code, variant: string) => string> = {
  slug: (code) => `mk${districtOf(code)}0districts0slug0in0`,
  number: (code, variant) => `mk${districtOf(code)}0notices0number0${variant}0`,
}

async function walkPage(walk: Walk, path: string): Promise<void> {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
  const route = { method: 'GET', path }
  for (const actor of sampled(world.actors, 6, path)) {
    const paramsOf = (code: Code, variant: string) =>
      Object.fromEntries(names.map((name) => [name, pageParts[name]?.(code, variant) ?? '']))
    for (const code of ['da', 'dx'] as const) {
      const open = { ...actor, operator: true } as const
      const seen = await walk.ask(`published by ${code}`, { actor: open, params: paramsOf(code, 'out'), route })
      if (seen.status !== 200) walk.leak(`published by ${code}`, actor, `${seen.status} instead of 200`)
      for (const name of names) {
        // The last part in the place of another's, and of a draft: the same as nothing.
        if (name === names[0]) continue
        const other = code === 'da' ? 'dx' : 'da'
        const absent = await walk.ask('absent', {
          actor: open,
          params: { ...paramsOf(code, 'out'), [name]: '2020-1' },
          route,
        })
        if (absent.status !== 404) walk.leak(`absent ${name}`, actor, `${absent.status} instead of 404`)
        for (const [cell, value] of [
          [`${name} of ${other}`, pageParts[name]?.(other, 'out')],
          [`${name} of a draft`, pageParts[name]?.(code, 'in')],
        ] as const) {
          walk.alike(
            cell,
            actor,
            await walk.ask(cell, { actor: open, params: { ...paramsOf(code, 'out'), [name]: value ?? '' }, route }),
            absent,
          )
        }
      }
    }
  }
}

async function walked(
  title: string,
  route: Mounted,
  given: Record<string, Record<string, unknown>>,
  deed: (walk: Walk) => Promise<void>,
): Promise<string[]> {
  const started = Date.now()
  const original = await dump()
  await setEverywhere(given)
  const walk = new Walk(route, await dump(), await objects())
  await deed(walk)
  // Whatever was missed on the way shows at the end.
  await walk.compare('at the end of the route', { name: 'somebody', token: null }, [])
  await restore(original)
  total.cells += walk.cells
  total.leaks += walk.leaks.length
  total.routes++
  if (full)
    console.log(
      `ROUTE ${title}: ${walk.cells} cells, ${walk.leaks.length} leaks, ${((Date.now() - started) / 1000).toFixed(1)} s`,
    )
  return walk.leaks
}

const long = { timeout: 300_000 }

describe('nobody gets at another’s through', long, () => {
  // Named one by one: a name made from a table is cut short, and could not be chosen with `-t`.
  for (const route of routes) {
    const title = keyOfRoute(route)
    it(title, async ({ expect }) => {
      const gate = gateOf(route.path)
      const leaks = await walked(title, route, bodies[title]?.given ?? {}, (walk) =>
        gate === null || gate === 'platform' ? walkOpen(walk, route) : walkGated(walk, route, gate),
      )
      expect(leaks.slice(0, 20)).toEqual([])
    })
  }
  for (const { method, path } of pages) {
    it(`${method} ${path}`, async ({ expect }) => {
      const route = { method, path, declaration: { summary: '', needs: 'public', answer: { status: 200 } } } as const
      const leaks = await walked(`${method} ${path}`, route, {}, (walk) => walkPage(walk, path))
      expect(leaks.slice(0, 20)).toEqual([])
    })
  }
})
