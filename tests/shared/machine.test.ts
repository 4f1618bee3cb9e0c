import fc from 'fast-check'
import { describe, it } from 'vitest'
import { can, roles, type Role, streetRoles } from '@app/shared/capabilities'
import { effectsOf, type Moved, standingOf } from '@app/shared/hazards/effects'
import {
  type Act,
  after,
  aside,
  type Deed,
  deeds,
  nextDeeds,
  refusal,
  type Standing,
} from '@app/shared/hazards/machine'
import { timesOf } from '@app/shared/hazards/rules'
import { isOpen, type Level } from '@app/shared/hazards/words'
import type { PersonId } from '@app/shared/ids'
import { addDays, type Day } from '@app/shared/time'
import { runs } from './runs'

/** Who walks: each with a post, and what its role does not grant is not even tried. */
const posts: Record<string, Role> = {
  admin: 'street-admin',
  second: 'street-admin',
  inspector: 'inspector',
  officer: 'inspector',
  secretary: 'community-secretary',
  grid: 'grid-worker',
  shop: 'enterprise-principal',
  zone: 'district-admin',
  observer: 'district-observer',
}
const people = Object.keys(posts) as PersonId[]
const holds = (by: PersonId, deed: Deed) => can(posts[by] ?? 'operator', deeds[deed].capability)
const today = '2026-03-02' as Day

const someAct = fc.record({
  deed: fc.constantFrom(...(Object.keys(deeds) as Deed[])),
  by: fc.constantFrom(...people),
  level: fc.constantFrom('ordinary' as const, 'suspected' as const, 'major' as const, 'major' as const),
  days: fc.integer({ min: 0, max: 20 }),
  selfFound: fc.boolean(),
  onTheSpot: fc.boolean(),
  undertaken: fc.boolean(),
  // Half of the walk follows what the machine offers, or it would rarely come far; the other half tries anything.
  offered: fc.boolean(),
  pick: fc.nat(20),
})
type Tried = typeof someAct extends fc.Arbitrary<infer T> ? T : never

function actOf(standing: Standing | null, tried: Tried): Act {
  const { by, level, days, selfFound, onTheSpot, undertaken } = tried
  const offers: Deed[] = (standing ? nextDeeds(standing, by) : (['file'] as const)).filter((deed) => holds(by, deed))
  const deed = (tried.offered && offers[tried.pick % offers.length]) || tried.deed
  // A suspected major is never put right at once (`missingOf`).
  if (deed === 'file' && level === 'suspected') return { deed, by, selfFound, level }
  if (deed === 'file')
    return { deed, by, selfFound, level: 'ordinary', onTheSpot, undertaken, dueOn: addDays(today, days) }
  return anAct(deed, by, addDays(today, days), level)
}

/** A deed on a day, of a level. */
function anAct(deed: Exclude<Deed, 'file'>, by: PersonId, on: Day, level: Level): Act {
  if (deed === 'assign' || deed === 'grant-extension') return { deed, by, dueOn: on }
  if (deed === 'determine') return { deed, by, level: level === 'major' ? level : 'ordinary' }
  if (deed === 'ask-extension') return { deed, by, until: on, answerDueOn: today }
  if (deed === 'object') return { deed, by, answerDueOn: today }
  if (deed === 'name-measure') return { deed, by, lapse: level === 'major' ? 'missing' : 'failed' }
  return { deed, by }
}

