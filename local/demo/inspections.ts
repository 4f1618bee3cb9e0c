import { askedOf, type DueDays, isFor } from '@app/shared/checklists/answering'
import { shipped } from '@app/shared/checklists/shipped/all'
import type { Answer, Item, Template } from '@app/shared/checklists/schema'
import { dueDaysOf } from '@app/shared/hazards/rules'
import { type EnterpriseId, type HazardId, idFrom, type InspectionId } from '@app/shared/ids'
import { findingCount, type RecordWords, sealRecord, signingErrors, withoutWords } from '@app/shared/inspections/rules'
import { type InspectionKind, sourceFor } from '@app/shared/inspections/words'
import { settingsOf } from '@app/shared/settings/catalogue'
import { addDays, type Day, dayOf, startOfDay } from '@app/shared/time'
import type { auditLog, inspectionFindings, inspectionPhotos, inspections } from '../../worker/db/ledger'
import { fromWork, toWork } from './courses'
import type { Enterprise, Street, StreetPerson } from './places'
import type { Plan } from './plans'
import { type Random, randomFrom } from './random'
import { digest, type HazardRows } from './record'
import { thenOf, unitsOf } from './register'

/** So many of a street's latest hazards were found by going through a checklist; they have pictures, as a record asks. */
const finding = 14
/** No more than so many of them at one unit. */
const ofOne = 3
/** Of so many units one was never checked: its turn has come. */
const neverOf = 5
/** So far back a unit was checked at least once and found in order. */
const cleanBack = 160

type Units = ReturnType<typeof unitsOf>

/** The item of a checklist that a planned hazard failed, and the day that was signed for. */
export interface Failed {
  readonly template: Template
  readonly item: Item
  readonly dueOn: Day
}

/** Which of a street's planned hazards come out of a check, the latest ones first. */
export function failedIn(street: Street, plans: readonly Plan[]): ReadonlyMap<Plan, Failed> {
  const units = unitsOf(street)
  const failed = new Map<Plan, Failed>()
  const times = new Map<Enterprise, number>()
  for (const plan of plans.toReversed()) {
    if (failed.size === finding) break
    const { enterprise } = plan.filing
    const before = (enterprise && times.get(enterprise)) ?? 0
    const found = enterprise && !isNeverChecked(street, enterprise) && before < ofOne && failureOf(units, plan)
    if (!found) continue
    failed.set(plan, found)
    times.set(enterprise, before + 1)
  }
  return failed
}

const isNeverChecked = ({ enterprises }: Street, one: Enterprise) => enterprises.indexOf(one) % neverOf === 3

function failureOf(units: Units, { filing, steps }: Plan): Failed | null {
  const { enterprise, level, by, source, category } = filing
  const unit = enterprise && units.get(enterprise.id)
  // A unit that is closed for now is not checked.
  if (!unit || unit.standing !== 'active' || level !== 'ordinary' || source !== sourceFor(by.role)) return null
  if (source === 'enterprise-check') return null
  const then = thenOf(unit)
  const template = shipped.find((one) => isFor(one, then))
  const item = template && askedOf(template, then, []).find(({ item: one }) => one.category === category)?.item
  if (!template || !item) return null
  const { today, most } = daysFrom(filing.observedAt)
  const assigned = steps.map(({ doing }) => doing).find((doing) => doing.deed === 'assign')
  const dueOn = assigned?.dueOn ?? addDays(today, item.days)
  return dueOn < today || dueOn > most ? null : { template, item, dueOn }
}

function daysFrom(at: number): DueDays {
  const today = dayOf(at)
  return { today, most: dueDaysOf('ordinary', settingsOf([]), today).most }
}

