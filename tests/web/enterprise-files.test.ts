import * as sheets from '@e965/xlsx'
import { strToU8, zipSync } from 'fflate'
import { writeXlsx } from 'hucre/xlsx'
import { describe, it } from 'vitest'
import { findHeader, linesBelow, noMapping, placed } from '@app/shared/enterprises/columns'
import { type Known, type Row, rowReader } from '@app/shared/enterprises/import'
import { judge, registerOf, type Verdict } from '@app/shared/enterprises/matching'
import type { CommunityId, GridId } from '@app/shared/ids'
import type { Day } from '@app/shared/time'
import { readBook, type Sheet, tableBytes } from '../../web/src/ui/desk/excel'

const known: Known = {
  communities: [{ id: 'com_000000east' as CommunityId, name: '东社区' }],
  grids: [{ id: 'grd_00000east1' as GridId, communityId: 'com_000000east' as CommunityId, name: '第一网格' }],
  today: '2026-11-28' as Day,
}
const head = ['单位名称', '类别', '行业领域', '社区', '地址', '开业日期']
const shop = ['示例店', '个体工商户', '消防安全', '东社区', '示例路1号', '2024/5/6']
const table = [head, shop]
const bounds = { bytes: 10_000_000, rows: 5100 }

type Content = string | Uint8Array
const fileOf = (name: string, content: Content) =>
  new File([typeof content === 'string' ? content : new Uint8Array(content)], name)

/** What the page makes of a file: the lines of its likeliest sheet, or why there are none. */
async function take(name: string, content: Content): Promise<{ rows: Row[]; verdicts: Verdict[]; sheet: Sheet }> {
  const all = await readBook(fileOf(name, content), bounds)
  const found = all.flatMap((sheet) => {
    const header = findHeader(sheet.rows, noMapping)
    return header ? [{ sheet, header }] : []
  })
  const [first] = found
  if (!first) throw new Error('没有找到表头')
  const fields = placed(first.header.headings, noMapping)
  const below = linesBelow(first.sheet.rows, first.header, fields, {})
  if ('wrong' in below) throw new Error(below.wrong)
  const rows = below.lines.map(rowReader(known, {}))
  return { rows, verdicts: judge(rows, registerOf([]), new Map()), sheet: first.sheet }
}

type Grid = (string | number | boolean | Date | null)[][]
const xlsx = (rows: Grid, rest: object = {}) => writeXlsx({ sheets: [{ name: '台账', rows, ...rest }] })
/** By the other library, so that no file is read by who wrote it only. */
function other(bookType: sheets.BookType, cells: sheets.WorkSheet): Uint8Array {
  const book = sheets.utils.book_new()
  sheets.utils.book_append_sheet(book, cells, '台账')
  return new Uint8Array(sheets.write(book, { type: 'array', bookType }) as ArrayBuffer)
}
const csv = (rows: unknown[][], between = ',') => rows.map((row) => row.join(between)).join('\r\n')
const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (byte) => parseInt(byte, 16))
// 单位名称,地址 / 示例店,示例路1号 in GB 18030.
const gb18030 = 'b5a5cebbc3fbb3c62cb5d8d6b70d0acabec0fdb5ea2ccabec0fdc2b731bac50d0a'

