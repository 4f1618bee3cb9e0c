import { describe, it } from 'vitest'
import { nineSmall } from '@app/shared/checklists/shipped/nine-small'
import { published } from '@app/shared/checklists/versions'
import type { InspectionId } from '@app/shared/ids'
import type { Offer, Offers } from '@app/shared/inspections/schema'
import type { Day } from '@app/shared/time'
import { blankChecking, goneBy, inspectionOf } from '../../web/src/features/inspections/phone/checking'

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

describe('the checklist of a check', () => {
  it('is the one it was begun by, whatever is published or retired meanwhile', ({ expect }) => {
    expect(goneBy(blankChecking, offers(first))?.template).toBe(first)
    const begun = { ...blankChecking, observedAt: 1, begun: offer(first) }
    expect(goneBy(begun, offers(second))?.template).toEqual(first)
    expect(goneBy(begun, offers())?.template).toEqual(first)
    expect(goneBy(blankChecking, offers(second))?.template).toBe(second)
    expect(goneBy(blankChecking, offers())).toBeUndefined()
  })

  it('is what is signed', ({ expect }) => {
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
})
