import fc from 'fast-check'
import * as v from 'valibot'
import { describe, it } from 'vitest'
import { checkOf, type CreditCode } from '@app/shared/enterprises/credit-code'
import {
  columns,
  type Field,
  findHeader,
  linesBelow,
  type Mapping,
  mostRows,
  noMapping,
  placed,
  vocabularies,
} from '@app/shared/enterprises/columns'
import { bareHighRisk, dayIn, type Known, type Row, rowReader } from '@app/shared/enterprises/import'
import {
  changeable,
  type Choice,
  chunksOf,
  type Held,
  identityOf,
  ImportChunk,
  type ImportLine,
  judge,
  lineToWrite,
  mostInChunk,
  registerOf,
} from '@app/shared/enterprises/matching'
import { allColumns, columnsOf, tableOf } from '@app/shared/enterprises/table'
import type { CommunityId, ContactId, EnterpriseId, GridId } from '@app/shared/ids'
import { maskPhone } from '@app/shared/people/masking'
import { guarded, unguarded } from '@app/shared/sheet'
import type { Day } from '@app/shared/time'
import { runs } from './runs'

const today = '2026-11-28' as Day
const [east, west] = ['com_000000east', 'com_000000west'] as CommunityId[] as [CommunityId, CommunityId]
const [one, two, far] = ['grd_00000east1', 'grd_00000east2', 'grd_00000west1'] as GridId[] as [GridId, GridId, GridId]
const known: Known = {
  communities: [
    { id: east, name: '明哲社区' },
    { id: west, name: '海滨东社区' },
  ],
  grids: [
    { id: one, communityId: east, name: '第一网格' },
    { id: two, communityId: east, name: '第十二网格' },
    { id: far, communityId: west, name: '第一网格' },
  ],
  today,
}
const places = { communities: [...known.communities], grids: [...known.grids] }
const codeOf = (n: number) => {
  const first17 = `9244080${String(n).padStart(10, '0')}`
  return `${first17}${checkOf(first17)}` as CreditCode
}

/** Reads a sheet the way the page does. */
function read(sheet: readonly (readonly unknown[])[], kept: Mapping = noMapping): Row[] {
  const header = findHeader(sheet, kept)
  if (!header) throw new Error('no header')
  const below = linesBelow(sheet, header, placed(header.headings, kept), kept.fixed)
  if ('wrong' in below) throw new Error(below.wrong)
  return below.lines.map(rowReader(known, kept.words))
}
const head = ['单位名称', '信用代码', '类别', '行业', '社区', '网格', '经营地址']
const row = (name: string, code: string | null, address: string) =>
  [name, code, '个体户', '消防', '明哲', '1', address] as const
const person = (name: string, phone: string | null) => ({
  id: `con_${'0'.repeat(10)}${name.length}` as ContactId,
  name,
  phone: phone && maskPhone(phone),
})
const held = (n: number, over: Partial<Held> = {}): Held => ({
  id: `ent_held${String(n).padStart(6, '0')}` as EnterpriseId,
  version: 3,
  name: `示例${n}店`,
  creditCode: codeOf(n),
  kind: 'individual',
  keyPlace: null,
  sectors: ['fire'],
  highRisk: null,
  crowded: false,
  size: null,
  staff: null,
  floorArea: null,
  communityId: east,
  gridId: one,
  address: `示例路${n}号`,
  position: null,
  principal: null,
  managers: [],
  colour: null,
  standing: 'active',
  activeSince: '2025-01-01' as Day,
  ...over,
})
const judged = (sheet: readonly (readonly unknown[])[], all: readonly Held[], choices = new Map<number, Choice>()) =>
  judge(read(sheet), registerOf(all), choices)

