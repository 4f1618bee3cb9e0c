import fc from 'fast-check'
import { describe, it } from 'vitest'
import { type Cadence, cadences, daysOf, type FilingPeriod, periodAt, periodWords } from '@app/shared/filings/periods'
import {
  cadenceOf,
  covers,
  decisionRefusal,
  type FiledFacts,
  missingIn,
  owedFilings,
  owes,
  type OwingUnit,
  permitWarnings,
  recordErrors,
  sealFiling,
} from '@app/shared/filings/rules'
import type { BoardLine, FilingCard, RecordBody } from '@app/shared/filings/schema'
import { boardTable, filingTable } from '@app/shared/filings/table'
import type { FilingId, PersonId } from '@app/shared/ids'
import { settingsOf } from '@app/shared/settings/catalogue'
import { addDays, type Day, dayOf, daysBetween, startOfDay } from '@app/shared/time'

const settings = settingsOf([])
const on = (day: string) => startOfDay(day as Day) + 9 * 3_600_000
const days = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('2001-01-01' as Day, n))
const cadence = fc.constantFrom<Cadence>('每半年', '每年')
const unit: OwingUnit = { standing: 'active', since: '2000-01-01' as Day, highRisk: null, crowded: false }
const paper = (change: Partial<FiledFacts>): FiledFacts => ({
  id: 'fil_0000000001' as FilingId,
  kind: 'duties',
  state: 'filed',
  period: null,
  from: null,
  until: null,
  title: null,
  ...change,
})
const statesOf = (items: ReturnType<typeof owedFilings>) =>
  Object.fromEntries(items.map((one) => [one.kind, one.state]))

describe('periods', () => {
  it('hold the day they were asked for, and follow on each other without a gap', ({ expect }) => {
    fc.assert(
      fc.property(days, cadence, (day, how) => {
        const period = periodAt(how, day) as FilingPeriod
        const { firstDay, lastDay } = daysOf(period)
        expect(firstDay <= day && day <= lastDay).toBe(true)
        // Every day of it gives the same period, and the day behind its end another.
        expect(periodAt(how, firstDay)).toBe(period)
        expect(periodAt(how, lastDay)).toBe(period)
        const next = periodAt(how, addDays(lastDay, 1)) as FilingPeriod
        expect(daysOf(next).firstDay).toBe(addDays(lastDay, 1))
        const length = daysBetween(firstDay, lastDay) + 1
        expect(how === '每年' ? [365, 366] : [181, 182, 184]).toContain(length)
      }),
    )
    expect(periodAt('不要求', '2026-01-01' as Day)).toBeNull()
    expect([periodWords('2026H2' as FilingPeriod), periodWords('2026' as FilingPeriod)]).toEqual([
      '2026 年下半年',
      '2026 年度',
    ])
  })

  it('begin at midnight of China time', ({ expect }) => {
    const before = Date.UTC(2026, 5, 30, 15, 59)
    expect(periodAt('每半年', dayOf(before))).toBe('2026H1')
    expect(periodAt('每半年', dayOf(before + 60_000))).toBe('2026H2')
  })
})

