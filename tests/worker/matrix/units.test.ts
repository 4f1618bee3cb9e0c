import * as v from 'valibot'
import { beforeAll, it } from 'vitest'
import { can } from '@app/shared/capabilities'
import { routesOf } from '../../../worker/http/openapi'
import { app, send } from '../street'
import { marksIn, wordOf } from './markers'
import { ids, words } from './ids'
import { placesOf } from './places'
import { seenByUnits, writtenByUnits } from './unit-fields'
import { type Actor, aWorld, type World } from './world'

// What a unit's principal and managers see of a street and write into it, column by column. The matrix tells whose rows
// they are; this tells which of their columns, so that a field that somebody adds to an answer is seen here first.

let world: World
beforeAll(async () => {
  world = await aWorld()
}, 60_000)

const roles = ['enterprise-principal', 'enterprise-manager'] as const
const routes = routesOf(app).filter(
  ({ path, declaration }) =>
    path.startsWith('/api/streets/:streetId') && roles.some((role) => can(role, declaration.needs as never)),
)
/** Every field of an answer, members of lists alike. */
const pathsIn = (value: unknown, at = ''): string[] => {
  if (typeof value !== 'object' || value === null) return [at]
  const inner = Object.entries(value).flatMap(([name, one]) =>
    pathsIn(one, `${at}/${Array.isArray(value) || /^\d+$/.test(name) ? '*' : name}`),
  )
  return [...new Set(inner)].sort()
}
const latin = (bytes: ArrayBuffer) => new TextDecoder('latin1').decode(bytes)
const key = ({ method, path }: (typeof routes)[number]) => `${method} ${path.replace('/api/streets/:streetId', '')}`

/** The route's address in a street, of rows of this variant. */
function addressOf({ path, declaration }: (typeof routes)[number], variant: 'in' | 'out'): string {
  const brands = new Map(
    (declaration.param ? placesOf(declaration.param) : []).map((place) => [place.path[0], place.brand] as const),
  )
  return path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const brand = brands.get(name) ?? `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`
    return brand in ids ? world.idOf(brand, 'sa', variant) : (words[name] ?? name)
  })
}
const unitActors = () =>
  world.actors.filter(({ at, role }) => at === 'sa' && roles.some((one) => one === role)) as (Actor & {
    role: string
  })[]

it('sees the columns of the field table and no other, each of its own unit or of what everybody sees', async ({
  expect,
}) => {
  const seen: Record<string, string[]> = {}
  const foreign: string[] = []
  const answered = new Set<string>()
  for (const route of routes.filter(({ method }) => method === 'GET')) {
    const columns = new Set<string>()
    for (const actor of unitActors().filter(({ role }) => can(role as never, route.declaration.needs as never))) {
      const query = placesOf(route.declaration.query ?? ({ type: 'object', entries: {} } as never))
        .filter(({ brand }) => brand === 'EnterpriseId')
        .map(({ path: [name] }) => `${name}=${world.idOf('EnterpriseId', 'sa', 'in')}`)
      const response = await send(
        actor.token,
        'GET',
        `${addressOf(route, 'in')}${query.length ? `?${query.join('&')}` : ''}`,
      )
      const { type, body } = route.declaration.answer as { type?: string; body?: v.GenericSchema }
      const text = type === 'image/jpeg' ? latin(await response.arrayBuffer()) : await response.text()
      if (response.status !== 200) continue
      // Fields that the schema does not know are left out by it.
      if (body)
        expect(pathsIn(JSON.parse(text)), key(route)).toEqual(pathsIn(v.safeParse(body, JSON.parse(text)).output))
      answered.add(key(route))
      for (const found of marksIn(text)) {
        columns.add(`${found.table}.${found.column}`)
        if (found.tenant !== 'sa' && found.tenant !== 'da') foreign.push(`${key(route)} ${wordOf(found)}`)
      }
    }
    seen[key(route)] = [...columns].sort()
  }
  expect(foreign).toEqual([])
  expect(Object.keys(seen).filter((one) => !answered.has(one))).toEqual([])
  expect(seen).toEqual(seenByUnits)
})

it('writes into the fields of the field table and no other', ({ expect }) => {
  const written = Object.fromEntries(
    routes
      .filter(({ method }) => method !== 'GET')
      .map((route) => [
        key(route),
        route.declaration.json
          ? [...new Set(placesOf(route.declaration.json).map(({ path }) => path.join('.')))].sort()
          : route.declaration.file
            ? ['(file)']
            : [],
      ]),
  )
  expect(written).toEqual(writtenByUnits)
})

it('is nothing to who was of a unit: each of these routes is not there for an ex-principal and an ex-manager', async ({
  expect,
}) => {
  const former = world.actors.filter(({ name }) =>
    /^enterprise-(principal|manager) of sa, post (ended|preparing)$/.test(name),
  )
  expect(former).toHaveLength(4)
  const answered: string[] = []
  for (const route of routes) {
    for (const actor of former) {
      const body = route.method === 'GET' ? {} : { body: {} }
      const response = await send(actor.token, route.method, addressOf(route, 'in'), body)
      const text = await response.text()
      if (response.status !== 404 || marksIn(text).length > 0)
        answered.push(`${actor.name} ${key(route)} ${response.status}`)
    }
  }
  expect(answered).toEqual([])
})
