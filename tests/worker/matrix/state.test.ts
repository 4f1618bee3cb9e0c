import { env } from 'cloudflare:workers'
import { it } from 'vitest'
import { changed, dump, restore } from './state'
import { aWorld } from './world'

// What the matrix measures with has to measure, and has to put back what it tried, or its zeroes mean nothing.
it('sees what changed, whose it is, and puts it back over triggers that forbid it', async ({ expect }) => {
  const { unitId } = await aWorld()
  const ledger = env['LEDGER_01'] as D1Database
  await ledger
    .prepare("create trigger audit_kept before delete on audit_log begin select raise(abort, 'kept'); end")
    .run()
  const before = await dump()
  await ledger
    .prepare(
      "insert into audit_log select street_id, id || 'x', actor, capability, subject, at, changed from audit_log where street_id = ?",
    )
    .bind(unitId('sa'))
    .run()
  const [mine, theirs] = (['sa', 'sb'] as const).map((code) => [{ code, id: unitId(code) }])
  expect(changed(before, await dump())).toMatchObject([expect.stringMatching(/^LEDGER_01 audit_log/)])
  expect(changed(before, await dump(), mine)).toEqual([])
  expect(changed(before, await dump(), mine, ['access_log'])).toHaveLength(1)
  expect(changed(before, await dump(), theirs)).toHaveLength(1)
  await env.DIRECTORY.prepare("update users set name = 'x'").run()
  expect(changed(before, await dump())).toHaveLength(2)
  await restore(before)
  expect(changed(before, await dump())).toEqual([])
  await expect(ledger.prepare('delete from audit_log').run()).rejects.toThrow(/kept/)
})