describe('the header of a file of units', () => {
  it('is found below merged titles, in any order and many spellings', ({ expect }) => {
    const sheet = [
      ['示例街道生产经营单位台账', '示例街道生产经营单位台账'],
      ['填表单位：', '应急办', 45000],
      [
        '序号',
        '★所属村（居）*',
        '企业（单位）名称',
        '统一社会信用代码（证件号）',
        '法人代表',
        '联系电话',
        '安全员',
        '手机号',
        '备注',
      ],
    ]
    const header = findHeader(sheet, noMapping)
    expect(header).toMatchObject({ at: 2, depth: 1 })
    expect(placed(header?.headings ?? [], noMapping)).toEqual([
      null,
      'community',
      'name',
      'creditCode',
      'principal',
      'principalPhone',
      'manager',
      'managerPhone',
      null,
    ])
  })

  it('may be two rows deep, as a merged cell over both shows', ({ expect }) => {
    const sheet = [
      ['单位名称', '主要负责人', '主要负责人', '安全管理员', '安全管理员', '地址'],
      ['单位名称', '姓名', '联系电话', '姓名', '联系电话', '地址'],
      ['示例店', '张三', '13800000000', '李四', '0759-2345678', '示例路 1 号'],
    ]
    expect(findHeader(sheet, noMapping)).toMatchObject({ at: 0, depth: 2 })
    expect(read(sheet)).toMatchObject([
      {
        line: 3,
        values: {
          principal: { name: '张三', phone: '13800000000' },
          managers: [{ name: '李四', phone: '0759-2345678' }],
        },
      },
    ])
  })

  it('knows every column by its own name, and each takes one column only', ({ expect }) => {
    for (const [field, { label }] of Object.entries(columns)) expect(placed([label], noMapping)).toEqual([field])
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.values(columns).map(({ label }) => label)), (labels) => {
        const found = placed([...labels, ...labels], noMapping).filter((field) => field !== null)
        expect(new Set(found).size).toBe(found.length)
        expect(found.length).toBe(labels.length)
      }),
    )
  })

  it('prefers where a unit works to where it is registered, wherever they stand', ({ expect }) => {
    expect(placed(['注册地址', '经营地址', '法定代表人', '主要负责人'], noMapping)).toEqual([
      null,
      'address',
      null,
      'principal',
    ])
  })

  it('is read as the street once said', ({ expect }) => {
    const kept: Mapping = {
      headings: { 门头: 'name', 经营地址: null, 门牌: 'address' },
      fixed: { kind: '个体工商户', community: '明哲社区' },
      words: { sectors: { 餐饮业: 'gas' } },
    }
    const sheet = [
      ['门牌', '经营地址', '门头', '行业', '网格'],
      ['示例路 1 号', '别处', '示例餐馆', '餐饮业、消防', '明哲社区第一网格'],
    ]
    expect(read(sheet, kept)).toMatchObject([
      {
        errors: {},
        values: {
          name: '示例餐馆',
          address: '示例路 1 号',
          kind: 'individual',
          sectors: ['gas', 'fire'],
          place: { communityId: east, gridId: one },
        },
      },
    ])
  })

  it('is not found where nothing names a unit', ({ expect }) => {
    expect(findHeader([], noMapping)).toBeNull()
    expect(findHeader([['甲', '乙'], ['名称'], ['张三', 1]], noMapping)).toBeNull()
  })
})

