import { it } from 'vitest'
import type { FilingPeriod } from '@app/shared/filings/periods'
import type { FilingBody } from '@app/shared/filings/schema'
import { duties, type Duty } from '@app/shared/filings/words'
import type { FilingId, PhotoId } from '@app/shared/ids'
import type { Day } from '@app/shared/time'
import { blankFilling, filledBody, fillingOf } from '../../web/src/features/filings/phone/filling'

const now = Date.parse('2026-09-01T10:00:00+08:00')
const photo = 'a'.repeat(64) as PhotoId
const taught = { subject: '消防', hours: 2.5, people: 6, names: null, result: '合格', photos: [photo] }
const answers = Object.fromEntries(
  Object.keys(duties).map((duty, at) => [duty, { done: at > 0, what: '已落实', photos: at === 1 ? [photo] : [] }]),
) as unknown as Record<Duty, { done: boolean; what: string; photos: PhotoId[] }>
const duties7: FilingBody = { kind: 'duties', period: '2026H2' as FilingPeriod, duties: answers }
const bodies: FilingBody[] = [
  duties7,
  {
    kind: 'responsibility',
    period: '2026' as FilingPeriod,
    posts: [{ post: '店长', duties: '全面负责' }],
    signedOn: '2026-08-01' as Day,
    photos: [photo],
  },
  { kind: 'commitment', period: '2026' as FilingPeriod },
  { kind: 'training', on: '2026-08-01' as Day, ...taught },
  { kind: 'principal-training', on: '2026-08-01' as Day, ...taught, names: '甲、乙', result: null },
  {
    kind: 'drill',
    drill: 'scene',
    on: '2026-08-01' as Day,
    subject: '灭火',
    people: 3,
    evaluation: '有序',
    photos: [],
  },
  {
    kind: 'certificate',
    holder: '甲',
    trade: 'welding',
    number: null,
    issuer: '示例机关',
    expiresOn: '2027-01-01' as Day,
    inUse: false,
    photos: [],
  },
  {
    kind: 'permit',
    work: 'hot',
    place: '厨房',
    what: '焊接',
    from: now,
    until: now + 3_600_000,
    workers: [{ name: '甲', certificate: 'fil_0000000001' as FilingId }],
    guardian: '乙',
    measures: ['cleared'],
    photos: [photo],
  },
]

it.for(bodies)('goes on with what was filed as it was ($kind)', (body, { expect }) => {
  expect(filledBody(body.kind, fillingOf(body), [], now)).toEqual({ ok: true, body })
})

it('says beside each field what is missing, in words a person understands', ({ expect }) => {
  const wrong = (kind: FilingBody['kind'], values = {}) => {
    const made = filledBody(kind, { ...blankFilling, values }, [], now)
    return made.ok ? {} : made.errors
  }
  expect(Object.keys(wrong('drill')).sort()).toEqual(['drill', 'evaluation', 'on', 'people', 'subject'])
  expect(Object.keys(wrong('permit'))).toEqual(
    expect.arrayContaining(['work', 'place', 'from', 'until', 'workers/0/name', 'guardian']),
  )
  expect(Object.values({ ...wrong('permit'), ...wrong('certificate') }).join()).not.toMatch(/[a-z]{4}|毫秒/i)
  const late = { drill: 'scene', on: '2026-09-02', subject: '灭火', people: '3', evaluation: '有序' }
  expect(wrong('drill', late)).toEqual({ on: '日期不能晚于今天' })
})

it('sends each photo once, under the part of the form that it was taken for', ({ expect }) => {
  const [first] = Object.keys(duties)
  const taken = [
    { id: 'b'.repeat(64) as PhotoId, part: `duties/${first}/photos` },
    { id: photo, part: 'photos' },
  ]
  const made = filledBody('duties', fillingOf(duties7), taken, now)
  expect(
    made.ok && made.body.kind === 'duties' && Object.values(made.body.duties).map((one) => one.photos.length),
  ).toEqual([1, 1, 0, 0, 0, 0, 0])
})
