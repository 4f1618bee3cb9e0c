import fc from 'fast-check'
import { describe, it } from 'vitest'
import * as v from 'valibot'
import { planOf } from '@app/shared/onboarding/plan'
import { Slug } from '@app/shared/slug'

const row = (community: string, grid = '', code = '') => ({ community, grid, code })

describe('the places of a new street', () => {
  it('are read as people paste them', ({ expect }) => {
    const { plan, errors } = planOf([
      row(' 明哲社区　', '', '440803071001'),
      row('明哲社区', '第一网格', 'ＭＺ-０１'),
      row('', '', ''),
      row('明哲社区', '第二网格'),
      row('乐山社区'),
    ])
    expect(errors).toEqual([])
    expect(plan.communities).toEqual([
      {
        name: '明哲社区',
        statCode: '440803071001',
        grids: [
          { name: '第一网格', code: 'MZ-01' },
          { name: '第二网格', code: null },
        ],
      },
      { name: '乐山社区', statCode: null, grids: [] },
    ])
  })

  it('are told all that is wrong at once, each at its line', ({ expect }) => {
    const { errors } = planOf([
      row('', '无主网格'),
      row('甲社区', '一', 'X1'),
      row('甲社区', '一'),
      row('乙社区', '二', 'X1'),
      row('丙社区', '', '12'),
      row('丁'.repeat(31)),
      row('戊社区', '三', '网格'),
      row('己\u0000社区'),
    ])
    expect(errors.map(({ pointer }) => pointer)).toEqual([
      '/rows/0/community',
      '/rows/2/grid',
      '/rows/3/code',
      '/rows/4/code',
      '/rows/5/community',
      '/rows/6/code',
      '/rows/7/community',
    ])
    for (const { detail } of errors) expect(detail).toMatch(/^第 \d+ 行：[^a-zA-Z]*/)
    expect(planOf([]).errors).toEqual([{ pointer: '/rows', detail: '请至少填写一个社区' }])
  })

  it('never hold a name twice, and lose no line that is right', ({ expect }) => {
    const name = fc.constantFrom('甲社区', '乙社区', '丙社区')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, fc.constantFrom('', '一', '二')), { minLength: 1, maxLength: 20 }),
        (lines) => {
          const { plan, errors } = planOf(lines.map(([community, grid]) => row(community, grid)))
          const names = plan.communities.map((community) => community.name)
          expect(new Set(names).size).toBe(names.length)
          expect(new Set(lines.map(([community]) => community))).toEqual(new Set(names))
          for (const { grids } of plan.communities)
            expect(new Set(grids.map((grid) => grid.name)).size).toBe(grids.length)
          const wanted = lines.filter(([, grid]) => grid !== '')
          const made = plan.communities.reduce((sum, { grids }) => sum + grids.length, 0)
          expect(made + errors.length).toBe(wanted.length)
        },
      ),
    )
  })
})

it('an address is no word of ours', ({ expect }) => {
  for (const slug of ['lehua', 'a1', 'le-hua']) expect(v.safeParse(Slug, slug).success, slug).toBe(true)
  for (const slug of ['api', 'admin', 'p', '', 'a', '1a', 'a--b', 'a-', '乐华', 'a b', 'A_B', 'x'.repeat(41)])
    expect(v.safeParse(Slug, slug).success, slug).toBe(false)
})