/** The signed records of one street, those that found its hazards and those that found nothing. */
export async function inspectionsOf(
  street: Street,
  plans: readonly Plan[],
  hazards: readonly HazardRows[],
  failed: ReadonlyMap<Plan, Failed>,
  today: Day,
) {
  const random = randomFrom(`${street.slug} ${today} inspections`)
  const units = unitsOf(street)
  const kept = {
    inspections: [] as (typeof inspections.$inferInsert)[],
    findings: [] as (typeof inspectionFindings.$inferInsert)[],
    photos: [] as (typeof inspectionPhotos.$inferInsert)[],
    audits: [] as (typeof auditLog.$inferInsert)[],
  }
  for (const [at, plan] of plans.entries()) {
    const found = failed.get(plan)
    const made = hazards[at]
    if (!found || !made || !plan.filing.enterprise) continue
    const { hazard, hazardPhotos } = made
    const photos = hazardPhotos.filter(({ stage }) => stage === 'before').map(({ photoId }) => photoId)
    await keep(kept, units, random, {
      ...found,
      enterprise: plan.filing.enterprise,
      by: plan.filing.by,
      kind: plan.filing.by.role === 'inspector' ? 'special' : 'patrol',
      observedAt: hazard.observedAt,
      receivedAt: hazard.receivedAt,
      hazardId: hazard.id,
      answers: [
        {
          item: found.item.key,
          result: 'fail',
          words: hazard.description,
          suspected: found.item.mayBeMajor ? false : null,
          dueOn: found.dueOn,
          photos,
          after: [],
        },
      ],
    })
  }
  for (const enterprise of street.enterprises) {
    const unit = units.get(enterprise.id)
    const template = unit && shipped.find((one) => isFor(one, thenOf(unit)))
    if (!template || unit.standing !== 'active' || isNeverChecked(street, enterprise)) continue
    for (let ago = cleanBack; ago > 0; ago -= random.int(55, 90)) {
      const by = random.chance(0.5) ? enterprise.grid.worker : random.pick(street.inspectors)
      const receivedAt =
        fromWork(toWork(startOfDay(addDays(today, -ago))) + random.int(30, 500)) + random.int(0, 59_000)
      const observedAt = receivedAt - random.int(9, 40) * 60_000
      await keep(kept, units, random, {
        template,
        enterprise,
        by,
        kind: by.role === 'inspector' ? 'random' : 'patrol',
        observedAt,
        receivedAt,
        hazardId: null,
        answers: [],
      })
    }
  }
  kept.inspections.sort((a, b) => a.receivedAt - b.receivedAt)
  return kept
}

/** The day on which each unit was last checked. */
export function lastChecked(rows: readonly (typeof inspections.$inferInsert)[]): ReadonlyMap<EnterpriseId, Day> {
  return new Map(
    rows.toSorted((a, b) => a.observedAt - b.observedAt).map((row) => [row.enterpriseId, dayOf(row.observedAt)]),
  )
}

interface Check {
  readonly template: Template
  readonly enterprise: Enterprise
  readonly by: StreetPerson
  readonly kind: InspectionKind
  readonly observedAt: number
  readonly receivedAt: number
  readonly hazardId: HazardId | null
  readonly answers: readonly Answer[]
}

/** Keeps a record as the API keeps it; one that it would refuse throws. */
async function keep(
  kept: Awaited<ReturnType<typeof inspectionsOf>>,
  units: Units,
  random: Random,
  { template, enterprise, by, kind, observedAt, receivedAt, hazardId, answers: given }: Check,
): Promise<void> {
  const unit = units.get(enterprise.id)
  if (!unit) throw new Error('A unit that is not in the register')
  const then = thenOf(unit)
  const signature = { how: 'typed' as const, name: by.name }
  const name = enterprise.principal?.name ?? '示例负责人'
  const ending: RecordWords['ending'] = random.chance(0.06)
    ? { how: 'refused', reason: '现场负责人称须请示，未签字（演示数据）', witness: '示例见证人' }
    : { how: 'signed', name, signature: { how: 'typed', name }, opinion: null }
  const signedAt = receivedAt - random.int(10, 40) * 1000
  const asked = { kind, others: [], companions: [], observedAt, signedAt, answers: given, signature, ending }
  const errors = signingErrors(template, then, asked, by.name, daysFrom(observedAt))
  if (errors.length > 0) throw new Error(`${enterprise.name}: ${JSON.stringify(errors)}`)

  const { answers, said } = withoutWords(given)
  const id = idFrom<InspectionId>('insp', observedAt, random.bytes(16))
  const facts = {
    id,
    kind,
    enterpriseId: enterprise.id,
    communityId: unit.communityId,
    gridId: unit.gridId,
    unit: then,
    templateId: template.id,
    templateVersion: 1,
    by: by.id,
    role: by.role,
    others: [],
    observedAt,
    signedAt,
    receivedAt,
    latitude: null,
    longitude: null,
    accuracy: null,
    answers,
    findings: findingCount(template, then, given),
    ending: ending.how,
    version: 1,
    supersedes: null,
  }
  const words: RecordWords = { signature, ending, said, why: null, companions: [] }
  const salt = Buffer.from(random.bytes(16)).toString('hex')
  const { streetId } = unit
  const sealed = await sealRecord('', { streetId, ...facts }, words, salt, digest)
  kept.inspections.push({ streetId, ...facts, words, salt, ...sealed, latest: true })
  for (const { item, photos } of given) {
    const basis = askedOf(template, then, given).find((one) => one.item.key === item)?.item.basis ?? []
    if (hazardId) kept.findings.push({ streetId, inspectionId: id, item, hazardId, basis })
    kept.photos.push(...photos.map((photoId) => ({ streetId, inspectionId: id, photoId })))
  }
  kept.audits.push({
    streetId,
    id: idFrom('aud', receivedAt, random.bytes(16)),
    actor: by.id,
    capability: 'inspection.sign',
    subject: id,
    at: receivedAt,
    changed: 1,
  })
}
