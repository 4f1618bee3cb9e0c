import { describe, it } from 'vitest'
import type { EnterpriseId, GridId, HazardId, PhotoId } from '@app/shared/ids'
import type { EnterpriseCard, Places } from '@app/shared/places/schema'
import { doingsFor, nameOf } from '../../web/src/features/hazards/phone/doings'
import { blankFiling, draftOf, filingOf, filled } from '../../web/src/features/hazards/phone/filing'

// Safe: ids of the right form.
const [one, two] = ['grd_0000000001', 'grd_0000000002'] as [GridId, GridId]
const community = { id: 'com_0000000001', name: '示例社区' } as Places['communities'][number]
const grid = (id: GridId) => ({ id, communityId: community.id, name: `网格${id.at(-1)}` })
const places: Places = { communities: [community], grids: [grid(one), grid(two)] }
const shop: EnterpriseCard = {
  id: 'ent_0000000001' as EnterpriseId,
  name: '示例小店',
  communityId: community.id,
  gridId: one,
  address: '示例路1号',
  keyPlace: 'mall',
  principalId: null,
}
const worker = {
  role: 'grid-worker',
  places: { ...places, grids: [grid(one)] },
  enterprises: [],
  lastGrid: null,
} as const
const photos = ['a'.repeat(64) as PhotoId]
const fresh = { id: 'haz_0000000001' as HazardId, now: Date.UTC(2026, 8, 1) }

describe('what follows from what was filled in', () => {
  it('lets a worker of one grid name nothing but the category', ({ expect }) => {
    const filing = { ...blankFiling, category: 'wiring' as const }
    const made = draftOf(filing, filled(filing, worker), photos, fresh)
    expect(made).toMatchObject({
      ok: true,
      draft: { gridId: one, place: '网格1', sector: 'electricity', keyPlace: 'rental', source: 'community-patrol' },
    })
  })

  it('takes place and kind from the enterprise, and leaves alone what was typed', ({ expect }) => {
    const filing = { ...blankFiling, category: 'wiring' as const, enterpriseId: shop.id }
    const shown = filled(filing, { ...worker, enterprises: [shop] })
    expect(shown).toMatchObject({ place: '示例小店（示例路1号）', keyPlace: 'mall' })
    const typed = filled({ ...filing, place: '后门', description: '线路老化' }, { ...worker, enterprises: [shop] })
    expect(typed).toMatchObject({ place: '后门', description: '线路老化' })
  })

  it('files for an enterprise’s head in the enterprise’s name', ({ expect }) => {
    const shown = filled(blankFiling, { ...worker, role: 'enterprise-principal', enterprises: [shop] })
    expect(shown).toMatchObject({ enterprise: { id: shop.id }, source: 'enterprise-check' })
  })

  it('offers the last grid where there are several, and asks where there is none', ({ expect }) => {
    const inspector = { ...worker, role: 'inspector', places } as const
    expect(filled(blankFiling, { ...inspector, lastGrid: two }).grid?.id).toBe(two)
    expect(filled(blankFiling, inspector).grid).toBeUndefined()
  })

  it('names every field that lacks something', ({ expect }) => {
    const made = draftOf(blankFiling, filled(blankFiling, { ...worker, places }), [], fresh)
    expect(made).toMatchObject({
      ok: false,
      errors: { photos: '请至少拍一张照片', category: '请选择隐患类别', gridId: '请选择所在网格', place: '请填写' },
    })
  })

  it('makes a form of a draft that makes the same draft again', ({ expect }) => {
    const filing = { ...blankFiling, category: 'other' as const, description: '台阶破损', observedAt: fresh.now }
    const made = draftOf(filing, filled(filing, worker), photos, fresh)
    if (!made.ok) throw new Error('it is whole')
    const again = filingOf(made.draft)
    expect(draftOf(again, filled(again, worker), photos, { ...fresh, now: 0 })).toEqual(made)
  })
})

describe('what may be done with a hazard', () => {
  it('puts the step it waits for first', ({ expect }) => {
    expect(doingsFor({ state: 'rectified', next: ['pass', 'return', 'propose-void'] })).toEqual({
      first: 'recheck',
      others: ['propose-void'],
    })
    expect(doingsFor({ state: 'checked', next: ['return'] })).toEqual({ first: null, others: ['recheck'] })
    expect(doingsFor({ state: 'assigned', next: ['assign', 'rectify', 'keep', 'void'] })).toEqual({
      first: 'rectify',
      others: ['assign', 'decide-void'],
    })
  })

  it('calls a deed by what it is here', ({ expect }) => {
    expect(nameOf('recheck', { state: 'checked', next: ['return'] })).toBe('退回整改')
    expect(nameOf('assign', { state: 'assigned', next: ['assign'] })).toBe('重新交办')
    expect(nameOf('assign', { state: 'filed', next: ['assign'] })).toBe('交办整改')
  })
})
