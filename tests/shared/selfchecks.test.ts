import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { Answer, Published } from '@app/shared/checklists/schema'
import { nineSmall } from '@app/shared/checklists/shipped/nine-small'
import { published } from '@app/shared/checklists/versions'
import { extensionErrors, extensionRefusal } from '@app/shared/hazards/rules'
import type { FilingPeriod } from '@app/shared/filings/periods'
import type { FilingId, HazardId, InspectionId, SelfcheckId } from '@app/shared/ids'
import { type FiledFacts, periodic } from '@app/shared/filings/rules'
import { owed, type HazardFact, type OwedFacts } from '@app/shared/selfchecks/owed'
import { fineItems, isSampled, owesSelfcheck, withoutIdlePhotos } from '@app/shared/selfchecks/rules'
import { type Said, signalsOf, type Visit } from '@app/shared/selfchecks/signals'
import { settingsOf } from '@app/shared/settings/catalogue'
import { addDays, day, type Day, startOfDay } from '@app/shared/time'
import { runs } from './runs'

const today = '2026-11-18' as Day
const now = startOfDay(today) + day / 2
const settings = settingsOf([])
const digest = (text: string) => Promise.resolve(createHash('sha256').update(text).digest('hex'))

const hazard = (change: Partial<HazardFact> = {}): HazardFact => ({
  id: 'haz_one0000000' as HazardId,
  number: '测试隐患〔2026〕00001',
  state: 'assigned',
  category: 'wiring',
  description: '线路老化',
  dueOn: addDays(today, 3),
  voidAskedBy: null,
  plea: null,
  answered: null,
  answeredAt: null,
  ...change,
})
const unit: OwedFacts['unit'] = { kind: 'enterprise', standing: 'active', highRisk: null, crowded: false }
/** A unit that came today owes no papers yet. */
const facts = (change: Partial<OwedFacts> = {}): OwedFacts => ({
  unit,
  settings,
  selfcheck: null,
  hazards: [],
  filings: { since: today, papers: [] },
  ...change,
})

