import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { CommunityId, EnterpriseId, GridId, UnitId } from '@app/shared/ids'
import { columns, type Known, mostRows, readPeople, roleNames } from '@app/shared/people/import'
import { streetRoles } from '@app/shared/capabilities'
import { reachesOf } from '@app/shared/people/rules'

const [east, west] = ['com_000000east', 'com_000000west'] as CommunityId[] as [CommunityId, CommunityId]
const [one, two, far] = ['grd_00000east1', 'grd_00000east2', 'grd_00000west1'] as GridId[] as [GridId, GridId, GridId]
const shop = 'ent_00000shop1' as EnterpriseId
const office = 'unt_000office1' as UnitId
const known: Known = {
  communities: [
    { id: east, name: '东社区' },
    { id: west, name: '西社区' },
  ],
  grids: [
    { id: one, communityId: east, name: '第一网格' },
    { id: two, communityId: east, name: '第二网格' },
    { id: far, communityId: west, name: '第一网格' },
  ],
  enterprises: [{ id: shop, name: '示例充电站' }],
  units: [{ id: office, name: '应急办' }],
}
const header = ['姓名', '用户名', '岗位', '社区', '网格', '单位', '职务']
const read = (...rows: unknown[][]) => {
  const result = readPeople([header, ...rows], known)
  if ('wrong' in result) throw new Error(result.wrong)
  return result.rows
}

describe('a file of people', () => {
  it('makes somebody of a row, wherever its columns stand and whatever stands above them', ({ expect }) => {
    const result = readPeople(
      [
        ['示例街道人员表（演示数据）'],
        [null, '填表日期：', 46000],
        ['序号', '岗位 *', '姓 名', '网格（选填）', '用户名', '社区', '职务'],
        [1, '网格员', '张 三', '第一网格、第二', 'ＤＥＭＯ．ｚｈａｎｇ０１', '东', '专职'],
        ['', '', '', '', '', '', ''],
        [2, '街道领导', '李四', null, 'demo.li', null, '党工委委员'],
      ],
      known,
    )
    expect(result).toMatchObject({
      rows: [
        {
          line: 4,
          errors: {},
          entry: {
            name: '张三',
            username: 'demo.zhang01',
            role: 'grid-worker',
            reach: { within: 'grids', ids: [one, two] },
            title: '专职',
          },
        },
        { line: 6, errors: {}, entry: { role: 'street-leader', reach: { within: 'street' }, title: '党工委委员' } },
      ],
    })
  })

  it('says all that is wrong at once, beside its cell, with what to do', ({ expect }) => {
    const [row] = read(['', 'a', '局长', '南', '第九网格', '', ''])
    expect(row?.entry).toBeNull()
    expect(row?.errors).toMatchObject({
      name: expect.stringContaining('请填写'),
      username: expect.stringContaining('至少 3 个字符'),
      role: expect.stringContaining('请改为：街道管理员'),
    })
    const [place] = read(['甲', 'demo.jia', '网格员', '南', '第九网格', '', ''])
    expect(place?.errors).toMatchObject({
      community: expect.stringContaining('没有社区“南”'),
      grid: expect.stringContaining('没有网格“第九网格”'),
    })
  })

  it('asks for the community where two grids have one name', ({ expect }) => {
    const [unclear, clear, wrong] = read(
      ['甲', 'demo.jia', '网格员', '', '第一网格', '', ''],
      ['乙', 'demo.yi', '网格员', '西社区', '第一网格', '', ''],
      ['丙', 'demo.bing', '网格员', '西社区', '第二网格', '', ''],
    )
    expect(unclear?.errors.grid).toMatch(/请同时填写社区/)
    expect(clear?.entry?.reach).toEqual({ within: 'grids', ids: [far] })
    expect(wrong?.errors.grid).toMatch(/不在所填的社区/)
  })

  it('reaches what the post may reach, and says what is missing', ({ expect }) => {
    const rows = read(
      ['甲', 'demo.a01', '社区书记', '东社区', '', '', ''],
      ['乙', 'demo.a02', '社区书记', '', '', '', ''],
      ['丙', 'demo.a03', '企业主要负责人', '', '', '示例充电站', ''],
      ['丁', 'demo.a04', '企业主要负责人', '', '', '没有的店', ''],
      ['戊', 'demo.a05', '街道干部', '', '', '应急办', ''],
      ['己', 'demo.a06', '街道干部', '', '', '没有的办', ''],
      ['庚', 'demo.a07', '街道管理员', '东社区', '', '', ''],
      ['辛', 'demo.a08', '网格员', '东社区', '', '', ''],
      ['壬', 'demo.a09', '街道干部', '东社区', '', '', ''],
    )
    expect(rows.map(({ entry }) => entry?.reach.within ?? null)).toEqual([
      'communities',
      null,
      'enterprise',
      null,
      'street',
      null,
      null,
      null,
      'communities',
    ])
    expect(rows[1]?.errors.community).toBe('请填写负责的社区')
    expect(rows[3]?.errors.unit).toMatch(/没有单位/)
    expect(rows[4]?.entry?.unitId).toBe(office)
    expect(rows[5]?.errors.unit).toMatch(/没有成员单位/)
    expect(rows[6]?.errors.community).toMatch(/整个街道/)
    expect(rows[7]?.errors.grid).toBe('请填写负责的网格')
  })

  it('takes a user name once', ({ expect }) => {
    const [first, second] = read(
      ['甲', 'demo.same', '街道领导', '', '', '', ''],
      ['乙', 'Demo.Same', '街道干部', '', '', '', ''],
    )
    expect(first?.entry).not.toBeNull()
    expect(second?.entry).toBeNull()
    expect(second?.errors.username).toMatch(/与第 2 行的用户名相同/)
  })

  it('refuses what is no such file in words', ({ expect }) => {
    const wrong = (sheet: unknown[][]) => {
      const result = readPeople(sheet, known)
      return 'wrong' in result ? result.wrong : null
    }
    expect(wrong([])).toMatch(/没有找到表头/)
    expect(wrong([['姓名', '电话']])).toMatch(/没有找到表头/)
    expect(wrong([[...header, '姓名'], ['甲']])).toMatch(/出现了两次/)
    expect(wrong([header])).toMatch(/没有人员/)
    const many = Array.from({ length: mostRows + 1 }, (_, at) => ['甲', `demo.${at}`, '街道领导'])
    expect(wrong([header, ...many])).toMatch(/一次最多导入/)
  })

  it('never makes a post that its rules would refuse, of any cells at all', ({ expect }) => {
    const cell = fc.oneof(
      fc.constantFrom('', '东社区', '西', '第一网格', '第二', '示例充电站', '应急办', ...Object.values(roleNames)),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.integer(),
      fc.constant(null),
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell, cell, cell, cell, cell), { minLength: 1, maxLength: 8 }),
        (rows) => {
          const result = readPeople([header, ...rows], known)
          if ('wrong' in result) return
          for (const { entry, errors, cells } of result.rows) {
            expect(entry === null).toBe(Object.keys(errors).length > 0)
            expect(Object.keys(cells)).toEqual(Object.keys(columns))
            if (entry) expect(reachesOf(entry.role)).toContain(entry.reach.within)
          }
        },
      ),
    )
  })

  it('knows every post by the name of its template', ({ expect }) => {
    expect(Object.keys(roleNames)).toEqual([...streetRoles])
  })
})
