import type { EnterpriseId, FilingId, PhotoId } from '@app/shared/ids'
import { type FilingPeriod, periodAt } from '@app/shared/filings/periods'
import type { NewFiling, StatementDraft } from '@app/shared/filings/schema'
import { duties } from '@app/shared/filings/words'
import { addDays, dayOf } from '@app/shared/time'
import { anId } from './street'

export const thisHalf = () => periodAt('每半年', dayOf(Date.now())) as FilingPeriod
export const thisYear = () => periodAt('每年', dayOf(Date.now())) as FilingPeriod

type Body<K> = Extract<NewFiling['body'], { kind: K }>

/** The seven duties, each done. */
export const dutiesBody = (photos: readonly PhotoId[] = [], what = '已落实') => ({
  kind: 'duties' as const,
  period: thisHalf(),
  duties: Object.fromEntries(
    Object.keys(duties).map((duty, at) => [duty, { done: true, what, photos: at === 0 ? [...photos] : [] }]),
  ) as Extract<StatementDraft['body'], { kind: 'duties' }>['duties'],
})
export const commitmentBody = () => ({ kind: 'commitment' as const, period: thisYear() })

export const aStatement = (
  enterpriseId: EnterpriseId,
  body: StatementDraft['body'],
  change: Partial<StatementDraft> = {},
): StatementDraft => ({ enterpriseId, revision: null, body, why: null, ...change })

export const drillBody = (change: Partial<Body<'drill'>> = {}): Body<'drill'> => ({
  kind: 'drill',
  drill: 'evacuation',
  on: dayOf(Date.now()),
  subject: '疏散逃生演练',
  people: 12,
  evaluation: '用时 3 分钟，通道畅通',
  photos: [],
  ...change,
})
export const certificateBody = (change: Partial<Body<'certificate'>> = {}): Body<'certificate'> => ({
  kind: 'certificate',
  holder: '演示焊工',
  trade: 'welding',
  number: 'T000000198001010000',
  issuer: '演示发证机关',
  expiresOn: addDays(dayOf(Date.now()), 400),
  inUse: true,
  photos: [],
  ...change,
})
export const permitBody = (change: Partial<Body<'permit'>> = {}): Body<'permit'> => ({
  kind: 'permit',
  work: 'hot',
  place: '厨房排烟管',
  what: '焊接支架',
  from: Date.now(),
  until: Date.now() + 3_600_000,
  workers: [{ name: '演示焊工', certificate: null }],
  guardian: '演示监护人',
  measures: ['cleared', 'extinguishers'],
  photos: [],
  ...change,
})

/** Something to be filed as a record, of a unit. */
export const aFiling = (
  enterpriseId: EnterpriseId,
  body: NewFiling['body'] = drillBody(),
  change: Partial<NewFiling> = {},
): NewFiling => ({ id: anId<FilingId>('fil'), enterpriseId, body, supersedes: null, why: null, ...change })
