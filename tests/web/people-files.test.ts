import { strToU8, zipSync } from 'fflate'
import { writeXlsx } from 'hucre/xlsx'
import { describe, it } from 'vitest'
import type { CommunityId, GridId } from '@app/shared/ids'
import { type Known, readPeople } from '@app/shared/people/import'
import { readSheet } from '../../web/src/ui/desk/excel'

const known: Known = {
  communities: [{ id: 'com_000000east' as CommunityId, name: '东社区' }],
  grids: [{ id: 'grd_00000east1' as GridId, communityId: 'com_000000east' as CommunityId, name: '第一网格' }],
  enterprises: [],
  units: [],
}
const head = ['姓名', '用户名', '岗位', '社区', '网格']
const one = ['张三', 'demo.zhang', '网格员', '东社区', '第一网格']
const xlsx = (rows: (string | number | null)[][], rest: object = {}) =>
  writeXlsx({ sheets: [{ name: '人员', rows, ...rest }] })
const csv = (rows: unknown[][]) => rows.map((row) => row.join(',')).join('\r\n')

/** What the page says of a file of people: how many rows it has and how many of them are fine, or why it is none. */
async function take(name: string, content: string | Uint8Array): Promise<[number, number] | string> {
  try {
    const sheet = await readSheet(new File([typeof content === 'string' ? content : new Uint8Array(content)], name))
    const read = readPeople(sheet, known)
    if ('wrong' in read) return read.wrong
    return [read.rows.length, read.rows.filter(({ entry }) => entry !== null).length]
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** A workbook whose one sheet is this XML. */
const byHand = (sheet: string) =>
  zipSync({
    '[Content_Types].xml': strToU8(
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    ),
    'xl/workbook.xml': strToU8(
      '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    '_rels/.rels': strToU8(
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    ),
    'xl/worksheets/sheet1.xml': strToU8(sheet),
  })
const worksheet = (rows: string[][], before = '') =>
  `${before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows
    .map((row) => `<row>${row.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`)
    .join('')}</sheetData></worksheet>`

type Outcome = readonly [rows: number, fine: number] | RegExp
const cases: [name: string, make: () => string | Uint8Array | Promise<Uint8Array>, comes: Outcome][] = [
  ['plain.xlsx', () => xlsx([head, one]), [1, 1]],
  ['titles-above.xlsx', () => xlsx([['示例街道人员名册'], ['填表：', 45418], head, one]), [1, 1]],
  [
    'merged-titles.xlsx',
    () => xlsx([['名册'], head, one], { merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 4 }] }),
    [1, 1],
  ],
  ['columns-in-another-order.xlsx', () => xlsx([head.toReversed(), one.toReversed()]), [1, 1]],
  ['full-width.csv', () => csv([head, ['张三', 'ｄｅｍｏ．ｚｈａｎｇ', '网格员', '东社区', '第一网格']]), [1, 1]],
  ['bom.csv', () => `\ufeff${csv([head, one])}`, [1, 1]],
  ['csv-called-xlsx.xlsx', () => csv([head, one]), [1, 1]],
  ['xlsx-called-csv.csv', () => xlsx([head, one]), [1, 1]],
  [
    'formulas.csv',
    () => csv([head, ['=HYPERLINK("http://a")', ...one.slice(1)], ['甲', '@SUM(1)', ...one.slice(2)]]),
    [2, 1],
  ],
  ['numbers-for-names.xlsx', () => xlsx([head, [1, 2, 3, 4, 5]]), [1, 0]],
  ['same-person-twice.csv', () => csv([head, one, one]), [2, 1]],
  [
    'same-heading-twice.csv',
    () =>
      csv([
        [...head, '姓名'],
        [...one, '李四'],
      ]),
    /出现了两次/,
  ],
  ['control-characters.csv', () => csv([head, ['张\u0007三', ...one.slice(1)]]), [1, 0]],
  ['a-cell-without-end.csv', () => csv([head, ['张'.repeat(30_000), ...one.slice(1)]]), [1, 0]],
  [
    'a-thousand-columns.csv',
    () => csv([[...head, ...Array.from({ length: 1000 }, (_, at) => `列${at}`)], one]),
    [1, 1],
  ],
  [
    'too-many-people.csv',
    () => csv([head, ...Array.from({ length: 501 }, (_, at) => [`张${at}`, `demo.z${at}`, ...one.slice(2)])]),
    /最多导入 500 人/,
  ],
  ['too-large.csv', () => new Uint8Array(5_000_001), /超过 5 MB/],
  ['header-only.csv', () => csv([head]), /表头下面没有人员/],
  ['no-header.csv', () => csv([one, one]), /没有找到表头/],
  ['empty.csv', () => '', /没有找到表头/],
  ['zeros.csv', () => new Uint8Array(1000), /不是 Excel 或 CSV/],
  ['web-page.xls', () => '<html><table></table></html>', /网页格式/],
  ['picture.xlsx', () => Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), /不是 Excel 或 CSV/],
  ['document.xlsx', () => zipSync({ 'word/document.xml': strToU8('<w/>') }), /另存为 .xlsx/],
  ['only-the-magic-of.xls', () => Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0]), /另存为 .xlsx/],
  ['cut-short.xlsx', async () => (await xlsx([head, one])).slice(0, 900), /另存为 .xlsx/],
  [
    'locked.xlsx',
    () =>
      writeXlsx({ sheets: [{ name: '人员', rows: [head, one] }], encryption: { password: 'demo', spinCount: 1000 } }),
    /取消密码/,
  ],
  [
    'external-entities.xlsx',
    () =>
      byHand(
        worksheet(
          [head, ['&x;&b;', ...one.slice(1)]],
          '<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>',
        ),
      ),
    [1, 1],
  ],
]

describe(`${cases.length} files of people that a street picks`, () => {
  it.for(cases)('%s comes out as it should', async ([name, make, comes], { expect }) => {
    const content = await make()
    const from = performance.now()
    const taken = await take(name, content)
    if (comes instanceof RegExp) expect(taken).toMatch(comes)
    else expect(taken).toEqual(comes)
    expect(JSON.stringify(taken)).not.toContain('root:')
    expect(performance.now() - from).toBeLessThan(10_000)
  })
})
