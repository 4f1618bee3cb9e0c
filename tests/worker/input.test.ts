import { describe, it } from 'vitest'
import type { HazardId } from '@app/shared/ids'
import { addDays, day, dayOf } from '@app/shared/time'
import { ledgers } from '../../worker/db/client'
import { env } from 'cloudflare:workers'
import { aCrew, courseOf, filed } from './course'
import { anId, aStreet, send, type Street } from './street'

/** All rows of the street, to see that nothing changed. */
async function digestOf({ ledger, id }: Street): Promise<string> {
  const db = ledgers(env).get(ledger) as D1Database
  const tables = [
    'hazards',
    'hazard_rounds',
    'hazard_events',
    'hazard_photos',
    'photos',
    'audit_log',
    'counters',
    'answers',
  ]
  const rows = await db.batch(
    tables.map((table) => db.prepare(`select * from ${table} where street_id = ? order by 1, 2, 3`).bind(id)),
  )
  return JSON.stringify(rows.map(({ results }) => results))
}

describe('filing with', () => {
  const bad: [string, (good: Record<string, unknown>, street: Street) => unknown, number, string?][] = [
    ['nothing', () => ({}), 422, '/id'],
    ['no object', () => [1, 2], 422],
    ['null', () => null, 422],
    ['a missing description', ({ description: _, ...rest }) => rest, 422, '/description'],
    ['a number for a text', (good) => ({ ...good, description: 5 }), 422, '/description'],
    ['an empty text', (good) => ({ ...good, place: '   ' }), 422, '/place'],
    ['an over-long text', (good) => ({ ...good, description: '长'.repeat(501) }), 422, '/description'],
    ['a text of a megabyte', (good) => ({ ...good, description: '长'.repeat(40_000) }), 422, '/description'],
    ['ill-formed Unicode', (good) => ({ ...good, description: 'a\ud800b' }), 422, '/description'],
    ['a NUL', (good) => ({ ...good, description: 'a\u0000b' }), 422, '/description'],
    ['control characters', (good) => ({ ...good, place: 'a\u0008b' }), 422, '/place'],
    ['an unknown level', (good) => ({ ...good, level: 'major' }), 422, '/level'],
    ['an unknown category', (good) => ({ ...good, category: 'x' }), 422, '/category'],
    ['an enterprise’s source', (good) => ({ ...good, source: 'enterprise-check' }), 422, '/source'],
    ['no photo', (good) => ({ ...good, photos: [] }), 422, '/photos'],
    [
      'ten photos',
      (good) => ({ ...good, photos: Array.from({ length: 10 }, (_, i) => `${i}`.repeat(64).slice(0, 64)) }),
      422,
      '/photos',
    ],
    ['the same photo twice', (good) => ({ ...good, photos: ['a'.repeat(64), 'a'.repeat(64)] }), 422, '/photos'],
    ['a photo never uploaded', (good) => ({ ...good, photos: ['a'.repeat(64)] }), 422, '/photos/0'],
    ['a time that is none', (good) => ({ ...good, observedAt: 'yesterday' }), 422, '/observedAt'],
    ['a time beyond reason', (good) => ({ ...good, observedAt: 9e15 }), 422, '/observedAt'],
    ['a grid of another community', (good, s) => ({ ...good, communityId: s.places.west }), 422, '/gridId'],
    ['an enterprise of another grid', (good, s) => ({ ...good, enterpriseId: s.places.garage }), 422, '/enterpriseId'],
    ['an unknown grid', (good) => ({ ...good, gridId: anId('grd') }), 422, '/gridId'],
    ['a malformed id', (good) => ({ ...good, id: "haz_1' or 1=1 --" }), 422, '/id'],
  ]
  it.for(bad)(
    '%s is refused, names the field in Chinese, and changes nothing',
    async ([, spoil, status, pointer], { expect }) => {
      const street = await aStreet()
      const admin = await street.member('street-admin')
      const good = { ...(await street.draft({ source: 'street-check' })) }
      const before = await digestOf(street)
      const response = await send(admin, 'POST', `/api/streets/${street.id}/hazards`, {
        body: JSON.stringify(spoil(good, street)),
        headers: { 'content-type': 'application/json' },
      })
      const text = await response.text()
      expect(response.status, text).toBe(status)
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
      const { title, errors } = JSON.parse(text) as { title: string; errors: { pointer: string; detail: string }[] }
      expect(title).toMatch(/[\u4e00-\u9fff]/)
      if (pointer) expect(errors.map((error) => error.pointer)).toContain(pointer)
      if (pointer && pointer !== '/photos/0') for (const { detail } of errors) expect(detail).toMatch(/[\u4e00-\u9fff]/)
      expect(text).not.toMatch(/ at \w+|SQLITE|select |insert |valibot|Expected/i)
      expect(await digestOf(street)).toBe(before)
    },
  )

  it('thirty fields too many is refused whole: who, when and where are never taken from a body', async ({ expect }) => {
    const street = await aStreet()
    const admin = await street.member('street-admin')
    const good = await street.draft({ source: 'street-check' })
    const before = await digestOf(street)
    const extra = [
      'role',
      'streetId',
      'tenantId',
      'score',
      'status',
      'state',
      'createdAt',
      'receivedAt',
      'filedBy',
      'number',
      'serial',
      'year',
      'version',
      'head',
      'open',
      'closedAt',
      'closedBy',
      'rectifiers',
      'checkers',
      'round',
      'dueOn',
      'responsible',
      'cover',
      'selfFound',
      'admin',
      'capabilities',
      'reach',
      'districtId',
      'actor',
      'constructor',
    ]
    for (const name of extra) {
      const response = await send(admin, 'POST', `/api/streets/${street.id}/hazards`, {
        body: { ...good, [name]: 'x' },
      })
      expect(response.status, name).toBe(422)
    }
    const proto = `${JSON.stringify(good).slice(0, -1)},"__proto__":{"level":"major"}}`
    const polluted = await send(admin, 'POST', `/api/streets/${street.id}/hazards`, {
      body: proto,
      headers: { 'content-type': 'application/json' },
    })
    expect([201, 422]).toContain(polluted.status)
    if (polluted.status === 422) expect(await digestOf(street)).toBe(before)
    const rows = await (ledgers(env).get(street.ledger) as D1Database)
      .prepare('select level from hazards where street_id = ?')
      .bind(street.id)
      .all()
    expect(rows.results.every(({ level }) => level === 'ordinary')).toBe(true)
  })
})