describe('what is owed', () => {
  it('is owed by newcomers from the next whole period on, unless set', ({ expect }) => {
    fc.assert(
      fc.property(days, days, cadence, (since, today, how) => {
        const period = periodAt(how, today) as FilingPeriod
        const { firstDay, lastDay } = daysOf(period)
        expect(owes(since, period, false)).toBe(since <= firstDay)
        expect(owes(since, period, true)).toBe(since <= lastDay)
        // Whoever came by its first day owes all of it; whoever owes it at once owes it either way.
        if (owes(since, period, false)) expect(owes(since, period, true)).toBe(true)
        const next = periodAt(how, addDays(lastDay, 1)) as FilingPeriod
        if (since <= today) expect(owes(since, next, false)).toBe(true)
      }),
    )
  })

  it('names each thing once, due on the last day of its period, and no more once it is filed', ({ expect }) => {
    fc.assert(
      fc.property(days, fc.boolean(), fc.boolean(), (day, high, crowded) => {
        const one = { ...unit, highRisk: high ? '涉氨制冷' : null, crowded }
        const items = owedFilings(one, [], on(day), settings)
        expect(items.map(({ kind }) => kind)).toEqual([
          'duties',
          'responsibility',
          'commitment',
          'principal-training',
          'drill',
        ])
        expect(items.every(({ state }) => state === 'missing')).toBe(true)
        const filed = items.map(({ kind, period }) => {
          const { firstDay, lastDay } = daysOf(period as FilingPeriod)
          const record = kind === 'drill' || kind === 'principal-training'
          return paper({ kind, period: record ? null : period, from: firstDay, until: record ? firstDay : lastDay })
        })
        const done = owedFilings(one, filed, on(day), settings)
        expect(done.every(({ state, dueOn }) => state === 'done' && dueOn !== null && dueOn >= day)).toBe(true)
        expect(new Set(items.map(({ key }) => key)).size).toBe(items.length)
        expect(owedFilings({ ...one, standing: 'closed' }, filed, on(day), settings)).toEqual([])
      }),
    )
  })

  it('asks drills of high-risk and of crowded units each half-year, of others once a year', ({ expect }) => {
    const of = (change: Partial<OwingUnit>, set = settings) => cadenceOf('drill', { ...unit, ...change }, set)
    expect([of({}), of({ highRisk: '粉尘' }), of({ crowded: true })]).toEqual(['每年', '每半年', '每半年'])
    const lax = { ...settings, 'filing.drill': '不要求', 'filing.drill-crowded': '每年' } as const
    expect([of({}, lax), of({ crowded: true }, lax), of({ crowded: true, highRisk: '粉尘' }, lax)]).toEqual([
      '不要求',
      '每年',
      '每半年',
    ])
    // A drill of spring is none of the second half.
    const spring = paper({ kind: 'drill', from: '2026-03-01' as Day, until: '2026-03-01' as Day })
    const owed = (crowded: boolean) =>
      statesOf(owedFilings({ ...unit, crowded }, [spring], on('2026-09-01'), settings))['drill']
    expect([owed(false), owed(true)]).toEqual(['done', 'missing'])
  })

  it('takes a statement of the whole year for each half, and not the other way', ({ expect }) => {
    const half = { ...settings, 'filing.commitment': cadences[0] }
    const year = paper({ kind: 'commitment', period: '2026' as FilingPeriod, from: '2026-01-01' as Day })
    expect(statesOf(owedFilings(unit, [year], on('2026-09-01'), half))['commitment']).toBe('done')
    const first = paper({ kind: 'commitment', period: '2026H1' as FilingPeriod, from: '2026-01-01' as Day })
    expect(covers(first, '2026' as FilingPeriod)).toBe(false)
    expect(statesOf(owedFilings(unit, [first], on('2026-09-01'), settings))['commitment']).toBe('missing')
  })

  it('leaves a draft to be confirmed, and says where', ({ expect }) => {
    const draft = paper({ state: 'draft', period: '2026H2' as FilingPeriod, from: '2026-07-01' as Day })
    const [duties] = owedFilings(unit, [draft], on('2026-09-01'), settings)
    expect(duties).toMatchObject({ state: 'draft', address: `filings/${draft.id}`, filingId: draft.id })
    const [missing, , , training] = owedFilings(unit, [], on('2026-09-01'), settings)
    expect([missing?.address, training?.address]).toEqual([
      'filings/new/duties?period=2026H2',
      'filings/new/principal-training',
    ])
  })

  it('names certificates from the days that are set on, and permits that wait', ({ expect }) => {
    fc.assert(
      fc.property(days, fc.integer({ min: -400, max: 400 }), fc.integer({ min: 1, max: 180 }), (day, ahead, within) => {
        const until = addDays(day, ahead)
        const set = { ...settings, 'filing.expiring-days': within }
        const items = owedFilings(unit, [paper({ kind: 'certificate', until })], on(day), set).slice(5)
        const expected = ahead < 0 ? ['expired'] : ahead <= within ? ['soon'] : []
        expect(items.map(({ state }) => state)).toEqual(expected)
      }),
    )
    const permit = (state: FiledFacts['state'], until: string) =>
      owedFilings(unit, [paper({ kind: 'permit', state, until: until as Day })], on('2026-09-01'), settings)
        .slice(5)
        .map((item) => item.state)
    expect(permit('applied', '2026-09-02')).toEqual(['to-decide'])
    expect(permit('approved', '2026-09-01')).toEqual([])
    expect(permit('approved', '2026-08-31')).toEqual(['to-close'])
    expect([...permit('closed', '2026-08-31'), ...permit('refused', '2026-08-31')]).toEqual([])
  })
})