/** A workbook of one sheet made by hand: what its parts hold is up to the test. */
function byHand(sheetXml: string, parts: Record<string, string> = {}): Uint8Array {
  const entry = (text: string) => strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${text}`)
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  return zipSync({
    '[Content_Types].xml': entry(
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    ),
    '_rels/.rels': entry(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': entry(
      `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relations}"><sheets><sheet name="台账" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': entry(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': strToU8(sheetXml),
    ...Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])),
  })
}
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const inline = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`
const rowXml = (number: number, cells: readonly string[]) =>
  `<row r="${number}">${cells.map((text, at) => inline(`${'ABCDEFGH'[at] ?? 'A'}${number}`, text)).join('')}</row>`
const sheetXml = (rows: string, after = '') => `<worksheet ${main}><sheetData>${rows}</sheetData>${after}</worksheet>`
const handMade = rowXml(1, head) + rowXml(2, shop)

/** Changes what the list at the end of a zip says of its largest file, and what stands before that file. */
function lying(zip: Uint8Array, size: number): Uint8Array {
  const copy = Uint8Array.from(zip)
  const view = new DataView(copy.buffer)
  let largest = 0
  let at = -1
  for (let place = 0; place + 46 < copy.length; place++) {
    if (view.getUint32(place, true) !== 0x02014b50) continue
    if (view.getUint32(place + 24, true) > largest) [largest, at] = [view.getUint32(place + 24, true), place]
  }
  view.setUint32(at + 24, size, true)
  view.setUint32(view.getUint32(at + 42, true) + 22, size, true)
  return copy
}

interface Case {
  readonly name: string
  readonly make: () => Content | Promise<Content>
  /** Units that are read and how many of them are fine, or the words it is refused in. */
  readonly comes: readonly [units: number, fine: number] | RegExp
  readonly also?: (taken: Awaited<ReturnType<typeof take>>) => unknown
  readonly is?: unknown
}

const cases: readonly Case[] = [
  { name: 'plain.xlsx', make: () => xlsx(table), comes: [1, 1] },
  {
    name: 'titles-and-notes-above.xlsx',
    make: () =>
      xlsx([['示例街道台账'], ['填表日期', 45418], [null], ...table], {
        merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 5 }],
      }),
    comes: [1, 1],
  },
  {
    name: 'two-rows-of-header.xlsx',
    make: () =>
      xlsx(
        [
          ['单位名称', '主要负责人', null, '地址'],
          [null, '姓名', '电话', null],
          ['示例店', '张三', 13800000000, '示例路1号'],
        ],
        {
          merges: [
            { startRow: 0, startCol: 0, endRow: 1, endCol: 0 },
            { startRow: 0, startCol: 1, endRow: 0, endCol: 2 },
            { startRow: 0, startCol: 3, endRow: 1, endCol: 3 },
          ],
        },
      ),
    comes: [1, 0],
    also: ({ rows }) => rows[0]?.values.principal,
    is: { name: '张三', phone: '13800000000' },
  },
  {
    name: 'community-merged-over-rows.xlsx',
    make: () =>
      xlsx(
        [
          head,
          shop,
          ['乙店', '企业', '燃气', null, '示例路2号', null],
          ['丙店', '企业', '燃气', null, '示例路3号', null],
        ],
        {
          merges: [{ startRow: 1, startCol: 3, endRow: 3, endCol: 3 }],
        },
      ),
    comes: [3, 3],
  },
  {
    name: 'dates-as-serials.xlsx',
    make: () =>
      xlsx([head, [...shop.slice(0, 5), 45418], ['乙店', ...shop.slice(1, 5), new Date(Date.UTC(2024, 4, 6))]]),
    comes: [2, 2],
    also: ({ rows }) => rows.map(({ values }) => values.since),
    is: ['2024-05-06', '2024-05-06'],
  },
  {
    name: 'dates-of-1904.xlsx',
    make: () =>
      writeXlsx({
        dateSystem: '1904',
        sheets: [{ name: '台账', rows: [head, [...shop.slice(0, 5), new Date(Date.UTC(2024, 4, 6))]] }],
      }),
    comes: [1, 1],
    also: ({ rows }) => rows[0]?.values.since,
    is: '2024-05-06',
  },
  {
    name: 'full-width-digits.xlsx',
    make: () =>
      xlsx([
        [...head, '人数'],
        [...shop.slice(0, 5), '２０２４／５／６', '３５人'],
      ]),
    comes: [1, 1],
    also: ({ rows }) => [rows[0]?.values.since, rows[0]?.values.staff],
    is: ['2024-05-06', 35],
  },
  {
    name: 'same-unit-twice.xlsx',
    make: () => xlsx([...table, shop]),
    comes: [2, 1],
    also: ({ verdicts }) => verdicts[1]?.errors.name,
    is: '与第 2 行的名称和地址相同，请改正或跳过一行',
  },
  {
    name: 'same-heading-twice.xlsx',
    make: () =>
      xlsx([
        [...head, '单位名称', '地址'],
        [...shop, '别的', '别处'],
      ]),
    comes: [1, 1],
    also: ({ rows }) => rows[0]?.values.address,
    is: '示例路1号',
  },
  { name: 'columns-in-another-order.xlsx', make: () => xlsx(table.map((row) => row.toReversed())), comes: [1, 1] },
  {
    name: 'formulas-with-their-values.xlsx',
    make: () => {
      const cells = sheets.utils.aoa_to_sheet(table)
      cells['A2'] = { t: 's', v: '示例店', f: 'CONCATENATE("示例","店")' }
      cells['B2'] = { t: 's', v: '个体工商户', f: '[1]外部!A1' }
      return other('xlsx', cells)
    },
    comes: [1, 1],
  },
  {
    name: 'formulas-that-failed.xlsx',
    make: () => {
      const cells = sheets.utils.aoa_to_sheet(table)
      cells['B2'] = { t: 'e', v: 0x17 }
      return other('xlsx', cells)
    },
    comes: [1, 0],
    also: ({ rows }) => rows[0]?.errors.kind,
    is: '这一格的公式出错（#REF!），请改成内容',
  },
  {
    name: 'formulas-as-text.csv',
    make: () => `\ufeff${csv([head, ['=HYPERLINK("http://a")', ...shop.slice(1)], ['@SUM(1)', ...shop.slice(1)]])}`,
    comes: [2, 2],
    also: async ({ rows }) => {
      const bytes = await tableBytes(
        [{ header: 'a', width: 9 }],
        rows.map(({ cells }) => [`'${cells.name ?? ''}`]),
        '表',
      )
      const book = sheets.read(bytes)
      return [
        book.SheetNames[0],
        Object.values(book.Sheets['表'] ?? {}).some((one: { f?: string }) => one.f !== undefined),
      ]
    },
    is: ['表', false],
  },
  {
    name: 'hidden-rows.xlsx',
    make: () => xlsx([...table, ['乙店', ...shop.slice(1)]], { rowDefs: new Map([[2, { hidden: true }]]) }),
    comes: [2, 2],
    also: ({ sheet }) => sheet.hidden,
    is: 1,
  },
  {
    name: 'hidden-and-other-sheets.xlsx',
    make: () =>
      writeXlsx({
        sheets: [
          { name: '填表说明', rows: [['请勿改动表头'], ['一、每行一家']] },
          { name: '旧', rows: [head, ['旧店', ...shop.slice(1)]], hidden: true },
          { name: '台账', rows: table },
        ],
      }),
    comes: [1, 1],
    also: ({ sheet }) => sheet.name,
    is: '台账',
  },
  { name: 'sums-below.xlsx', make: () => xlsx([...table, ['合计', '1家'], ['填表人：某某']]), comes: [1, 1] },
  { name: 'header-only.xlsx', make: () => xlsx([head]), comes: /表头下面没有单位/ },
  { name: 'no-header.xlsx', make: () => xlsx([shop, shop]), comes: /没有找到表头/ },
  { name: 'empty-sheet.xlsx', make: () => xlsx([]), comes: /没有找到表头/ },
  { name: 'empty.csv', make: () => '', comes: /没有找到表头/ },
  { name: 'xlsx-called-csv.csv', make: () => xlsx(table), comes: [1, 1] },
  { name: 'csv-called-xlsx.xlsx', make: () => csv(table), comes: [1, 1] },
  { name: 'old-format.xls', make: () => other('biff8', sheets.utils.aoa_to_sheet(table)), comes: [1, 1] },
  {
    name: 'old-format-with-dates.xls',
    make: () =>
      other('biff8', sheets.utils.aoa_to_sheet([head, [...shop.slice(0, 5), { t: 'n', v: 45418, z: 'yyyy/m/d' }]])),
    comes: [1, 1],
    also: ({ rows }) => rows[0]?.values.since,
    is: '2024-05-06',
  },
  { name: 'old-format-called-xlsx.xlsx', make: () => other('biff8', sheets.utils.aoa_to_sheet(table)), comes: [1, 1] },
  { name: 'only-the-magic-of.xls', make: () => bytesOf('d0cf11e0a1b11ae1'), comes: /另存为 .xlsx/ },
  {
    name: 'locked.xlsx',
    make: () =>
      writeXlsx({ sheets: [{ name: '台账', rows: table }], encryption: { password: 'demo', spinCount: 1000 } }),
    comes: /取消密码/,
  },
  {
    name: 'locked.xls',
    make: () => {
      const bytes = other('biff8', sheets.utils.aoa_to_sheet(table))
      const at = bytes.findIndex(
        (_, on) => bytes[on] === 9 && bytes[on + 1] === 8 && bytes[on + 2] === 16 && bytes[on + 5] === 6,
      )
      bytes.set([0x2f, 0], at + 20)
      return bytes
    },
    comes: /取消密码/,
  },
  { name: 'csv-in-gb18030.csv', make: () => bytesOf(gb18030), comes: [1, 0] },
  { name: 'csv-with-bom.csv', make: () => `\ufeff${csv(table)}`, comes: [1, 1] },
  {
    name: 'unicode-text.txt',
    make: () => {
      const text = csv(table, '\t')
      const bytes = new Uint8Array(2 + 2 * text.length)
      bytes.set([0xff, 0xfe])
      for (let at = 0; at < text.length; at++)
        new DataView(bytes.buffer).setUint16(2 + 2 * at, text.charCodeAt(at), true)
      return bytes
    },
    comes: [1, 1],
  },
  { name: 'semicolons.csv', make: () => csv(table, ';'), comes: [1, 1] },
  {
    name: 'line-breaks-within-cells.csv',
    make: () => csv([head, ['"示例\n店"', ...shop.slice(1, 2), '"消防\r\n燃气"', ...shop.slice(3)]]),
    comes: [1, 1],
    also: ({ rows }) => [rows[0]?.values.name, rows[0]?.values.sectors],
    is: ['示例店', ['fire', 'gas']],
  },
  { name: 'web-page.xls', make: () => '<html><table><tr><td>单位名称</td></tr></table></html>', comes: /网页格式/ },
  { name: 'xml-of-2003.xls', make: () => '<?xml version="1.0"?><Workbook></Workbook>', comes: /网页格式/ },
  { name: 'picture.xlsx', make: () => bytesOf('89504e470d0a1a0a0000000d49484452'), comes: /不是 Excel 或 CSV/ },
  { name: 'document.xlsx', make: () => zipSync({ 'word/document.xml': strToU8('<w/>') }), comes: /另存为 .xlsx/ },
  { name: 'cut-short.xlsx', make: async () => (await xlsx(table)).slice(0, 900), comes: /另存为 .xlsx/ },
  {
    name: 'bomb-that-says-so.xlsx',
    make: () => lying(byHand(sheetXml(handMade)), 101_000_000),
    comes: /解开后过大/,
  },
  {
    name: 'bomb-that-lies.xlsx',
    make: () => lying(byHand(sheetXml(handMade, `<!--${' '.repeat(3_000_000)}-->`)), 4000),
    comes: /另存为 .xlsx/,
  },
  {
    name: 'bomb-that-says-nothing.xlsx',
    make: () => lying(byHand(sheetXml(handMade, `<!--${' '.repeat(3_000_000)}-->`)), 0),
    comes: /解开后过大/,
  },
  {
    name: 'one-cell-in-the-last-corner.xlsx',
    make: () => byHand(sheetXml(`${handMade}<row r="1048576">${inline('XFD1048576', '角落')}</row>`)),
    comes: [1, 1],
  },
  {
    name: 'hundred-thousand-empty-rows.xlsx',
    make: () =>
      byHand(sheetXml(handMade + Array.from({ length: 100_000 }, (_, at) => `<row r="${at + 3}"/>`).join(''))),
    comes: [1, 1],
  },
  {
    name: 'too-many-units.csv',
    make: () => csv([head, ...Array.from({ length: 5001 }, (_, at) => [`店${at}`, ...shop.slice(1)])]),
    comes: /最多导入 5000 家/,
  },
  {
    name: 'a-million-rows.csv',
    make: () => `${csv(table)}\r\n${',\r\n'.repeat(1_000_000)}`,
    comes: [1, 1],
  },
  {
    name: 'a-million-numbered-rows.xlsx',
    make: () => byHand(sheetXml(`${handMade}${'<row><c><v>1</v></c></row>'.repeat(1_000_000)}`)),
    comes: /最多导入 5000 家/,
  },
  { name: 'too-large.csv', make: () => new Uint8Array(10_000_001), comes: /超过 10 MB/ },
  {
    name: 'merged-a-hundred-thousand-times.xlsx',
    make: () =>
      byHand(
        sheetXml(
          handMade,
          `<mergeCells>${Array.from({ length: 100_000 }, () => '<mergeCell ref="H1:H1048576"/>').join('')}</mergeCells>`,
        ),
      ),
    comes: [1, 1],
  },
  {
    name: 'external-entities.xlsx',
    make: () =>
      byHand(
        `<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>${sheetXml(
          rowXml(1, head) + rowXml(2, ['&x;&b;店', ...shop.slice(1)]),
        )}`,
      ),
    comes: [1, 1],
    also: ({ rows }) => /root:|aaaa/.test(rows[0]?.values.name ?? ''),
    is: false,
  },
  {
    name: 'a-thousand-columns.csv',
    make: () => csv([[...head, ...Array.from({ length: 1000 }, (_, at) => `列${at}`)], shop]),
    comes: [1, 1],
  },
  {
    name: 'control-characters.csv',
    make: () => csv([head, ['示例\u0007店', ...shop.slice(1)], ['示\u2028例店', ...shop.slice(1)]]),
    comes: [2, 1],
    also: ({ rows }) => rows[0]?.errors.name,
    is: '含有无法保存的控制字符，请删除后重试',
  },
  {
    name: 'a-cell-without-end.csv',
    make: () => csv([head, ['店'.repeat(30_000), ...shop.slice(1)]]),
    comes: [1, 0],
    also: ({ rows }) => rows[0]?.errors.name,
    is: '最多 60 个字',
  },
  { name: 'zeros.csv', make: () => new Uint8Array(1000), comes: /不是 Excel 或 CSV/ },
]