describe('a cell', () => {
  const reading = (field: Field, cell: unknown) => {
    const [first] = read([
      ['单位名称', columns[field].label, '序号'],
      ['示例店', cell, 1],
    ])
    if (!first) throw new Error('no row')
    return first
  }

  it.for<[Field, unknown, object]>([
    ['staff', '35人', { staff: 35 }],
    ['staff', '约１，２００人', { staff: 1200 }],
    ['floorArea', '120㎡', { floorArea: 120 }],
    ['floorArea', '1.5万平方米', { floorArea: 15_000 }],
    ['floorArea', 120.4, { floorArea: 120 }],
    ['creditCode', `${codeOf(1).toLowerCase().slice(0, 8)} ${codeOf(1).slice(8)}`, { creditCode: codeOf(1) }],
    ['sectors', '消防，燃气/建筑施工', { sectors: ['fire', 'gas', 'construction'] }],
    ['sectors', '消防\n用电', { sectors: ['fire', 'electricity'] }],
    ['crowded', '√', { crowded: true }],
    ['crowded', '无', { crowded: false }],
    ['crowded', true, { crowded: true }],
    ['highRisk', '是', { highRisk: bareHighRisk }],
    ['highRisk', '否', { highRisk: null }],
    ['highRisk', '涉及有限空间作业', { highRisk: '涉及有限空间作业' }],
    ['since', '2024/5/6', { since: '2024-05-06' }],
    ['since', '2024年5月6日', { since: '2024-05-06' }],
    ['since', 20240506, { since: '2024-05-06' }],
    ['since', 45418, { since: '2024-05-06' }],
    ['since', '2024.05.06 00:00:00', { since: '2024-05-06' }],
    ['colour', '较大风险', { colour: 'orange' }],
    ['standing', '已注销', { standing: 'closed' }],
    ['size', '微型企业', { size: 'micro' }],
    ['community', '海滨东居委会', { place: { communityId: west, gridId: far } }],
    ['community', '明哲社区', { place: { communityId: east, gridId: null } }],
    ['grid', '12', { place: { communityId: east, gridId: two } }],
    ['coordinates', '21.2，110.4', { position: { longitude: 110.4, latitude: 21.2, source: 'file', accuracy: null } }],
    ['coordinates', '东经110°24′0″ 北纬21°12′', { position: { longitude: 110.4, latitude: 21.2 } }],
    ['principal', '张 三（13800000000）', { principal: { name: '张三', phone: '13800000000' } }],
    ['principalPhone', 13800000000, { principal: { name: null, phone: '13800000000' } }],
    [
      'manager',
      '李四、王五 139-0000-0000',
      {
        managers: [
          { name: '李四', phone: null },
          { name: '王五', phone: '13900000000' },
        ],
      },
    ],
  ])('of %s, %j, is read as it is meant', ([field, cell, values], { expect }) => {
    expect(reading(field, cell)).toMatchObject({ errors: {}, values })
  })

  it.for<[Field, unknown, RegExp]>([
    ['staff', '十来人', /只填人数/],
    ['staff', '-5', /只填人数/],
    ['staff', '2000000', /0 至 1000000/],
    ['floorArea', '大概100多', /平方米/],
    ['creditCode', codeOf(1).slice(0, 17), /18 位，现有 17 位/],
    ['creditCode', '9.24408E+17', /科学计数/],
    ['kind', '连锁', /没有“连锁”这个类别，可填：企业、个体工商户/],
    ['sectors', '消防、餐饮业', /没有“餐饮业”这个行业领域/],
    ['crowded', '看情况', /“是”或“否”/],
    ['since', '2024-02-30', /没有读出日期/],
    ['since', '2024年5月', /没有读出日期/],
    ['since', '2027-01-01', /今天之后/],
    ['community', '不存在社区', /没有社区“不存在社区”/],
    ['grid', '第一网格', /有 2 个网格叫/],
    ['grid', '第九网格', /没有网格/],
    ['coordinates', '110.4', /经度,纬度/],
    ['longitude', '21.2', /73 至 136/],
    ['principalPhone', '1380000', /手机号/],
    ['principalPhone', '13800000000/13900000000', /留一个/],
    ['managerPhone', '13800000000', /^$/],
  ])('of %s, %j, is refused beside it in words', ([field, cell, words], { expect }) => {
    const { errors, values } = reading(field, cell)
    if (field === 'managerPhone') expect(errors.manager).toMatch('姓名')
    else expect(errors[field]).toMatch(words)
    expect(Object.keys(values)).toEqual(['name'])
  })

  it.for(['', ' ', '-', '——', '/', '无', '不详', 'N/A', null, undefined, '\u200b'])(
    'that holds %j says nothing',
    (cell, { expect }) => {
      for (const field of ['creditCode', 'kind', 'staff', 'floorArea', 'community', 'since', 'principal'] as const)
        expect(reading(field, cell)).toMatchObject({ errors: {}, values: {} })
    },
  )

  it('of a masked telephone says nothing, since the star stands for digits', ({ expect }) => {
    expect(reading('principalPhone', '138****0000').values).toEqual({ name: '示例店' })
  })

  it('never makes the reader stumble, whatever it holds', { timeout: 60_000 }, ({ expect }) => {
    const cells = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.double(),
      fc.boolean(),
      fc.constantFrom(null, undefined, {}, [], NaN, '=1+1', '\u0000', '\ud800'),
      fc.constantFrom(...Object.values(vocabularies).flatMap((words) => Object.values(words))),
    )
    const labels = Object.values(columns).map(({ label }) => label)
    fc.assert(
      fc.property(fc.array(cells, { minLength: labels.length, maxLength: labels.length }), (all) => {
        const header = findHeader([labels, all], noMapping)
        if (!header) throw new Error('no header')
        const below = linesBelow([labels, all], header, placed(header.headings, noMapping), {})
        if ('wrong' in below) return
        const rows = below.lines.map(rowReader(known, {}))
        const verdicts = judge(rows, registerOf([]), new Map())
        for (const [at, verdict] of verdicts.entries()) {
          const written = rows[at] && lineToWrite(rows[at], verdict, undefined, { id: held(1).id, today })
          if (written) expect(v.safeParse(ImportChunk, { lines: [written] }).success).toBe(true)
        }
      }),
      { numRuns: runs(20_000, 60) },
    )
  })

  it('of a day is that day in every spelling, and the serial number that tables keep it as', ({ expect }) => {
    fc.assert(
      fc.property(fc.integer({ min: 15_000, max: 60_000 }), (serial) => {
        const day = dayIn(String(serial))
        const [year = '', month = '', date = ''] = (day ?? '').split('-')
        expect(new Date(Date.UTC(1899, 11, 30 + serial)).toISOString().slice(0, 10)).toBe(day)
        for (const written of [
          `${year}/${Number(month)}/${Number(date)}`,
          `${year}年${Number(month)}月${Number(date)}日`,
          `${year}${month}${date}`,
          `${year}.${month}.${date} 12:00`,
        ])
          expect(dayIn(written)).toBe(day)
      }),
    )
  })
})

