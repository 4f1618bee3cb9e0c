import type { Implementation, NamedMeasure } from '@app/shared/hazards/effects'
import { categories, type Category, type Source } from '@app/shared/hazards/words'
import { addDays, type Day, day, dayOf, startOfDay } from '@app/shared/time'
import type { Scene } from './pictures'
import type { Enterprise, Grid, Person, Street, StreetPerson } from './places'
import type { Random } from './random'
import type { Doing } from './record'
import * as words from './words'

/** How well a street works; shares of its hazards. */
export interface Habits {
  /** Closed after its due date. */
  readonly late: number
  /** Never closed within the months that are scored. */
  readonly stuck: number
  /** Assigned only days after it was filed. */
  readonly slow: number
  /** Opened again after it was closed. */
  readonly relapse: number
  /** Majors that miss their limit. */
  readonly majorLate: number
}

/** What becomes of a hazard. */
export type Fate =
  | 'prompt'
  | 'late'
  | 'stuck'
  | 'relapse'
  | 'returned'
  | 'void'
  | 'keep'
  | 'major'
  | 'major-late'
  | 'ordinary'
  | 'pending'

/** A hazard as it is going to be filed. */
export interface Filing {
  readonly at: number
  readonly observedAt: number
  readonly by: StreetPerson
  readonly grid: Grid
  readonly enterprise: Enterprise | null
  readonly category: Category
  readonly source: Source
  readonly level: 'ordinary' | 'suspected'
  readonly description: string
  readonly place: string
}

/** A deed to come; those after the day of loading never happen. */
export interface Step {
  readonly at: number
  readonly observedAt?: number
  readonly by: Person
  readonly doing: Doing
  readonly said?: string
  readonly implementation?: Implementation
  readonly named?: NamedMeasure
  readonly stage?: Scene['stage']
}

const [opens, closes] = [8 * 60 + 30, 18 * 60]
const minutesADay = closes - opens

/** Working minutes since 1970 (every day from 8:30 to 18:00, China time), so that deeds can be spread over daytime. */
export function toWork(instant: number): number {
  const today = startOfDay(dayOf(instant))
  const minute = Math.min(Math.max((instant - today) / 60_000 - opens, 0), minutesADay - 1)
  return Math.round((today + 8 * 3_600_000) / day) * minutesADay + minute
}

/** The instant of a working minute. */
export function fromWork(work: number): number {
  const [days, minutes] = [Math.floor(work / minutesADay), work % minutesADay]
  return Math.round(days * day - 8 * 3_600_000 + (opens + minutes) * 60_000)
}

const endOfWork = (on: Day) => toWork(startOfDay(on)) + minutesADay - 1

/** Who may find a hazard here, where, and of what kind. */
export function fileAt(street: Street, random: Random, at: number, level: Filing['level'] = 'ordinary'): Filing {
  const enterprise = random.chance(0.78) ? random.favour(street.enterprises) : null
  const grid = enterprise?.grid ?? random.favour(street.grids)
  const own = enterprise?.principal && level === 'ordinary' && random.chance(0.3) ? enterprise.principal : null
  const by = own ?? random.pick([grid.worker, grid.worker, grid.secretary, ...street.inspectors])
  const category = random.pick(words.categoriesOf[enterprise?.keyPlace ?? 'street'])
  const source = own ? 'enterprise-check' : sourceOf(by, random)
  return filing(random, at, { by, grid, enterprise, category, source, level })
}

/** A filing with its words, observed a little before it arrives, and hours before when there was no network. */
export function filing(
  random: Random,
  at: number,
  what: Pick<Filing, 'by' | 'grid' | 'enterprise' | 'category' | 'source' | 'level'>,
): Filing {
  const { places, descriptions } = words.wordings[what.category]
  const delay = random.chance(0.1) ? random.int(60, 5 * 60) : random.int(1, 9)
  const where = what.enterprise?.name ?? what.grid.name
  return {
    ...what,
    at,
    observedAt: at - delay * 60_000,
    description: random.pick(descriptions),
    place: `${where}${random.pick(places)}`,
  }
}

function sourceOf({ role }: StreetPerson, random: Random): Source {
  if (role !== 'inspector') return random.chance(0.9) ? 'community-patrol' : 'report'
  return random.pick([
    'street-check',
    'street-check',
    'street-check',
    'department-check',
    'superior-order',
    'report',
    'monitoring',
  ])
}

/** Whoever can put it right here: the enterprise's own principal, else somebody of the community who did not find it. */
export function rectifierOf({ enterprise, grid, by, source }: Filing): StreetPerson {
  const candidates = [enterprise?.principal, grid.worker, grid.secretary]
  const found = candidates.find((one) => one && (one.id !== by.id || source === 'enterprise-check'))
  if (!found) throw new Error('Nobody can put it right')
  return found
}

function implementationOf(filing: Filing, random: Random): Implementation {
  const { enterprise, category, grid } = filing
  const rectifier = rectifierOf(filing)
  // An enterprise whose principal has no account is named by its post.
  const named =
    enterprise && !enterprise.principal ? { responsibleId: null, responsible: `${enterprise.name}负责人` } : null
  return {
    ...(named ?? { responsibleId: rectifier.id, responsible: rectifier.name || grid.name }),
    measures: random.pick(words.wordings[category].measures),
    funds: null,
    plan: null,
  }
}