describe('what a unit owes now', () => {
  it('is this month’s self-check, unless it was done, nobody runs the unit, or the street asks for none', ({
    expect,
  }) => {
    expect(owed(facts(), now)).toMatchObject([{ kind: 'selfcheck', act: 'do', id: '2026-11', dueOn: '2026-11-30' }])
    const done = { id: 'sck_one00000000' as SelfcheckId, at: now }
    expect(owed(facts({ selfcheck: done }), now)).toMatchObject([{ act: 'done', id: done.id }])
    for (const change of [{ kind: 'self-built' }, { standing: 'suspended' }] as const) {
      expect(owesSelfcheck({ ...unit, ...change }, settings)).toBe(false)
      expect(owed(facts({ unit: { ...unit, ...change } }), now)).toEqual([])
    }
    expect(owed(facts({ settings: { ...settings, 'selfcheck.monthly': false } }), now)).toEqual([])
  })

  it('comes late first, then by its day; what waits for the street after, with the day its answer is owed', ({
    expect,
  }) => {
    const at = (id: string, change: Partial<HazardFact>) => hazard({ id: `haz_${id}00000000` as HazardId, ...change })
    const plea = { kind: 'extension', by: 'usr_one' as never, until: addDays(today, 9), answerDueOn: today } as const
    const items = owed(
      facts({
        hazards: [
          at('wait', { state: 'rectified', dueOn: addDays(today, -9) }),
          at('soon', { plea }),
          at('void', { voidAskedBy: 'usr_one' as never, dueOn: addDays(today, 4) }),
          at('late', { dueOn: addDays(today, -1) }),
          at('read', { state: 'voided', answered: 'uphold', answeredAt: now - day }),
          at('old', { state: 'closed', answered: 'overrule', answeredAt: now - 30 * day }),
        ],
      }),
      now,
    )
    expect(items.map(({ id, act, late }) => [id.slice(0, 8), act, late])).toEqual([
      ['haz_late', 'do', true],
      ['haz_soon', 'do', false],
      ['2026-11', 'do', false],
      ['haz_read', 'read', false],
      ['haz_wait', 'wait', false],
      ['haz_void', 'wait', false],
    ])
    expect(items[1]?.detail).toContain(`应于 ${today} 前答复`)
  })

  it('is what it has to file, with how often and on what basis, the way to each, what ran out first', ({ expect }) => {
    const paper = (id: string, change: Partial<FiledFacts>): FiledFacts => ({
      id: `fil_${id}00000000` as FilingId,
      kind: 'certificate',
      state: 'filed',
      period: null,
      from: null,
      until: null,
      title: null,
      ...change,
    })
    const filings = {
      since: '2020-01-01' as Day,
      papers: [
        paper('gone', { until: addDays(today, -3), title: '演示焊工，焊接与热切割作业' }),
        paper('soon', { until: addDays(today, 5) }),
        paper('good', { until: addDays(today, 200) }),
        paper('open', { kind: 'permit', state: 'approved', until: addDays(today, -1) }),
        paper('said', { kind: 'commitment', period: '2026' as FilingPeriod }),
        paper('half', { kind: 'duties', state: 'draft', period: '2026H2' as FilingPeriod }),
      ],
    }
    const items = owed(facts({ filings, unit: { ...unit, crowded: true } }), now)
    expect(items.map(({ id, act, late, dueOn }) => [id.replace(/0+$/, ''), act, late, dueOn])).toEqual([
      ['certificate/fil_gone', 'do', true, '2026-11-15'],
      ['permit/fil_open', 'do', true, '2026-11-17'],
      ['certificate/fil_soon', 'do', false, '2026-11-23'],
      ['2026-11', 'do', false, '2026-11-30'],
      ['drill/2026H2', 'do', false, '2026-12-31'],
      ['duties/2026H2', 'do', false, '2026-12-31'],
      ['principal-training/2026', 'do', false, '2026-12-31'],
      ['responsibility/2026', 'do', false, '2026-12-31'],
      ['commitment/2026', 'done', false, null],
    ])
    const [gone, , , , drill, duties] = items
    expect(gone).toMatchObject({
      kind: 'filing',
      title: '特种作业证：演示焊工，焊接与热切割作业',
      detail: expect.stringContaining('已过期'),
      filing: { kind: 'certificate', period: null, filingId: 'fil_gone00000000' },
    })
    // Of several rules the strictest, with what that one rests on.
    expect(drill).toMatchObject({
      title: '应急演练（2026 年下半年）',
      detail: expect.stringMatching(/^每半年一次。依据：《生产安全事故应急条例》第八条/),
      filing: { kind: 'drill', period: '2026H2', filingId: null },
    })
    expect(duties).toMatchObject({
      detail: expect.stringMatching(/^草稿已存，待主要负责人确认。每半年一次。依据：.*（待核实）$/),
      filing: { filingId: 'fil_half00000000' },
    })
  })

  it('is soonest first and late only when its day has gone by, whatever is owed', ({ expect }) => {
    const someDay = fc.integer({ min: -400, max: 400 }).map((ahead) => addDays(today, ahead))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('certificate', 'permit', ...periodic), someDay), { maxLength: 12 }),
        fc.array(someDay, { maxLength: 6 }),
        someDay,
        (papers, dueDays, since) => {
          const items = owed(
            facts({
              hazards: dueDays.map((dueOn, nth) => hazard({ id: `haz_${nth}` as HazardId, dueOn })),
              filings: {
                since,
                papers: papers.map(([kind, on], nth) => ({
                  id: `fil_${nth}` as FilingId,
                  kind,
                  state: kind === 'permit' ? 'approved' : 'filed',
                  period: null,
                  from: on,
                  until: on,
                  title: null,
                })),
              },
            }),
            now,
          )
          const open = items.filter(({ act }) => act === 'do')
          expect(items.slice(0, open.length)).toEqual(open)
          const days = open.map(({ dueOn }) => dueOn as Day)
          expect(days).toEqual([...days].sort())
          for (const { late, dueOn } of open) expect(late).toBe(dueOn !== null && dueOn < today)
          expect(new Set(items.map(({ kind, act, id }) => `${kind}/${act}/${id}`)).size).toBe(items.length)
        },
      ),
      { numRuns: runs(200) },
    )
  })
})