describe('the lines of a file', () => {
  it('are the filled ones, without sums, signatures and the header once more', ({ expect }) => {
    const rows = read([
      head,
      row('甲店', null, '一路'),
      [],
      head,
      row('乙店', null, '二路'),
      ['合计', '2 家'],
      ['填表人：', '某某'],
    ])
    expect(rows.map(({ line, values }) => [line, values.name])).toEqual([
      [2, '甲店'],
      [5, '乙店'],
    ])
  })

  it('are bounded, and there is at least one', ({ expect }) => {
    const many = Array.from({ length: mostRows + 1 }, (_, at) => row(`店${at}`, null, '路'))
    expect(() => read([head, ...many])).toThrow('最多导入 5000 家')
    expect(() => read([head, [], ['合计']])).toThrow('没有单位')
  })
})

describe('a file beside what the street has', () => {
  it('is new, the same, or differs field by field', ({ expect }) => {
    const verdicts = judged(
      [
        [...head, '负责人', '电话'],
        [...row('示例 1 店', codeOf(1), '示例路1号'), '张三', '13800000000'],
        [...row('示例2店（新名）', codeOf(2), '示例路2号'), null, null],
        [...row('全新店', codeOf(9), '示例路9号'), null, null],
      ],
      [held(1, { principal: person('张三', '13800000000') }), held(2)],
    )
    expect(verdicts.map(({ kind, differences }) => [kind, differences])).toEqual([
      ['same', []],
      ['changed', ['name']],
      ['new', []],
    ])
  })

  it('knows a unit without a code by name and address, however wide their signs are', ({ expect }) => {
    const [same, coded] = judged(
      [head, row('示例１店', null, '示例路 １ 号'), row('示例2店', codeOf(5), '示例路2号')],
      [held(1), held(2, { creditCode: null })],
    )
    expect(same).toMatchObject({ kind: 'same', target: { id: held(1).id } })
    expect(coded).toMatchObject({ kind: 'changed', differences: ['creditCode'] })
  })

  it('asks where several could be meant, or the same shop stands under another code', ({ expect }) => {
    const all = [held(1), held(2, { name: '示例1店', address: '示例路1号', creditCode: null }), held(3)]
    const sheet = [head, row('示例1店', null, '示例路1号'), row('示例3店', codeOf(7), '示例路3号')]
    expect(judged(sheet, all).map(({ kind, candidates }) => [kind, candidates.length])).toEqual([
      ['ambiguous', 2],
      ['ambiguous', 1],
    ])
    const choices = new Map<number, Choice>([
      [2, { target: held(2).id }],
      [3, { target: 'new' }],
    ])
    expect(judged(sheet, all, choices).map(({ kind }) => kind)).toEqual(['same', 'new'])
    expect(judged(sheet, all, new Map([[2, { leave: true }]]))[0]?.kind).toBe('left')
  })

  it('shows a line that is there twice, by code, by name and address, or by the unit it is', ({ expect }) => {
    const verdicts = judged(
      [
        head,
        row('甲店', codeOf(1), '一路'),
        row('乙店', codeOf(1), '二路'),
        row('丙店', null, '三路'),
        row('丙 店', null, '三路'),
        row('示例5店', codeOf(5), '新路'),
        row('示例5店', null, '示例路5号'),
      ],
      [held(5)],
    )
    expect(verdicts.map(({ errors }) => errors)).toEqual([
      {},
      { creditCode: '与第 2 行的统一社会信用代码相同，请改正或跳过一行' },
      {},
      { name: '与第 4 行的名称和地址相同，请改正或跳过一行' },
      {},
      { name: '与第 6 行是系统中的同一家单位“示例5店”' },
    ])
  })

  it('says what a new unit lacks, and takes its kind from the code where the file has none', ({ expect }) => {
    const sheet = [
      ['单位名称', '信用代码', '电话'],
      ['甲店', codeOf(1), '13800000000'],
    ]
    expect(judged(sheet, [])[0]?.errors).toEqual({
      sectors: '新单位请填写行业领域',
      community: '新单位请填写社区',
      address: '新单位请填写地址',
      principal: '有电话，请同时填写负责人姓名',
    })
    // The same file changes nothing but the number of one that is there.
    const there = held(1, { name: '甲店', principal: person('张三', null) })
    expect(judged(sheet, [there])).toMatchObject([{ kind: 'changed', differences: ['principal'], errors: {} }])
  })

  it('never takes away what it does not say', ({ expect }) => {
    const there = held(1, {
      staff: 12,
      highRisk: '粉尘',
      managers: [person('李四', '13900000000')],
      colour: 'red',
    })
    expect(judged([head, row('示例1店', codeOf(1), '示例路1号')], [there])).toMatchObject([{ kind: 'same' }])
  })
})

