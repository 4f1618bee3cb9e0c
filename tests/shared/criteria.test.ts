import * as v from 'valibot'
import { describe, it } from 'vitest'
import { carried, national } from '@app/shared/criteria/national/catalogue'
import {
  cardOf,
  catalogueOf,
  citationOf,
  cited,
  type Found,
  inForceOn,
  ownIdsOf,
  ownRefOf,
  search,
  standingOf,
  warningsOf,
  withOwn,
} from '@app/shared/criteria/rules'
import { CriterionRef, type CriterionWords, Document, NewCriterion, type OwnVersion } from '@app/shared/criteria/schema'
import type { OwnCriterionId } from '@app/shared/ids'
import type { Day } from '@app/shared/time'

const rows = carried.flatMap((document) => document.rows.map((row) => ({ document: document.standard.id, row })))
const majors = carried.filter(({ standard }) => standard.kind === 'major')
const today = '2026-10-08' as Day
const found = (id: string, version = 1) => {
  const one = cited(national, { id, version })
  if (!one) throw new Error(`${id} is not carried`)
  return one
}
const warned = (id: string, on: Day = today) => warningsOf(national, found(id), on)

describe('the criteria carried', () => {
  it('are well formed, each row under an id of its own', ({ expect }) => {
    for (const document of carried) {
      const parsed = v.safeParse(Document, document)
      expect(parsed.issues, document.standard.id).toBeUndefined()
      // What the schema would change must not be in the data: an id's words are compared as they stand.
      expect(parsed.output).toEqual(document)
    }
    const ids = rows.map(({ document, row }) => `${document}/${row.at}`)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    for (const id of ids) expect(v.is(CriterionRef, { id, version: 1 }), id).toBe(true)
  })

  it('are as many as were collected, and as many of each standard', ({ expect }) => {
    expect(Object.fromEntries(majors.map(({ standard, rows: of }) => [standard.id, of.length]))).toEqual({
      'MEM-ORDER-10-2023': 39,
      'GB-45067-2024': 32,
      'AQ-3067-2026': 53,
      'SAWS-SG3-2017-121-CHEM': 20,
      'SAWS-SG3-2017-121-FIREWORKS': 0,
      'MOHURD-GAS-2023': 21,
      'MOHURD-CONSTRUCTION-2024-5': 5,
      'MOT-ROAD-2023': 5,
      'MOT-HIGHWAY-OPERATION-2023-59': 3,
      'MARA-FISHING-2022-11': 8,
      'GB-35181-2025': 0,
      'GB-35181-2017': 10,
    })
    const all = majors.flatMap((document) => document.rows)
    expect(all).toHaveLength(196)
    // 112 were read in some source, 60 of them with the issuing organ's own address.
    const count = (seen: string) => all.filter((row) => row.seen === seen).length
    expect([count('official'), count('reprint'), count('unseen')]).toEqual([60, 52, 84])
  })

  it('name as their successor a document that is carried, and that begins on that day', ({ expect }) => {
    const superseded = carried.filter(({ standard }) => standard.supersededBy !== null)
    expect(superseded.map(({ standard }) => standard.id)).toEqual(['SAWS-SG3-2017-121-CHEM', 'GB-35181-2017'])
    for (const { standard } of superseded) {
      expect(national.standards.get(standard.supersededBy?.id ?? '')?.since).toBe(standard.supersededBy?.from)
    }
  })

  it('give the address of no mirror, and call verified only what has the issuing organ’s own', ({ expect }) => {
    const addresses = carried.flatMap(({ standard }) => standard.address ?? [])
    expect(addresses.map((address) => new URL(address).host)).toEqual([
      'www.mem.gov.cn',
      'openstd.samr.gov.cn',
      'www.mem.gov.cn',
    ])
    for (const { standard, rows: of } of carried)
      if (standard.address === null)
        expect(
          of.filter(({ seen }) => seen === 'official'),
          standard.id,
        ).toEqual([])
  })

  it('say of every row that is not verified that it is not', ({ expect }) => {
    for (const { document, row } of rows) {
      const said = warned(`${document}/${row.at}`).join('\n')
      const says = row.seen === 'official' ? '' : row.seen === 'reprint' ? '待核实：' : '未核实：'
      expect(said.includes('核实：'), `${document}/${row.at}`).toBe(row.seen !== 'official')
      expect(said).toContain(says)
    }
  })
})

