import { env } from 'cloudflare:workers'
import { describe, it } from 'vitest'
import { app, origin } from '../street'
import { type Code, marksIn } from './markers'
import { districtOf } from './rows'
import { aWorld } from './world'

const guesses = process.env['FULL_SIZE'] === '1' ? 10_000 : 1_000

/** Hexadecimal that nobody could tell from an id, always the same for a seed. */
function guessed(seed: number): string {
  let state = seed + 1
  return Array.from({ length: 8 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state.toString(16).padStart(8, '0')
  }).join('')
}

describe('an object', () => {
  it('is not had by guessing its key, nor by knowing another’s', { timeout: 300_000 }, async ({ expect }) => {
    const world = await aWorld()
    const ask = async (token: string, path: string) => {
      const headers = { 'x-test-session': token }
      const response = await app.fetch(new Request(`${origin}${path}`, { headers }), env)
      return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) }
    }
    const who = (name: string) => world.actors.find((actor) => actor.name === name)?.token ?? ''
    const [admin, worker, overseer] = [who('street-admin of sa'), who('grid-worker of sa'), who('district-admin of da')]
    const street = world.unitId('sa')
    const hazard = world.idOf('HazardId', 'sa')
    const record = `/api/districts/${world.unitId('da')}/hazards/${street}/${hazard}/photos`
    const doors = [
      [admin, `/api/streets/${street}/photos`],
      [worker, `/api/streets/${street}/photos`],
      [overseer, record],
    ] as const
    // It can be had by those whose it is, or nothing below would mean anything.
    for (const [token, door] of doors) {
      for (const size of ['full', 'thumb']) {
        const own = await ask(token, `${door}/${world.idOf('PhotoId', 'sa')}?size=${size}`)
        expect(own.status, door).toBe(200)
        expect(marksIn(new TextDecoder().decode(own.bytes))).toMatchObject([{ tenant: 'sa', table: 'photos' }])
      }
    }
    const keys = (await env.EVIDENCE.list({ limit: 1000 })).objects.map(({ key }) => key)
    expect(keys.length).toBeGreaterThan(20)
    const spellings = keys.flatMap((key) => [
      key,
      encodeURIComponent(key),
      `..%2f..%2f${encodeURIComponent(key)}`,
      `%2e%2e/%2e%2e/${key}`,
      key.split('/').at(-1) ?? '',
      (key.split('/').at(-1) ?? '').toUpperCase(),
    ])
    // Everything that lies there, under every door; one's own photos at last answer, and those alone.
    const own = new Set((['in', 'mid', 'near', 'out'] as const).map((variant) => world.idOf('PhotoId', 'sa', variant)))
    let tried = 0
    let got = 0
    const count = async (token: string, path: string) => {
      tried++
      const { status, bytes } = await ask(token, path)
      const theirs = marksIn(new TextDecoder('latin1').decode(bytes)).some(
        ({ tenant, table, column }) => table === 'photos' && column !== 'id' && tenant !== 'sa',
      )
      if (status < 400 || theirs) {
        got += bytes.length
        console.error(`${path} gave ${bytes.length} bytes (${status})`)
      }
    }
    for (const [token, door] of doors) {
      for (const spelling of new Set(spellings)) {
        if (!own.has(spelling)) await count(token, `${door}/${spelling}`)
      }
    }
    // The district's door of a street that is not its own.
    for (const code of ['sx'] satisfies Code[]) {
      const theirs = `/api/districts/${world.unitId('da')}/hazards/${world.unitId(code)}/${world.idOf('HazardId', code)}`
      await count(overseer, `${theirs}/photos/${world.idOf('PhotoId', code)}`)
      expect(districtOf(code)).not.toBe('da')
    }
    const left = Math.max(0, guesses - tried)
    for (const seed of Array.from({ length: left }, (_, at) => at)) {
      const [token, door] = doors[seed % doors.length] as (typeof doors)[number]
      await count(token, `${door}/${guessed(seed)}${seed % 2 ? '?size=thumb' : ''}`)
    }
    expect({ got }).toEqual({ got: 0 })
    expect(tried).toBeGreaterThanOrEqual(guesses)
    if (process.env['FULL_SIZE'] === '1') console.log(`SIZE ${tried}`)
  })
})
