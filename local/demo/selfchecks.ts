import { isFor } from '@app/shared/checklists/answering'
import { shipped } from '@app/shared/checklists/shipped/all'
import { idFrom, type SelfcheckId } from '@app/shared/ids'
import { owesSelfcheck, sealSelfcheck } from '@app/shared/selfchecks/rules'
import { statement } from '@app/shared/selfchecks/words'
import { addMonths, day, type Day, hour, monthOf, periodOf, startOfDay } from '@app/shared/time'
import type { auditLog, selfchecks } from '../../worker/db/ledger'
import type { Street } from './places'
import { randomFrom } from './random'
import { digest } from './record'
import { thenOf, unitsOf } from './register'

/** So many months before this one are there; what of this month is done, a visitor does. */
const monthsBack = 3

/** What units said of themselves in the months before: all was right, and now and then one did not say so. */
export async function selfchecksOf(street: Street, today: Day) {
  const random = randomFrom(`${street.slug} selfchecks`)
  const units = unitsOf(street)
  const rows: (typeof selfchecks.$inferInsert)[] = []
  const audits: (typeof auditLog.$inferInsert)[] = []
  const streetId = street.id
  for (const { id: enterpriseId, principal } of street.enterprises) {
    const unit = units.get(enterpriseId)
    if (!principal || !unit) continue
    const { communityId, gridId } = unit
    const then = thenOf(unit)
    const owes = owesSelfcheck({ kind: then.kind, standing: unit.standing ?? 'active' }, { 'selfcheck.monthly': true })
    const template = shipped.find((one) => isFor(one, then))
    if (!owes || !template) continue
    for (let ago = monthsBack; ago > 0; ago--) {
      if (random.chance(0.25)) continue
      const month = addMonths(monthOf(startOfDay(today)), -ago)
      const observedAt = periodOf(month).from + random.int(2, 24) * day + random.int(9, 17) * hour
      const receivedAt = observedAt + random.int(1, 50) * 60_000
      const facts = {
        id: idFrom<SelfcheckId>('sck', receivedAt, random.bytes(16)),
        enterpriseId,
        communityId,
        gridId,
        month,
        unit: then,
        templateId: template.id,
        templateVersion: 1,
        by: principal.id,
        role: principal.role,
        observedAt,
        receivedAt,
        answers: [],
        findings: 0,
        settled: 0,
        statement,
      }
      const words = { said: {} }
      const salt = Buffer.from(random.bytes(16)).toString('hex')
      rows.push({
        streetId,
        ...facts,
        words,
        salt,
        ...(await sealSelfcheck({ streetId, ...facts }, words, salt, digest)),
      })
      audits.push({
        streetId,
        id: idFrom('aud', receivedAt, random.bytes(16)),
        actor: principal.id,
        capability: 'selfcheck.sign',
        subject: facts.id,
        at: receivedAt,
        changed: 1,
      })
    }
  }
  return { rows, audits }
}