const letters = fc.constantFrom(...'店坊铺行示例甲乙丙一二=+-@＝\'"，,（）()AZ09·&'.split(''))
const name = fc.array(letters, { minLength: 1, maxLength: 12 }).map((all) => `${all.join('')}店`)
const phone = fc.option(fc.integer({ min: 0, max: 99_999_999 }).map((n) => `139${String(n).padStart(8, '0')}`))
const contact = fc.record({ name: fc.constantFrom('张三', '李四', '欧阳某某', 'Ahmed'), phone })
const key = <K extends string>(words: Record<K, unknown>) => fc.constantFrom(...(Object.keys(words) as K[]))
const unit: fc.Arbitrary<Held> = fc
  .record({
    n: fc.nat(9_999_999),
    coded: fc.boolean(),
    name,
    address: name,
    kind: key(vocabularies.kind),
    keyPlace: fc.option(key(vocabularies.keyPlace)),
    sectors: fc.uniqueArray(key(vocabularies.sectors), { minLength: 1, maxLength: 6 }),
    highRisk: fc.option(fc.constantFrom('粉尘涉爆', '=涉氨', '有限空间', bareHighRisk)),
    crowded: fc.boolean(),
    size: fc.option(key(vocabularies.size)),
    staff: fc.option(fc.nat(1_000_000)),
    floorArea: fc.option(fc.nat(10_000_000)),
    grid: fc.constantFrom(...known.grids),
    position: fc.option(
      fc.record({
        latitude: fc.integer({ min: 3_000_000, max: 54_000_000 }).map((n) => n / 1e6),
        longitude: fc.integer({ min: 73_000_000, max: 136_000_000 }).map((n) => n / 1e6),
        source: fc.constant('file' as const),
        accuracy: fc.constant(null),
      }),
    ),
    principal: fc.option(contact),
    managers: fc.uniqueArray(contact, { maxLength: 4, selector: ({ name }) => name }),
    colour: fc.option(key(vocabularies.colour)),
    standing: key(vocabularies.standing),
  })
  .map(({ n, coded, grid, principal, managers, ...rest }) => {
    const masked = (one: { name: string; phone: string | null }) => person(one.name, one.phone)
    return held(n, {
      ...rest,
      creditCode: coded ? codeOf(n) : null,
      communityId: grid.communityId,
      gridId: grid.id,
      principal: principal && masked(principal),
      managers: managers.map(masked),
    })
  })
const units = fc.uniqueArray(unit, {
  minLength: 1,
  maxLength: 12,
  comparator: (a, b) => a.id === b.id || identityOf({ ...spot(a) }) === identityOf({ ...spot(b) }),
})
const spot = ({ name, address }: Held) => ({ name, address })