describe('a request', () => {
  it.for([
    ['that is no JSON', '{"a":', 'application/json', 400],
    ['that is no UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 'application/json', 400],
    ['that is a form', 'description=x', 'application/x-www-form-urlencoded', 400],
    ['that is text', '{}', 'text/plain', 400],
    ['that is longer than anything typed', `{"a":"${'x'.repeat(200_000)}"}`, 'application/json', 413],
  ] as const)('%s is refused', async ([, body, type, status], { expect }) => {
    const street = await aStreet()
    const admin = await street.member('street-admin')
    const response = await send(admin, 'POST', `/api/streets/${street.id}/hazards`, {
      body: body as BodyInit,
      headers: { 'content-type': type },
    })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ title: expect.stringMatching(/[\u4e00-\u9fff]/) })
  })

  it('from another origin, from none, or as a form from elsewhere has no effect', async ({ expect }) => {
    const street = await aStreet()
    const admin = await street.member('street-admin')
    const before = await digestOf(street)
    for (const origin of ['https://evil.example', 'null', '', 'http://test.evil.example', 'http://tes']) {
      for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x']) {
        const response = await send(admin, 'POST', `/api/streets/${street.id}/hazards`, {
          body: JSON.stringify(await street.draft({ source: 'street-check', photos: [] as never })),
          headers: { origin, 'content-type': type },
        })
        expect(response.status, `${origin} ${type}`).toBe(403)
      }
    }
    expect(await digestOf(street)).toBe(before)
  })

  it('in the wrong order is refused with a sentence and changes nothing', async ({ expect }) => {
    const street = await aStreet()
    const crew = await aCrew(street)
    const id = await filed(street, crew.grid)
    const course = courseOf(street, id)
    const before = await digestOf(street)
    const tries = [
      () => course.recheck(crew.inspector),
      () => course.close(crew.admin),
      () => course.reopen(crew.inspector),
      () => course.decideVoid(crew.admin, 'void'),
    ]
    for (const attempt of tries) {
      await expect(attempt()).rejects.toMatchObject({
        slug: 'rule-broken',
        status: 409,
        detail: expect.stringMatching(/。$/),
      })
    }
    expect(await digestOf(street)).toBe(before)
    // The one who found it does not put it right.
    await course.assign(crew.admin)
    await expect(course.rectify(crew.grid)).rejects.toMatchObject({
      slug: 'rule-broken',
      detail: expect.stringContaining('上报人'),
    })
  })

  it('with a day that cannot be, or somebody else’s name, is refused at that field', async ({ expect }) => {
    const [street, other] = [await aStreet(), await aStreet()]
    const crew = await aCrew(street)
    const foreign = await other.member('inspector')
    const id = await filed(street, crew.grid)
    const course = courseOf(street, id)
    const today = dayOf(Date.now())
    const refused = [
      [{ dueOn: addDays(today, -1) }, '/dueOn'],
      [{ dueOn: addDays(today, 400) }, '/dueOn'],
      [{ dueOn: '2026-02-30' }, '/dueOn'],
      [{ dueOn: '明天' }, '/dueOn'],
      [{ responsible: '' }, '/responsible'],
      [{ measures: ' ' }, '/measures'],
      [{ responsibleId: foreign }, '/responsibleId'],
    ] as const
    for (const [change, pointer] of refused) {
      await expect(course.assign(crew.admin, change)).rejects.toMatchObject({
        slug: 'invalid-input',
        errors: [{ pointer }],
      })
    }
    await course.assign(crew.admin)
    await expect(course.assign(crew.admin, { dueOn: addDays(today, 9) })).rejects.toMatchObject({
      slug: 'rule-broken',
      detail: expect.stringContaining('推迟'),
    })
    await course.assign(crew.admin, { dueOn: addDays(today, 2) })
    // What has become late may be given to somebody else, and stays as late as it is.
    const late = courseOf(street, id, 1, Date.now() + 9 * day)
    await late.assign(crew.second, { dueOn: addDays(today, 2), responsible: '李四' })
    await expect(late.assign(crew.admin, { dueOn: addDays(today, 1) })).rejects.toMatchObject({ slug: 'invalid-input' })
  })

  it('for a strange address answers 404, and never 500', async ({ expect }) => {
    const street = await aStreet()
    const admin = await street.member('street-admin')
    const here = `/api/streets/${street.id}`
    const paths = [
      `${here}/hazards/${anId<HazardId>('haz')}`,
      `${here}/hazards/%00`,
      `${here}/hazards/..%2f..%2f`,
      `${here}/hazards/haz_' or 1=1`,
      `${here}/nothing`,
      '/api/nothing',
      '/api/streets/1/hazards',
      '/api/streets/%E4%B8%AD/hazards',
      '/cdn-cgi/handler/scheduled',
      '/q/x',
      '/p/nobody',
      '/p/nobody/2026-1',
    ]
    for (const path of paths) expect((await send(admin, 'GET', path)).status, path).toBe(404)
    for (const query of [
      'cursor=x',
      'cursor=1~a%27b',
      'limit=0',
      'limit=9999',
      'limit=-1',
      'state=nothing',
      'gridId=1',
      'number=' + 'x'.repeat(99),
    ]) {
      expect((await send(admin, 'GET', `${here}/hazards?${query}`)).status, query).toBe(422)
    }
    expect((await send(admin, 'GET', `${here}/hazards?number=%27%3B--`)).status).toBe(200)
  })
})
