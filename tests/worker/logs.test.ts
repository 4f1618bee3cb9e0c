import { describe, it, vi } from 'vitest'
import { aCrew, filed } from './course'
import { anId, aStreet, send } from './street'

const secrets = {
  password: 'hunter2-correct-horse',
  token: 'tok_thisisnobodystoken',
  phone: '13812345678',
  identity: '440803199001011234',
}

describe('the log', () => {
  it('says who was refused what, and quotes nothing that was sent', async ({ expect }) => {
    const lines: string[] = []
    const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation((...said: unknown[]) => void lines.push(said.map(String).join(' '))),
    )
    const street = await aStreet()
    const crew = await aCrew(street)
    const here = `/api/streets/${street.id}`
    const { password, token, phone, identity } = secrets
    const nasty = `${phone}\u0007\n${identity}\r\n{"event":"forged"}`
    try {
      await send(null, 'POST', '/api/session', { body: { username: 'nobody.here', password } })
      await send(null, 'POST', '/api/session', { body: { username: nasty, password } })
      await send(token, 'GET', `${here}/hazards`)
      await send(token, 'GET', `/api/streets/${encodeURIComponent(nasty)}/hazards?x=${phone}`)
      await send(crew.grid, 'PUT', `${here}/people/${crew.admin}/password`, { body: { password } })
      await send(crew.grid, 'POST', `${here}/people/${crew.admin}/phone-views?identity=${identity}`)
      await send(crew.admin, 'PUT', `${here}/people/${crew.grid}/phone`, { body: { phone: `${phone}\u0000` } })
      await send(crew.admin, 'PUT', `${here}/people/${crew.grid}/phone`, { body: { phone } })
      await send(crew.admin, 'POST', `${here}/people/${crew.grid}/phone-views`)
      await send(crew.admin, 'POST', `${here}/people`, { body: { id: anId('usr'), name: nasty, password } })
      await send(crew.grid, 'POST', `${here}/hazards`, {
        body: await street.draft({ description: nasty.replaceAll('\r', '').replaceAll('\u0007', '') }),
      })
      await send(crew.admin, 'GET', `${here}/hazards`, {
        headers: { 'x-request-id': nasty.replaceAll('\r', '').replaceAll('\n', '').replaceAll('\u0007', '') },
      })
      await send(crew.admin, 'POST', `${here}/hazards`, {
        body: '{"',
        headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      })
      // Two of one id: the database refuses, and quotes its parameters.
      const id = await filed(street, crew.grid)
      await send(crew.grid, 'POST', `${here}/hazards`, { body: await street.draft({ id, description: phone }) })
    } finally {
      for (const spy of spies) spy.mockRestore()
    }
    const denied = lines
      .filter((line) => line.includes('"event":"denied"'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(denied.map(({ slug }) => slug)).toEqual(
      expect.arrayContaining(['unauthenticated', 'forbidden', 'foreign-origin']),
    )
    expect(denied.filter(({ actor }) => actor === crew.grid)).toMatchObject([
      { slug: 'forbidden', method: 'PUT', route: '/api/streets/:streetId/people/:personId/password' },
      { slug: 'forbidden', method: 'POST', route: '/api/streets/:streetId/people/:personId/phone-views' },
    ])
    for (const { at, requestId } of denied) {
      expect(at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
      expect(requestId).toBeTruthy()
    }
    for (const line of lines) {
      for (const [name, secret] of Object.entries(secrets)) expect(line, name).not.toContain(secret)
      // oxlint-disable-next-line no-control-regex -- it is what must not be there
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
      expect(line).not.toMatch(/forged/)
    }
  })
})