describe('a file that a street picks', () => {
  it(`is one of at least 30 odd ones (${cases.length})`, ({ expect }) => {
    expect(cases.length).toBeGreaterThanOrEqual(30)
  })

  it.for(cases.map((one) => [one.name, one] as const))('%s comes out as it should', async ([name, one], { expect }) => {
    const content = await one.make()
    const from = performance.now()
    if (one.comes instanceof RegExp) {
      await expect(take(name, content)).rejects.toThrow(one.comes)
    } else {
      const taken = await take(name, content)
      const fine = taken.verdicts.filter(({ kind }) => kind === 'new').length
      expect([taken.rows.length, fine]).toEqual(one.comes)
      if (one.also) expect(await one.also(taken)).toEqual(one.is)
    }
    expect(performance.now() - from).toBeLessThan(10_000)
  })
})

it('is written so that another program reads the same, and lists what may be chosen', async ({ expect }) => {
  const rows = [
    ['单位名称', '人数'],
    ['示例店', 35],
    ["'=1+1", -2],
  ]
  const bytes = await tableBytes(
    [
      { header: '单位名称', width: 20 },
      { header: '人数', width: 8, choices: ['一', '二'] },
    ],
    rows,
    '单位',
  )
  const book = sheets.read(bytes)
  expect(sheets.utils.sheet_to_json(book.Sheets['单位'] ?? {}, { header: 1 })).toEqual(rows)
  expect(Object.values(book.Sheets['单位'] ?? {}).filter((one: { f?: string }) => one.f)).toEqual([])
  expect(book.Workbook?.Sheets?.map(({ name, Hidden }) => [name, Hidden])).toEqual([
    ['单位', 0],
    ['选项', 1],
  ])
})