/** Everything that is done to a hazard after its filing, in order. */
export function stepsOf(street: Street, filing: Filing, fate: Fate, habits: Habits, random: Random): Step[] {
  const steps: Step[] = []
  const filed = toWork(filing.at)
  const add = (work: number, step: Omit<Step, 'at'>) => {
    const previous = toWork(steps.at(-1)?.at ?? filing.at)
    // Nothing is done in the very minute of what it follows.
    const at = fromWork(Math.max(work, previous + 3)) + random.int(0, 59_000)
    steps.push({ ...step, at })
    return at
  }
  const implementation = implementationOf(filing, random)
  const rectifier = rectifierOf(filing)
  const checkers = street.inspectors.filter(({ id }) => id !== rectifier.id)
  const [checker = street.admin, second = street.admin] = random.chance(0.5) ? checkers : checkers.toReversed()
  const usual = categories[filing.category].days

  const assign = (work: number, days: number, named = implementation) => {
    const due = addDays(dayOf(fromWork(work)), days)
    add(work, { by: street.admin, doing: { deed: 'assign', dueOn: due }, implementation: named })
    return due
  }
  const rectify = (work: number) =>
    add(work, {
      by: rectifier,
      doing: { deed: 'rectify' },
      said: random.pick(words.wordings[filing.category].done),
      stage: 'after',
    })
  const pass = (work: number, by: StreetPerson, seen: boolean) =>
    add(work, { by, doing: { deed: 'pass' }, said: random.pick(words.passed), ...(seen && { stage: 'recheck' }) })
  const close = (work: number) =>
    add(work, { by: street.admin, doing: { deed: 'close' }, said: random.pick(words.closing) })
  /** From assignment to closing between two working minutes. */
  const finish = (from: number, until: number) => {
    const span = until - from
    rectify(from + span * (0.35 + random.next() * 0.2))
    if (fate === 'returned') {
      add(from + span * 0.62, { by: checker, doing: { deed: 'return' }, said: random.pick(words.sentBack) })
      rectify(from + span * 0.75)
    }
    pass(from + span * (0.8 + random.next() * 0.08), checker, random.chance(0.1))
    return close(until)
  }

  if (fate === 'pending') {
    if (random.chance(0.5)) assign(filed + random.int(60, 400), 30)
    return steps
  }
  if (fate === 'major' || fate === 'major-late' || fate === 'ordinary') {
    const determiner = random.pick(street.district.admins)
    const decide = (level: 'ordinary' | 'major') =>
      add(filed + random.int(1, 3) * minutesADay + random.int(0, 300), {
        by: determiner,
        doing: { deed: 'determine', level },
        said: random.pick(level === 'major' ? words.foundMajor : words.foundOrdinary),
      })
    if (fate === 'ordinary') {
      const due = assign(filed + random.int(40, 300), usual + 12)
      const decided = decide('ordinary')
      finish(toWork(decided), endOfWork(due) - random.int(0, 3) * minutesADay - random.int(0, 200))
      return steps
    }
    const missed = fate === 'major-late'
    const due = assign(filed + random.int(40, 300), missed ? random.int(10, 14) : random.int(30, 55))
    const decided = toWork(decide('major'))
    // What is missed is often also not fully provided for.
    if (!missed || random.chance(0.4)) {
      const named = { ...implementation, funds: random.pick(words.funds), plan: random.pick(words.plans) }
      add(decided + random.int(60, 700), {
        by: street.admin,
        doing: { deed: 'assign', dueOn: due },
        implementation: named,
      })
    }
    add(decided + random.int(720, 900), {
      by: checker,
      doing: { deed: 'name-measure', lapse: random.pick(['missing', 'failed'] as const) },
      said: random.pick(words.lapsed),
      named: { measureId: null, measure: random.pick(words.measures) },
    })
    const until = missed
      ? endOfWork(due) + random.int(26, 40) * minutesADay
      : endOfWork(due) - random.int(1, 8) * minutesADay
    rectify(decided + (until - decided) * 0.6)
    pass(decided + (until - decided) * 0.75, checker, true)
    pass(decided + (until - decided) * 0.85, second, false)
    close(until)
    return steps
  }

  const wait = random.chance(habits.slow) ? random.int(3, 8) * minutesADay : random.int(20, 260)
  const assigned = filed + wait
  const due = assign(assigned, Math.max(1, usual + random.int(-1, 10)))
  if (fate === 'void' || fate === 'keep') {
    const by =
      filing.by.role === 'inspector' || filing.by.role === 'community-secretary' ? filing.by : filing.grid.secretary
    const asked = add(assigned + random.int(30, 400), {
      by,
      doing: { deed: 'propose-void' },
      said: random.pick(words.voidAsked),
    })
    const outcome = fate === 'void' ? 'void' : 'keep'
    const said = random.pick(fate === 'void' ? words.voided : words.kept)
    const decided = add(toWork(asked) + random.int(60, 700), { by: street.admin, doing: { deed: outcome }, said })
    if (fate === 'keep') finish(toWork(decided), Math.max(endOfWork(due) - random.int(0, 200), toWork(decided) + 200))
    return steps
  }
  if (fate === 'stuck') {
    if (random.chance(0.3)) {
      rectify(endOfWork(due) + random.int(0, 3) * minutesADay)
      add(endOfWork(due) + random.int(4, 6) * minutesADay, {
        by: checker,
        doing: { deed: 'return' },
        said: random.pick(words.sentBack),
      })
    }
    return steps
  }
  const room = endOfWork(due) - assigned
  const until =
    fate === 'late'
      ? endOfWork(due) + Math.round((0.4 + random.next() ** 2 * 14) * minutesADay)
      : assigned + room * (0.45 + random.next() * 0.53)
  const closed = finish(assigned, until)
  if (fate === 'relapse') {
    const again = add(toWork(closed) + random.int(4, 18) * minutesADay, {
      by: checker,
      doing: { deed: 'reopen' },
      said: random.pick(words.reopening),
    })
    const reassigned = toWork(again) + random.int(30, 300)
    const next = assign(reassigned, usual + 2)
    finish(reassigned, endOfWork(next) - random.int(20, 200))
  }
  return steps
}