describe('what is exported', () => {
  it('is read back as the same units, with nothing to change', ({ expect }) => {
    fc.assert(
      fc.property(units, (all) => {
        const sheet = tableOf(all, places, allColumns)
        expect(judged(sheet, all)).toMatchObject(all.map(({ id }) => ({ kind: 'same', target: { id } })))
      }),
      { numRuns: runs(4000, 200) },
    )
  })

  it('makes the same units where there were none', ({ expect }) => {
    fc.assert(
      fc.property(units, (all) => {
        const rows = read(tableOf(all, places, allColumns))
        const verdicts = judge(rows, registerOf([]), new Map())
        const lines = rows.map((row, at) =>
          lineToWrite(row, verdicts[at] as never, undefined, { id: held(at).id, today }),
        )
        for (const [at, line] of lines.entries()) {
          const was = all[at]
          if (line?.kind !== 'new' || !was) throw new Error('not new')
          expect(v.safeParse(ImportChunk, { lines: [line] }).issues).toBeUndefined()
          // Masked numbers are not taken for numbers.
          const bare = (one: { name: string } | null) => one && { name: one.name, phone: null }
          const { id, version, activeSince, ...fields } = was
          expect(line.unit).toMatchObject({
            ...fields,
            activeSince,
            sectors: fields.sectors,
            principal: bare(was.principal),
            managers: was.managers.map((manager) => bare(manager)),
          })
        }
      }),
      { numRuns: runs(2000, 100) },
    )
  })

  it('holds no text that a spreadsheet would execute, and every text comes back', ({ expect }) => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc
        .tuple(
          fc.constantFrom('', ' ', '\u00a0', "'", "''"),
          fc.constantFrom(...'=+-@\t\r\n\0＝＋－＠'.split('')),
          fc.string(),
        )
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(hostile, (text) => {
        expect(guarded(text)).not.toMatch(/^[\s\u00a0]*[=+\-@\t\r\n\0＝＋－＠]/)
        expect(unguarded(guarded(text))).toBe(text)
      }),
      { numRuns: runs(20_000) },
    )
  })

  it('follows the street’s own headings in their order', ({ expect }) => {
    const kept: Mapping = { ...noMapping, headings: { 村居: 'community', 序号: null, 门头: 'name' } }
    const sheet = tableOf([held(1)], places, columnsOf(kept))
    expect(sheet).toEqual([
      ['村居', '门头'],
      ['明哲社区', '示例1店'],
    ])
    expect(columnsOf(noMapping)).toBe(allColumns)
  })
})

describe('what is written', () => {
  const lines = (sheet: readonly (readonly unknown[])[], all: readonly Held[], choices = new Map<number, Choice>()) => {
    const rows = read(sheet)
    return judge(rows, registerOf(all), choices).flatMap((verdict, at): ImportLine[] => {
      const row = rows[at]
      const line = row && lineToWrite(row, verdict, choices.get(row.line), { id: held(90 + at).id, today })
      return line ? [line] : []
    })
  }

  it('is what is new, and of what differs only what was not kept', ({ expect }) => {
    const sheet = [
      [...head, '人数', '负责人'],
      [...row('示例1店', codeOf(1), '新路1号'), 9, '王五'],
      [...row('示例2店', codeOf(2), '示例路2号'), null, null],
      [...row('新店', null, '新路3号'), 3, null],
    ]
    expect(lines(sheet, [held(1), held(2)], new Map([[2, { keep: ['address'] }]]))).toMatchObject([
      { kind: 'change', line: 2, version: 3, changes: { staff: 9, principal: { name: '王五', phone: null } } },
      {
        kind: 'new',
        line: 4,
        unit: { name: '新店', staff: 3, kind: 'individual', activeSince: today, standing: 'active' },
      },
    ])
    expect(lines(sheet, [held(1), held(2)], new Map([[2, { keep: changeable }]]))).toHaveLength(1)
  })

  it('goes in requests of so many lines at most, each line in one of them', ({ expect }) => {
    fc.assert(
      fc.property(fc.nat(900), (count) => {
        const [line] = lines([head, row('新店', null, '新路3号')], [])
        if (!line) throw new Error('no line')
        const all = Array.from({ length: count }, (_, at) => ({ ...line, line: at + 2 }))
        const chunks = chunksOf(all)
        expect(chunks.flatMap(({ lines }) => lines)).toEqual(all)
        expect(chunks.every(({ lines }) => lines.length > 0 && lines.length <= mostInChunk)).toBe(true)
      }),
      { numRuns: 20 },
    )
  })
})
