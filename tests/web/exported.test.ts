import * as sheets from '@e965/xlsx'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { CommunityId, GridId, HazardId } from '@app/shared/ids'
import { executes, guarded, unguarded } from '@app/shared/sheet'
import { csvOfLedger } from '../../web/src/features/hazards/desk/ledger-export'
import { csvOf } from '../../web/src/ui/desk/csv'
import { readBook, tableBytes } from '../../web/src/ui/desk/excel'
import { officeFormulas } from '../shared/office'
import { runs } from '../shared/runs'

// What a spreadsheet does with what the desk exports: CSV of the ledger and the logs, workbooks of units and papers.

/** Texts of every kind, most of which some spreadsheet would execute. */
const hostile = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom('', ' ', '\u00a0', '\ufeff', '\u3000', "'", "''", '  \u00a0'),
        fc.constantFrom(...'=+-@\t\r\n＝＋－＠;,"|'.split('')),
        fc.constantFrom('1+1', "cmd|' /C calc'!A0", 'HYPERLINK("http://a.invalid","x")', 'SUM(1;2)', '演示', ''),
      )
      .map((parts) => parts.join('')),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom('a;=1+1', 'a\t=1+1', 'a,=1+1', '"=1+1"', '甲\r\n=1+1', '示例店') },
)
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }))
const cell = fc.oneof(hostile, number, fc.constant(null))
const table = fc
  .integer({ min: 1, max: 6 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }))
type Table = (string | number | null)[][]

const card: Parameters<typeof csvOfLedger>[0][number] = {
  id: 'haz_00000000000' as HazardId,
  number: '演示〔2026〕1',
  communityId: 'com_000000east' as CommunityId,
  gridId: 'grd_00000east1' as GridId,
  enterpriseId: null,
  place: '',
  category: 'wiring',
  sector: 'fire',
  description: '',
  level: 'ordinary',
  state: 'filed',
  round: 1,
  dueOn: null,
  responsible: null,
  observedAt: 0,
  receivedAt: 0,
  closedAt: null,
  voidAsked: false,
  plea: null,
  cover: null,
}

/** Cells of a CSV text as RFC 4180 tells them apart. */
function cellsOf(csv: string): string[] {
  const cells: string[] = []
  let [cell, within] = ['', false]
  for (let at = 0; at < csv.length; at++) {
    const letter = csv[at] ?? ''
    if (within && letter === '"' && csv[at + 1] === '"') cell += csv[++at]
    else if (letter === '"' && (within || cell === '')) within = !within
    else if (!within && (letter === ',' || letter === '\r' || letter === '\n')) {
      cells.push(cell)
      cell = ''
      if (letter === '\r' && csv[at + 1] === '\n') at++
    } else cell += letter
  }
  return [...cells, cell]
}

/** By another program, sheet by sheet. */
function workbookCells(bytes: Uint8Array): sheets.CellObject[] {
  const book = sheets.read(bytes)
  return Object.values(book.Sheets).flatMap((sheet) =>
    Object.entries(sheet).flatMap(([at, one]) => (at.startsWith('!') ? [] : [one as sheets.CellObject])),
  )
}
const isNumber = (text: string) => /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(text)
const written = (rows: Table, choices?: string[]) =>
  tableBytes(
    (rows[0] ?? []).map(() => ({ header: 'a', width: 9, ...(choices && { choices }) })),
    rows,
    '表',
  )

describe('a CSV text', () => {
  it('has no cell that a spreadsheet executes, and as many cells as were given', ({ expect }) => {
    fc.assert(
      fc.property(table, (rows) => {
        const cells = cellsOf(csvOf(rows))
        expect(cells.length).toBe(rows.length * (rows[0]?.length ?? 0))
        expect(cells.filter((one) => executes(one) && !isNumber(one))).toEqual([])
      }),
      { numRuns: runs(20_000) },
    )
  })

  it('comes back as it was by way of the product’s own import, numbers as numbers', async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        // The reader leaves out lines in which nothing stands, and a heading never is.
        const all: Table = [(rows[0] ?? []).map(() => '表头'), ...rows.map((row) => [...row.slice(0, -1), '末'])]
        const [sheet] = await readBook(new File(['\ufeff', csvOf(all)], '表.csv'))
        const back = sheet?.rows.map((row) => row.map((one) => unguarded(String(one ?? ''))))
        expect(back).toEqual(all.map((row) => row.map((one) => String(one ?? ''))))
      }),
      { numRuns: runs(4000) },
    )
  })

  it('of the ledger says what people wrote, and none of it is executed', ({ expect }) => {
    fc.assert(
      fc.property(hostile, hostile, (place, description) => {
        const csv = csvOfLedger([{ ...card, place, description, responsible: place }], undefined)
        expect(cellsOf(csv).filter(executes)).toEqual([])
      }),
      { numRuns: runs(2000) },
    )
  })
})

describe('a workbook', () => {
  it('has no formula and no text that becomes one, guarded before or not, and its numbers are numbers', async ({
    expect,
  }) => {
    await fc.assert(
      fc.asyncProperty(table, fc.array(hostile, { maxLength: 4 }), fc.boolean(), async (rows, choices, before) => {
        const given = before
          ? rows.map((row) => row.map((one) => (typeof one === 'string' ? guarded(one) : one)))
          : rows
        const bytes = await written(given, choices)
        const cells = workbookCells(bytes)
        expect(cells.filter(({ f }) => f !== undefined)).toEqual([])
        expect(cells.filter(({ t, v }) => t === 's' && executes(String(v)))).toEqual([])
        const numbers = rows.flat().filter((one) => typeof one === 'number')
        expect(cells.filter(({ t }) => t === 'n')).toHaveLength(numbers.length)
      }),
      { numRuns: runs(1000) },
    )
  })

  it('comes back as it was by way of the product’s own import', async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const all: Table = rows.map((row) => [
          '首',
          ...row.map((one) => (typeof one === 'string' ? guarded(one) : one)),
          '末',
        ])
        const [sheet] = await readBook(new File([new Uint8Array(await written(all))], '表.xlsx'))
        const plain = (one: unknown) => (typeof one === 'string' ? unguarded(one) : one === '' ? null : one)
        expect(sheet?.rows.map((row) => row.map((one) => plain(one) || null))).toEqual(
          all.map((row) => row.map((one) => plain(one) || null)),
        )
      }),
      { numRuns: runs(1000) },
    )
  })
})

it('is opened by LibreOffice without a single formula, CSV and workbook', { timeout: 120_000 }, async ({ expect }) => {
  const texts = fc.sample(hostile, { numRuns: 400, seed: 14 })
  const rows: Table = [['表头', '数'], ...texts.map((text, at) => [text, at % 2 ? at : -at / 3])]
  const found = await officeFormulas([
    { name: 'table.csv', bytes: new TextEncoder().encode(`\ufeff${csvOf(rows)}`) },
    { name: 'book.xlsx', bytes: await written(rows) },
  ])
  // Where it is not installed, the other program's eyes must do.
  if (!found) return
  for (const { name, formulas, numbers } of found) {
    expect([name, formulas]).toEqual([name, 0])
    expect([name, numbers]).toEqual([name, texts.length])
  }
})
