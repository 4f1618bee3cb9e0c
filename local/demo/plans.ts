import { addDays, addMonths, type Day, day, type Month, monthOf, periodOf, startOfDay } from '@app/shared/time'
import { type Fate, type Filing, fileAt, filing, fromWork, type Habits, type Step, stepsOf, toWork } from './courses'
import type { Enterprise, Grid, Street, StreetPerson } from './places'
import { type Random, randomFrom } from './random'
import * as words from './words'

/** A hazard that will be filed, and what will be done to it. */
export interface Plan {
  readonly street: Street
  readonly filing: Filing
  readonly steps: readonly Step[]
}

interface Character {
  /** Hazards in the twelve months. */
  readonly hazards: number
  readonly habits: Habits
  /** Months between its majors; none without. */
  readonly majorEvery?: number
}

/** Streets differ, so that a ranking has something to say; the figures are invented and judge no real place. */
const characters: Record<string, Character> = {
  lehua: {
    hazards: 350,
    majorEvery: 1,
    habits: { late: 0.05, stuck: 0.005, slow: 0.01, relapse: 0.005, majorLate: 0 },
  },
  quanzhuang: {
    hazards: 290,
    majorEvery: 1,
    habits: { late: 0.07, stuck: 0.01, slow: 0.03, relapse: 0.015, majorLate: 0 },
  },
  dongshan: {
    hazards: 320,
    majorEvery: 1,
    habits: { late: 0.14, stuck: 0.02, slow: 0.04, relapse: 0.03, majorLate: 0.1 },
  },
  dongjian: {
    hazards: 260,
    majorEvery: 1,
    habits: { late: 0.24, stuck: 0.03, slow: 0.08, relapse: 0.04, majorLate: 0.2 },
  },
  minan: {
    hazards: 280,
    majorEvery: 1,
    habits: { late: 0.34, stuck: 0.06, slow: 0.12, relapse: 0.06, majorLate: 0.3 },
  },
  naozhou: {
    hazards: 250,
    majorEvery: 1,
    habits: { late: 0.36, stuck: 0.08, slow: 0.16, relapse: 0.07, majorLate: 0.45 },
  },
  'shili-east': {
    hazards: 220,
    majorEvery: 1,
    habits: { late: 0.1, stuck: 0.02, slow: 0.03, relapse: 0.02, majorLate: 0.1 },
  },
  // Too little to be ranked by.
  'shili-west': { hazards: 22, habits: { late: 0.2, stuck: 0, slow: 0, relapse: 0, majorLate: 0 } },
}

/** The last day of the demonstration is the one before it is loaded: what happens on the day itself is the visitor's. */
export function plansOf(street: Street, today: Day): Plan[] {
  const character = characters[street.slug]
  if (!character) throw new Error(`${street.slug} has no character`)
  const random = randomFrom(`${street.slug} ${today}`)
  const plan = (at: number, fate: Fate, level: Filing['level'] = 'ordinary'): Plan => {
    const filing = fileAt(street, random, at, level)
    return { street, filing, steps: stepsOf(street, filing, fate, character.habits, random) }
  }
  const [from, until] = [toWork(startOfDay(addDays(today, -365))), toWork(startOfDay(today))]

  const ordinary = Array.from({ length: character.hazards }, (_, at) => {
    const share = (at + random.next()) / character.hazards
    const filedAt = fromWork(from + share * (until - from)) + random.int(0, 59_000)
    return plan(filedAt, fateOf(random, character.habits, (startOfDay(today) - filedAt) / day))
  })
  const months = Array.from({ length: 13 }, (_, ago) => addMonths(monthOf(startOfDay(today)), -ago))
  const suspected = months.flatMap((month, ago) => {
    if (!character.majorEvery || ago % character.majorEvery > 0) return []
    const late = random.chance(character.habits.majorLate)
    const majors = [plan(inMonth(month, random, 1, 7), late ? 'major-late' : 'major', 'suspected')]
    return ago % 2 ? [...majors, plan(inMonth(month, random, 8, 24), 'ordinary', 'suspected')] : majors
  })
  const own = street.slug === 'lehua' ? onTheirDesks(street, today, random) : []
  const waiting = { lehua: 3, dongshan: 1 }[street.slug] ?? 0
  const pending = Array.from({ length: waiting }, (_, at) =>
    plan(fromWork(until - (at + 1) * 700), 'pending', 'suspected'),
  )
  return [...ordinary, ...suspected, ...pending, ...own].filter(
    ({ filing }) => filing.at >= fromWork(from) && filing.at < startOfDay(today),
  )
}

function inMonth(month: Month, random: Random, least: number, most: number): number {
  const { firstDay } = periodOf(month)
  return (
    fromWork(toWork(startOfDay(addDays(firstDay, random.int(least, most)))) + random.int(20, 500)) +
    random.int(0, 59_000)
  )
}