describe('what is written', () => {
  const permit = (change: Partial<Extract<RecordBody, { kind: 'permit' }>> = {}) => ({
    kind: 'permit' as const,
    work: 'hot' as const,
    place: '厨房',
    what: '焊接',
    from: on('2026-09-01'),
    until: on('2026-09-01') + 3_600_000,
    workers: [{ name: '甲', certificate: 'fil_0000000001' as FilingId }],
    guardian: '乙',
    measures: ['cleared', 'extinguishers', 'gas', 'watch'],
    photos: [],
    ...change,
  })
  const held = [{ id: 'fil_0000000001' as FilingId, holder: '甲', expiresOn: '2026-09-01' as Day }]

  it('warns of certificates that do not fit and of measures that were not taken', ({ expect }) => {
    expect(permitWarnings(permit(), held)).toEqual([])
    const later = permit({ until: on('2026-09-02') })
    expect(permitWarnings(later, held)).toEqual(['甲的证书 2026-09-01 到期，早于作业结束'])
    expect(permitWarnings(permit({ workers: [{ name: '丙', certificate: held[0]?.id ?? null }] }), held)).toHaveLength(
      1,
    )
    expect(permitWarnings(permit({ workers: [{ name: '甲', certificate: null }], measures: [] }), held)).toHaveLength(5)
  })

  it('refuses a permit for longer than a week, by its own guardian, or with measures of other work', ({ expect }) => {
    const wrong = (change: object) => recordErrors(permit(change), '2026-09-01' as Day).map(({ pointer }) => pointer)
    expect(wrong({})).toEqual([])
    expect(wrong({ until: on('2026-09-09') })).toEqual(['/body/until'])
    expect(wrong({ guardian: '甲' })).toEqual(['/body/guardian'])
    expect(wrong({ measures: ['harness'] })).toEqual(['/body/measures'])
  })

  it('lets nobody decide on his own application while somebody else is there', ({ expect }) => {
    const [me, other] = ['usr_0000000001', 'usr_0000000002'] as PersonId[] as [PersonId, PersonId]
    const may = (state: FiledFacts['state'], by: PersonId, staff: PersonId[]) =>
      decisionRefusal({ state, appliedBy: me }, by, staff) === null
    expect(may('applied', me, [me, other])).toBe(false)
    expect(may('applied', me, [me, me])).toBe(true)
    expect(may('applied', other, [me, other])).toBe(true)
    expect(may('approved', other, [me, other])).toBe(false)
  })

  it('is complete only with an answer to each of the seven duties', ({ expect }) => {
    const answer = { done: true, what: '已落实', photos: [] }
    const keys = ['responsibility', 'rules', 'training', 'spending', 'prevention', 'emergency', 'reporting'] as const
    const duties = Object.fromEntries(keys.map((key) => [key, answer])) as Record<(typeof keys)[number], typeof answer>
    const body = { kind: 'duties' as const, period: '2026H1' as FilingPeriod, duties }
    expect(missingIn(body)).toEqual([])
    for (const key of keys) {
      const less = { ...body, duties: { ...duties, [key]: { done: null, what: '', photos: [] } } }
      expect(missingIn(less).map(({ pointer }) => pointer)).toEqual([
        `/body/duties/${key}/done`,
        `/body/duties/${key}/what`,
      ])
    }
  })

  it('is sealed by every fact, its words and what came before', async ({ expect }) => {
    const digest = async (text: string) => text
    const words = { words: '同意' }
    const sealed = (previous: string, facts: Record<string, string>, said = words, salt = 's') =>
      sealFiling(previous, facts, said, salt, digest)
    const { hash } = await sealed('', { id: 'a' })
    for (const other of [
      await sealed('x', { id: 'a' }),
      await sealed('', { id: 'b' }),
      await sealed('', { id: 'a' }, { words: '不同意' }),
      await sealed('', { id: 'a' }, words, 't'),
    ])
      expect(other.hash).not.toBe(hash)
  })
})

describe('as a table', () => {
  const evil = fc
    .tuple(fc.constantFrom('=', '+', '-', '@', '＝', '\t='), fc.string())
    .map(([sign, rest]) => sign + rest)
  const startsFormula = (cell: unknown) => typeof cell === 'string' && /^\s*[=+\-@＝＋－＠\t\r]/.test(cell)

  it('holds no cell that a spreadsheet would execute', ({ expect }) => {
    fc.assert(
      fc.property(evil, evil, evil, (unitName, title, place) => {
        const places = {
          communities: [{ id: 'com_0000000001', name: place }],
          grids: [{ id: 'grd_0000000001', communityId: 'com_0000000001', name: place }],
        } as never
        const card = {
          id: 'fil_0000000001',
          enterpriseId: 'ent_0000000001',
          communityId: 'com_0000000001',
          gridId: 'grd_0000000001',
          unitName,
          kind: 'certificate',
          state: 'filed',
          period: null,
          from: null,
          until: '2026-12-31',
          title,
          version: 1,
          at: on('2026-09-01'),
        } as unknown as FilingCard
        const line = {
          id: card.enterpriseId,
          name: unitName,
          communityId: card.communityId,
          gridId: card.gridId,
          items: [{ key: 'k', kind: 'permit', label: title, period: null, dueOn: null, state: 'to-decide' }],
        } as unknown as BoardLine
        const cells = [...filingTable([card], places), ...boardTable([line], places)].flat()
        expect(cells.filter(startsFormula)).toEqual([])
        expect(cells).toContain(`'${unitName}`)
      }),
    )
  })
})