describe('a row of the catalogue', () => {
  it('is cited by document, number and article', ({ expect }) => {
    expect(citationOf(found('MEM-ORDER-10-2023/13-2'))).toBe(
      '《工贸企业重大事故隐患判定标准》 应急管理部令第10号 第十三条(二)',
    )
    expect(citationOf(found('MPS-ORDER-61/inspection'))).toBe('《公安部令第61号（规章名称待核）》 （条款号未收录）')
    expect(cited(national, { id: 'MEM-ORDER-10-2023/13-2', version: 2 })).toBeNull()
    expect(cited(national, { id: 'MEM-ORDER-10-2023/99', version: 1 })).toBeNull()
  })

  it('says what it is on the day it is shown', ({ expect }) => {
    expect(warned('MEM-ORDER-10-2023/13-2')).toEqual([])
    expect(warned('AQ-3067-2026/5.1.1', '2026-09-29' as Day)[0]).toBe('尚未施行：自 2026-09-30 起施行')
    expect(warned('AQ-3067-2026/5.1.1', '2026-09-30' as Day)[0]).toMatch('未核实')
    expect(warned('GB-35181-2017/6.1')[0]).toBe('已被替代：自 2025-11-01 起由 GB 35181-2025 代替，仅作筛查提示')
    expect(warned('GB-35181-2017/6.1', '2025-10-31' as Day)).toHaveLength(1)
    expect(warned('SAWS-SG3-2017-121-CHEM/1', '2026-09-29' as Day)).toHaveLength(1)
    expect(warned('SAWS-SG3-2017-121-CHEM/1')[0]).toBe(
      'AQ 3067-2026 已自 2026-09-30 起施行，本标准是否废止未获确认，请先对照新标准',
    )
    expect(warned('MOHURD-GAS-2023/6-1')).toContain('条款号待核实')
  })

  it('is in force from its day on, from the year where only that is known, and until its successor is', ({
    expect,
  }) => {
    const standing = (id: string, on: string) => standingOf(found(id).standard, on)
    expect(standing('MEM-ORDER-10-2023/3-1', '2023-05-14')).toBe('upcoming')
    expect(standing('MEM-ORDER-10-2023/3-1', '2023-05-15')).toBe('in-force')
    expect(standing('MOHURD-GAS-2023/9', '2022-12-31')).toBe('upcoming')
    expect(standing('MOHURD-GAS-2023/9', '2023-01-01')).toBe('in-force')
    expect(standing('GB-35181-2017/6.1', '2025-10-31')).toBe('in-force')
    expect(standing('GB-35181-2017/6.1', '2025-11-01')).toBe('superseded')
    // That the older one ended is not confirmed, so both stand.
    expect(standing('SAWS-SG3-2017-121-CHEM/1', today)).toBe('in-force')
    expect(standing('TRAINING-RULES/13', '2000-01-01')).toBe('in-force')
    const ids = inForceOn(national, today).map(({ standard }) => standard.id)
    expect(ids).toContain('AQ-3067-2026')
    expect(ids).not.toContain('GB-35181-2017')
  })

  it('keeps the version it was cited in when it is worded anew', ({ expect }) => {
    const [first] = carried
    if (!first) throw new Error('Nothing is carried')
    const anew = {
      at: '3-2',
      article: '第三条(二)',
      sector: '工贸/通用',
      text: '改写后的概括',
      seen: 'official' as const,
    }
    const later = catalogueOf([{ ...first, rows: [...first.rows, anew] }])
    const before = cited(later, { id: 'MEM-ORDER-10-2023/3-2', version: 1 })
    expect(before?.criterion).toEqual(found('MEM-ORDER-10-2023/3-2').criterion)
    expect(before && warningsOf(later, before, today).slice(1)).toEqual(['此处为第 1 版，现为第 2 版'])
    expect(cited(later, { id: 'MEM-ORDER-10-2023/3-2', version: 2 })?.criterion.text).toBe('改写后的概括')
    const now = search(later, { words: '改写后' }, today)
    expect(now.map(({ criterion }) => criterion.version)).toEqual([2])
    expect(inForceOn(later, today)).toHaveLength(39)
  })
})