describe('differences', () => {
  const insp = (nth: number) => `insp_${nth}000000000` as InspectionId
  const visit = (nth: number, daysAgo: number, items: readonly string[]): Visit => ({
    id: insp(nth),
    at: now - daysAgo * day,
    templateId: 'tpl_a',
    findings: items.map((item) => ({ item, category: item === 'exit' ? 'blocked-exit' : 'wiring' })),
  })
  const said = (daysAgo: number, change: Partial<Said> = {}): Said => ({
    id: 'sck_a0000000000' as SelfcheckId,
    at: now - daysAgo * day,
    templateId: 'tpl_a',
    allFine: true,
    fine: new Set(['exit', 'wire']),
    ...change,
  })
  const kinds = (visits: Visit[], before: Said[]) =>
    signalsOf({ visits, said: before }, settings, now).map((s) => s.kind)

  it('are told of an item, or of the whole, found otherwise within so many days and not after', ({ expect }) => {
    const two = [visit(1, 40, []), visit(2, 10, ['exit'])]
    expect(kinds(two, [said(20)])).toEqual(['differs'])
    expect(kinds(two, [said(80)])).toEqual([])
    expect(kinds(two, [said(5)])).toEqual([])
    // It said so itself, and of the rest nothing was found.
    expect(kinds(two, [said(20, { allFine: false, fine: new Set(['wire']) })])).toEqual([])
    // Another checklist compares only as a whole.
    expect(kinds(two, [said(20, { templateId: 'tpl_b' })])).toEqual(['differs'])
    expect(kinds(two, [said(20, { templateId: 'tpl_b', allFine: false })])).toEqual([])
  })

  it('are told of what was found again and again, one visit counting once', ({ expect }) => {
    expect(kinds([visit(1, 40, ['wire', 'wire-2']), visit(2, 10, ['exit'])], [])).toEqual([])
    expect(kinds([visit(1, 40, ['wire']), visit(2, 10, ['wire-2'])], [])).toEqual(['repeats'])
    expect(kinds([visit(1, 400, ['wire']), visit(2, 20, []), visit(3, 10, ['wire'])], [])).toEqual([])
  })

  it('are never told under the least number of visits, whatever was found', ({ expect }) => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(300), fc.subarray(['exit', 'wire', 'wire-2'])), { maxLength: 8 }),
        fc.array(fc.nat(300), { maxLength: 5 }),
        fc.integer({ min: 1, max: 10 }),
        (visits, sayings, least) => {
          const all = visits.map(([ago, items], nth) => visit(nth, ago, items))
          const signals = signalsOf(
            { visits: all, said: sayings.map((ago) => said(ago)) },
            { ...settings, 'signal.least-visits': least },
            now,
          )
          const lately = all.filter(({ at }) => now - at <= 180 * day)
          if (lately.length < least) expect(signals).toEqual([])
          // Each names the records that it rests on, all of them within the time.
          for (const { inspections } of signals) {
            expect(inspections.length).toBeGreaterThan(0)
            expect(inspections.every((id) => lately.some((one) => one.id === id))).toBe(true)
          }
        },
      ),
      { numRuns: runs(500) },
    )
  })
})

describe('the sample', () => {
  it('is the same for the same seed, nothing at nought, all at a hundred, and about its share', async ({ expect }) => {
    const ids = Array.from({ length: 2_000 }, (_, nth) => `haz_${nth}` as HazardId)
    const drawn = (share: number, seed = 'str_x/2026-11') =>
      Promise.all(ids.map((id) => isSampled(seed, id, share, digest)))
    const first = await drawn(20)
    expect(await drawn(20)).toEqual(first)
    expect(await drawn(20, 'str_x/2026-12')).not.toEqual(first)
    const count = first.filter(Boolean).length
    expect(count).toBeGreaterThan(320)
    expect(count).toBeLessThan(480)
    expect((await drawn(0)).some(Boolean)).toBe(false)
    expect((await drawn(100)).every(Boolean)).toBe(true)
  })
})

describe('answers', () => {
  const template: Published = published([], nineSmall, today)
  const unit = { kind: 'individual', keyPlace: 'nine-small', sectors: [], crowded: false, highRisk: null } as const
  const answer = (item: string, result: Answer['result']): Answer => ({
    item,
    result,
    words: null,
    suspected: null,
    dueOn: null,
    photos: ['a'.repeat(64) as never],
    after: ['b'.repeat(64) as never],
  })

  it('are fine where nobody touched them, and keep only the pictures of a hazard', ({ expect }) => {
    const answers = [answer('exit-clear', 'fail'), answer('wiring', 'na'), answer('emergency-light', 'fixed')]
    const fine = fineItems(template, { ...unit, sectors: [] }, answers)
    expect(fine.has('exit-clear') || fine.has('wiring') || fine.has('emergency-light')).toBe(false)
    expect(fine.has('principal-training')).toBe(true)
    expect(withoutIdlePhotos(answers).map(({ photos, after }) => [photos.length, after.length])).toEqual([
      [1, 0],
      [0, 0],
      [1, 1],
    ])
  })
})

describe('days', () => {
  it('puts off no more often, no later and no earlier than may be', ({ expect }) => {
    const due = { dueOn: addDays(today, 2), extensions: 0 }
    expect(extensionRefusal(due, settings, today)).toBeNull()
    expect(extensionRefusal({ ...due, dueOn: today }, settings, today)).toBeNull()
    expect(extensionRefusal({ ...due, dueOn: addDays(today, -1) }, settings, today)).toContain('期限已过')
    expect(extensionRefusal({ ...due, extensions: 1 }, settings, today)).toContain('最多延期 1 次')
    const wrong = (until: Day, dueOn = due.dueOn) => extensionErrors('/until', until, dueOn, settings, today).length
    expect(wrong(due.dueOn)).toBe(1)
    expect(wrong(addDays(due.dueOn, 1))).toBe(0)
    expect(wrong(addDays(due.dueOn, 15))).toBe(0)
    expect(wrong(addDays(due.dueOn, 16))).toBe(1)
    // Granted late, the day may not lie behind us.
    expect(wrong(addDays(today, -1), addDays(today, -5))).toBe(1)
  })
})
