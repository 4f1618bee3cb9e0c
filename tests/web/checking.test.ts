import { describe, it } from 'vitest'
import { nineSmall } from '@app/shared/checklists/shipped/nine-small'
import { published } from '@app/shared/checklists/versions'
import type { Answer } from '@app/shared/checklists/schema'
import type { InspectionId, PhotoId, SelfcheckId } from '@app/shared/ids'
import type { Offer, Offers } from '@app/shared/inspections/schema'
import type { Day } from '@app/shared/time'
import { beginning, choosing, goneBy, isOffered } from '../../web/src/checklist/going'
import { blankChecking, inspectionOf } from '../../web/src/features/inspections/phone/checking'
import { blankReporting, selfcheckOf } from '../../web/src/features/selfchecks/phone/reporting'

const now = 1_790_000_000_000
const today = '2026-10-08' as Day
const first = published([], nineSmall, today)
const second = published([first], { ...nineSmall, title: '新的' }, today)
const offer = (template: Offer['template']): Offer => ({ template, basis: {} })
const offers = (...templates: Offer['template'][]): Offers => ({
  unit: {
    id: 'ent_0mf3kexample01' as Offers['unit']['id'],
    communityId: 'com_0mf3kexample01' as Offers['unit']['communityId'],
    gridId: 'grd_0mf3kexample01' as Offers['unit']['gridId'],
    name: '示例小店',
    address: '示例路 1 号',
    creditCode: null,
    kind: 'individual',
    keyPlace: 'nine-small',
    sectors: ['fire'],
    crowded: false,
    highRisk: null,
  },
  due: { today, most: today },
  offers: templates.map(offer),
  last: null,
})

const photo = { id: 'a'.repeat(64) as PhotoId, part: 'exit-clear/photos' }
const touched = { 'exit-clear': { result: 'fail' as Answer['result'], words: null, suspected: null, dueOn: null } }

describe.each([
  ['a check', blankChecking],
  ['a self-check', blankReporting],
])('the checklist of %s', (_, blank) => {
  it('is the one it was begun by, whatever is published or retired meanwhile', ({ expect }) => {
    expect(goneBy(blank, offers(first))?.template).toBe(first)
    const begun = { ...blank, ...beginning(blank, offer(first), now) }
    expect(begun.observedAt).toBe(now)
    expect(goneBy(begun, offers(second))?.template).toEqual(first)
    expect(goneBy(begun, offers())?.template).toEqual(first)
    expect(isOffered(first, offers(first))).toBe(true)
    expect(isOffered(first, offers(second))).toBe(false)
    expect(goneBy(blank, offers(second))?.template).toBe(second)
    expect(goneBy(blank, offers())).toBeUndefined()
  })

  it('is settled once, also where only the time was noted first', ({ expect }) => {
    const arrived = { ...blank, observedAt: 1 }
    expect(beginning(arrived, offer(first), now)).toEqual({ begun: offer(first) })
    expect(beginning({ ...arrived, begun: offer(first) }, offer(second), now)).toEqual({})
  })

  it('is another one, begun anew, where another is chosen', ({ expect }) => {
    const other = { ...first, id: 'tpl_0mf3kexample01' as Offer['template']['id'] }
    const begun = { ...blank, ...beginning(blank, offer(first), now), touched }
    const chosen = { ...begun, ...choosing(other.id, offers(second, other)) }
    expect(chosen.touched).toEqual({})
    expect(goneBy(chosen, offers(second))?.template).toEqual(other)
  })
})

describe('what is sent', () => {
  it('names the version that a check was begun by', ({ expect }) => {
    const typed = { inspector: '测试', unit: '张三' }
    const checking = { ...blankChecking, observedAt: now, begun: offer(first), typed, representative: '张三' }
    const one = goneBy(checking, offers(second))
    const made = inspectionOf(one?.template ?? second, offers(second), checking, [], {
      id: 'insp_0mf3kexample01' as InspectionId,
      now,
      inspector: '测试',
    })
    expect(made).toMatchObject({ ok: true, body: { template: { id: nineSmall.id, version: 1 } } })
  })

  it('names the version that a self-check was begun by, also after it was kept as a draft', ({ expect }) => {
    const drafted = { ...blankReporting, ...beginning(blankReporting, offer(first), now), touched, confirmed: true }
    // As the phone keeps it: what is kept is what is copied.
    const reporting = { ...blankReporting, ...structuredClone(drafted) }
    const one = goneBy(reporting, offers(second))
    const made = selfcheckOf(one?.template ?? second, offers(second), reporting, [photo], {
      id: 'sck_0mf3kexample01' as SelfcheckId,
      now,
    })
    expect(made).toMatchObject({
      ok: true,
      body: { template: { id: nineSmall.id, version: 1 }, answers: [{ item: 'exit-clear', result: 'fail' }] },
    })
  })
})