describe('a search of the catalogue', () => {
  const ids = (filter: Parameters<typeof search>[1], on: Day = today) =>
    search(national, filter, on).map(({ criterion }) => criterion.id)

  it('finds rows by all their words, whatever their width or case', ({ expect }) => {
    expect(ids({ words: '有限空间 审批' })).toEqual(['MEM-ORDER-10-2023/13-2'])
    expect(ids({ words: 'ＣＮＧ' })).toEqual(['MOHURD-GAS-2023/5-3'])
    expect(ids({ words: 'gb 45067 短接' })).toEqual(['GB-45067-2024/4.6-b'])
    expect(ids({ words: '有限空间 没有这样的词' })).toEqual([])
  })

  it('narrows to a sector, a standard, a kind and how it stands', ({ expect }) => {
    expect(ids({ sector: 'gas' })).toHaveLength(21)
    expect(ids({ standard: 'MARA-FISHING-2022-11' })).toHaveLength(8)
    expect(ids({ kind: 'major' })).toHaveLength(196)
    expect(ids({ standing: 'superseded' })).toHaveLength(10)
    expect(ids({ standing: 'upcoming' }, '2026-09-29' as Day)).toHaveLength(53)
  })

  it('shows the newer of two standards first, and what is superseded last', ({ expect }) => {
    const chemicals = search(national, { sector: 'chemicals' }, today).map(({ standard }) => standard.id)
    expect([...new Set(chemicals)]).toEqual(['AQ-3067-2026', 'SAWS-SG3-2017-121-CHEM'])
    expect(search(national, {}, today).at(-1)?.standard.id).toBe('GB-35181-2017')
  })
})

describe('what a street adds', () => {
  const words: CriterionWords = {
    kind: 'major',
    title: '示例街道试行标准（演示数据）',
    number: null,
    body: '示例街道',
    article: null,
    address: null,
    since: '2026-01-01',
    sector: 'fire',
    text: '楼道内停放电动自行车',
    note: null,
  }
  const id = 'crt_0mf3kexample01' as OwnCriterionId
  const own = (version: number, change: Partial<OwnVersion> = {}): OwnVersion => ({
    id,
    version,
    words,
    verified: false,
    retiredOn: null,
    ...change,
  })

  it('stands beside the national rows, and says that it is the street’s and not verified', ({ expect }) => {
    expect(v.is(NewCriterion, { id, ...words })).toBe(true)
    const both = withOwn(national, [own(1)])
    const [row] = search(both, { words: '楼道内停放' }, today)
    expect(row?.criterion.id).toBe('crt_0mf3kexample01/1')
    expect(row && cardOf(both, row, today)).toMatchObject({ scope: 'street', seen: 'own', standing: 'in-force' })
    expect(warningsOf(both, row as Found, today)).toEqual(['本级增补，未核实'])
    expect(search(both, { scope: 'street', seen: 'own' }, today)).toHaveLength(1)
    expect(search(both, { seen: 'own-verified' }, today)).toHaveLength(0)
    // The catalogue it was added to is as it was.
    expect(search(national, { words: '楼道内停放' }, today)).toEqual([])
    expect(carried.some(({ standard }) => standard.id.startsWith('crt_'))).toBe(false)
  })

  it('is cited as it was worded and titled in each version, some of them there or all', ({ expect }) => {
    const versions = [
      own(1),
      own(2, { words: { ...words, title: '更名后的标准', text: '楼道内充电' }, verified: true }),
    ]
    for (const some of [versions, versions.toReversed()]) {
      const catalogue = withOwn(national, some)
      const first = cited(catalogue, ownRefOf({ id, version: 1 })) as Found
      expect([citationOf(first), first.criterion.text]).toEqual([
        '《示例街道试行标准（演示数据）》 （条款号未收录）',
        words.text,
      ])
      expect(warningsOf(catalogue, first, today)).toEqual(['本级增补，未核实', '此处为第 1 版，现为第 2 版'])
      const second = cited(catalogue, ownRefOf({ id, version: 2 })) as Found
      expect([second.standard.title, warningsOf(catalogue, second, today)]).toEqual([
        '更名后的标准',
        ['本级增补，已核实'],
      ])
      expect(cited(catalogue, ownRefOf({ id, version: 3 }))).toBeNull()
    }
    const newest = withOwn(national, versions.slice(1))
    expect(cited(newest, ownRefOf({ id, version: 1 }))).toBeNull()
    expect(search(newest, { words: '楼道内充电' }, today)).toHaveLength(1)
  })

  it('is retired from a day on in every version', ({ expect }) => {
    const catalogue = withOwn(national, [own(1), own(2, { retiredOn: '2026-10-08' as Day })])
    const first = cited(catalogue, ownRefOf({ id, version: 1 })) as Found
    expect(standingOf(first.standard, '2026-10-07')).toBe('in-force')
    expect(standingOf(first.standard, today)).toBe('retired')
    expect(warningsOf(catalogue, first, today)).toContain('已停用：自 2026-10-08 起不再采用')
    expect(inForceOn(catalogue, today).filter(({ criterion }) => criterion.seen === 'own')).toEqual([])
  })

  it('is found by what it is called in references, the national rows left out', ({ expect }) => {
    expect(ownIdsOf([{ id: 'GB-45067-2024/4.1a', version: 1 }, ownRefOf(own(1)), ownRefOf(own(2))])).toEqual([id])
  })
})