describe('any walk of anybody through the machine', () => {
  it('meets no illegal state, no forbidden pair and loses no event', ({ expect }) => {
    const done: Partial<Record<Deed, number>> = {}
    let majorsClosed = 0
    fc.assert(
      fc.property(fc.array(someAct, { minLength: 60, maxLength: 140, size: 'max' }), (tried) => {
        let standing: Standing | null = null
        let row = null as (Moved & { selfFound: boolean; filedBy: PersonId }) | null
        const events: Act[] = []
        for (const one of tried) {
          const before: Standing | null = standing
          const act = actOf(before, one)
          if (!holds(act.by, act.deed) || refusal(before, act) !== null) continue
          done[act.deed] = (done[act.deed] ?? 0) + 1
          if (act.deed === 'close' && before?.level === 'major') majorsClosed++
          events.push(act)
          const { columns } = effectsOf(
            before,
            act,
            timesOf(1, 1),
            {
              responsibleId: null,
              responsible: '责任人',
              measures: '措施',
              funds: null,
              plan: null,
            },
            { measureId: null, measure: '每日巡查' },
          )
          standing = after(before, act)
          row = { ...(row ?? { selfFound: standing.selfFound, filedBy: standing.filedBy }), ...columns } as NonNullable<
            typeof row
          >
          check(before, act, standing)
        }
        // The history replayed gives the standing, and the row that deeds move says the same.
        const replayed = events.reduce<Standing | null>((so, act) => after(so, act), null)
        expect(replayed).toEqual(standing)
        if (row && standing) expect(standingOf(row)).toEqual(standing)
        if (row) expect(row.open).toBe(isOpen(row.state))
      }),
      { numRuns: runs(10_000) },
    )
    // The walks came everywhere, or they would prove nothing.
    for (const deed of Object.keys(deeds) as Deed[]) expect(done[deed] ?? 0, deed).toBeGreaterThan(0)
    // A major takes six people in the right order: at a twentieth of the walks that may not come about.
    if (runs(100) === 100) expect(majorsClosed).toBeGreaterThan(0)

    function check(before: Standing | null, act: Act, now: Standing): void {
      expect(holds(act.by, act.deed)).toBe(true)
      if (!before) {
        expect(act.deed).toBe('file')
        return
      }
      const { by } = act
      const must = (fact: boolean) => expect(fact, JSON.stringify({ before, act })).toBe(true)
      must(
        isOpen(before.state) ||
          (before.state === 'closed' && act.deed === 'reopen') ||
          (before.state === 'settled' && (act.deed === 'verify' || act.deed === 'refute')),
      )
      if (act.deed === 'rectify') must(before.selfFound || by !== before.filedBy)
      if (act.deed === 'pass' || act.deed === 'return' || act.deed === 'close') must(!before.rectifiers.includes(by))
      if (act.deed === 'pass' || act.deed === 'close') must(before.level !== 'suspected')
      if (act.deed === 'pass' && before.level === 'major') must(before.lapse !== null)
      if (act.deed === 'close') {
        if (before.level === 'major') must(before.lapse !== null)
        must(before.checkers.length >= (before.level === 'major' ? 2 : 1))
        must(new Set(before.checkers).size === before.checkers.length)
        if (before.level === 'major') must(!before.checkers.includes(by))
      }
      if (act.deed === 'void')
        must(before.voidAskedBy !== null && before.voidAskedBy !== by && before.level === 'ordinary')
      if (act.deed === 'reopen') must(by !== before.closedBy && now.round === before.round + 1)
      else must(now.round === before.round)
      if (now.level === 'major' && before.level !== 'major')
        must(act.deed === 'determine' && before.level === 'suspected')
      if (act.deed === 'assign' && before.dueOn) must((now.dueOn ?? '') <= before.dueOn)
      if (now.state === 'closed') must(act.deed === 'close')
      // 自查自改 is how one begins, never what becomes of one; somebody else looks at it, once.
      if (now.state === 'settled') must(before.state === 'settled' && before.selfFound)
      if (act.deed === 'verify' || act.deed === 'refute')
        must(by !== before.filedBy && !before.rectifiers.includes(by) && before.checkers.length === 0)
      // A day moves back by an extension alone, that somebody else grants, and the first day is kept.
      if ((now.dueOn ?? '') > (before.dueOn ?? '') && before.dueOn) must(act.deed === 'grant-extension')
      if (act.deed === 'grant-extension') {
        must(by !== before.plea?.by && now.extensions === before.extensions + 1)
        must(now.firstDueOn === (before.firstDueOn ?? before.dueOn))
      }
      if (act.deed === 'uphold' || act.deed === 'overrule')
        must(before.plea?.kind === 'objection' && by !== before.plea.by && by !== before.filedBy && !before.selfFound)
      if (act.deed === 'object' || act.deed === 'ask-extension') must(before.plea === null && now.plea?.by === by)
      // Upheld is not yet voided: another one decides.
      if (act.deed === 'uphold') must(isOpen(now.state) && now.voidAskedBy === by && now.level === 'ordinary')
      must(now.plea === null || ['filed', 'assigned'].includes(now.state))
    }
  })

  it('names as next exactly what it lets pass', ({ expect }) => {
    fc.assert(
      fc.property(fc.array(someAct, { minLength: 1, maxLength: 25 }), fc.constantFrom(...people), (tried, by) => {
        let standing: Standing | null = null
        for (const one of tried) {
          const act = actOf(standing, one)
          if (holds(act.by, act.deed) && refusal(standing, act) === null) standing = after(standing, act)
        }
        if (!standing) return
        const now: Standing = standing
        for (const deed of Object.keys(deeds) as Deed[]) {
          if (deed === 'file' || aside.includes(deed)) continue
          // On no day that could stand in its way.
          const on = deed === 'assign' ? (now.dueOn ?? today) : addDays(now.dueOn ?? today, 1)
          const act = anAct(deed, by, on, 'major')
          expect(nextDeeds(now, by).includes(deed), deed).toBe(refusal(now, act) === null)
        }
      }),
      { numRuns: runs(2_000) },
    )
  })
})

describe('capabilities', () => {
  it('gives no street role what is the district’s, and nobody a deed of the other', ({ expect }) => {
    for (const role of streetRoles) {
      expect(can(role, 'hazard.determine')).toBe(false)
      expect(can(role, 'notice.publish')).toBe(false)
      expect(can(role, 'tenant.view')).toBe(false)
    }
    for (const role of ['district-admin', 'district-observer', 'operator'] as Role[]) {
      for (const { capability } of Object.values(deeds)) {
        if (capability !== 'hazard.determine') expect(can(role, capability), `${role} ${capability}`).toBe(false)
      }
    }
    expect(can('district-observer', 'hazard.determine')).toBe(false)
    expect(roles.operator.grants).toEqual([
      'tenant.view',
      'tenant.manage',
      'audit.view',
      'security.manage',
      'key.rotate',
      'tenant.move',
      'tenant.import',
    ])
  })

  it('lets a grid worker neither order nor close, and only the street’s administrators close', ({ expect }) => {
    for (const deed of ['assign', 'close', 'void', 'reopen'] as const)
      expect(can('grid-worker', deeds[deed].capability)).toBe(false)
    expect(streetRoles.filter((role) => can(role, 'hazard.close'))).toEqual(['street-admin'])
  })
})