function fateOf(random: Random, habits: Habits, daysAgo: number): Fate {
  const shares: [Fate, number][] = [
    ['void', 0.03],
    ['keep', 0.006],
    ['returned', 0.06],
    ['relapse', habits.relapse],
    // Long ago even the slowest of them were closed.
    [daysAgo < 110 ? 'stuck' : 'late', habits.stuck],
    ['late', habits.late],
  ]
  let roll = random.next()
  for (const [fate, share] of shares) {
    if (roll < share) return fate
    roll -= share
  }
  return 'prompt'
}

/** What lies on the desks of the people whose accounts are shown, in every state that one of them has to move. */
function onTheirDesks(street: Street, today: Day, random: Random): Plan[] {
  const [shop] = street.enterprises
  const [grid] = street.grids
  const [inspector, , third] = street.inspectors
  if (!shop?.principal || !grid || !inspector || !third) throw new Error('The first street has no desks')
  const { principal } = shop
  const { worker, secretary } = grid
  const at = (daysAgo: number, minute: number) => fromWork(toWork(startOfDay(addDays(today, -daysAgo))) + minute)
  const due = (days: number) => addDays(today, days)

  const found = (
    filedAt: number,
    by: StreetPerson,
    category: Filing['category'],
    where: { enterprise: Enterprise | null; grid: Grid },
    level: Filing['level'] = 'ordinary',
  ) => {
    const source = by === principal ? 'enterprise-check' : by.role === 'inspector' ? 'street-check' : 'community-patrol'
    return filing(random, filedAt, { by, category, source, level, ...where })
  }
  const here = { enterprise: shop, grid }
  const street_ = { enterprise: null, grid }
  const wording = (one: Filing) => words.wordings[one.category]
  const assign = (
    when: number,
    one: Filing,
    responsible: StreetPerson,
    dueOn: Day,
    more: { funds?: string; plan?: string } = {},
  ): Step => ({
    at: when,
    by: street.admin,
    doing: { deed: 'assign', dueOn },
    implementation: {
      responsibleId: responsible.id,
      responsible: responsible.name,
      measures: random.pick(wording(one).measures),
      funds: more.funds ?? null,
      plan: more.plan ?? null,
    },
  })
  const rectify = (when: number, one: Filing, by: StreetPerson): Step => ({
    at: when,
    by,
    doing: { deed: 'rectify' },
    said: random.pick(wording(one).done),
    stage: 'after',
  })
  const pass = (when: number, by: StreetPerson): Step => ({
    at: when,
    by,
    doing: { deed: 'pass' },
    said: random.pick(words.passed),
    stage: 'recheck',
  })

  const plans: Plan[] = []
  const put = (one: Filing, ...steps: Step[]) => plans.push({ street, filing: one, steps })

  const soon = found(at(2, 130), worker, 'e-bike-charging', here)
  put(soon, assign(at(1, 60), soon, principal, due(2)))
  const now = found(at(4, 90), inspector, 'wiring', here)
  put(now, assign(at(4, 300), now, principal, due(0)))
  const overdue = found(at(7, 200), worker, 'fire-equipment', here)
  put(overdue, assign(at(6, 40), overdue, principal, due(-2)))
  const putRight = found(at(5, 160), secretary, 'blocked-exit', here)
  put(putRight, assign(at(5, 260), putRight, principal, due(1)), rectify(at(1, 420), putRight, principal))
  put(found(at(1, 330), principal, 'wiring', here))
  const checked = found(at(6, 70), worker, 'e-bike-charging', here)
  put(
    checked,
    assign(at(6, 190), checked, principal, due(1)),
    rectify(at(3, 100), checked, principal),
    pass(at(1, 240), inspector),
  )
  put(found(at(1, 480), worker, 'other', street_))
  put(found(at(1, 505), worker, 'blocked-exit', street_))
  const corner = found(at(3, 210), secretary, 'other', street_)
  put(corner, assign(at(3, 330), corner, worker, due(0)))
  const pole = found(at(2, 300), inspector, 'wiring', street_)
  put(pole, assign(at(1, 90), pole, worker, due(3)))
  const twice = found(at(3, 60), secretary, 'e-bike-charging', here)
  const asked: Step = { at: at(1, 380), by: secretary, doing: { deed: 'propose-void' }, said: words.voidAsked[0] ?? '' }
  put(twice, assign(at(3, 150), twice, principal, due(1)), asked)

  const grave = found(at(24, 120), inspector, 'blocked-exit', here, 'suspected')
  const [determiner] = street.district.admins
  if (!determiner) throw new Error('The district has nobody to determine')
  put(
    grave,
    assign(at(24, 240), grave, principal, due(12)),
    { at: at(22, 200), by: determiner, doing: { deed: 'determine', level: 'major' }, said: words.foundMajor[0] ?? '' },
    assign(at(22, 400), grave, principal, due(12), { funds: random.pick(words.funds), plan: random.pick(words.plans) }),
    {
      at: at(20, 120),
      by: inspector,
      doing: { deed: 'name-measure', lapse: 'failed' },
      said: words.lapsed[0] ?? '',
      named: { measureId: null, measure: words.measures[0] ?? '' },
    },
    rectify(at(4, 300), grave, principal),
    pass(at(2, 200), third),
  )
  return plans
}
