import * as sheets from '@e965/xlsx'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { describe, it } from 'vitest'
import { guarded, unguarded } from '@app/shared/sheet'
import { csvOf } from '../../web/src/ui/desk/csv'
import { tableBytes } from '../../web/src/ui/desk/excel'

/** Texts that somebody may have given a unit for its name, and what they would do. */
const hostile = [
  '=1+1',
  '=HYPERLINK("http://example.invalid","点这里")',
  "=cmd|'/c calc'!A0",
  '+86 759 1234567',
  '-2+3',
  '@SUM(A1:A9)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(A1)',
  ' =1+1',
  '\u00a0=1+1',
  "'=1+1",
  '"=1+1',
  '示例店,"=1+1"',
  '=DDE("cmd";"/c calc";"")',
  '{=1+1}',
]
/** What does not start a formula, and must stay as it is. */
const plain = ['示例店', '2-3 楼', '0759-1234567', '00123', '3.14', 'A=B', '1e5', '2026-11-29']
const rows = [...hostile, ...plain].map((text, at) => [guarded(text), at - 3] as const)

describe('A14: a table that was exported', () => {
  it(
    'opens in LibreOffice without a formula, says what it said, and keeps its numbers',
    { timeout: 120_000 },
    async (context) => {
      const { expect } = context
      const opened = await openedByOffice({
        'table.xlsx': await tableBytes(
          [
            { header: '单位名称', width: 20 },
            { header: '人数', width: 8 },
          ],
          [['单位名称', '人数'], ...rows],
          '单位',
        ),
        'list.csv': new TextEncoder().encode(`\ufeff${csvOf([['单位名称', '人数'], ...rows])}`),
      })
      if (!opened) return context.skip('LibreOffice is not installed here')
      for (const [name, bytes] of Object.entries(opened)) {
        const book = sheets.read(bytes)
        const cells = Object.values(book.Sheets[book.SheetNames[0] ?? ''] ?? {}) as sheets.CellObject[]
        expect(
          cells.filter((cell) => cell.f !== undefined),
          name,
        ).toEqual([])
        const read = sheets.utils.sheet_to_json<(string | number)[]>(book.Sheets[book.SheetNames[0] ?? ''] ?? {}, {
          header: 1,
          raw: true,
          blankrows: true,
        })
        expect(
          read.slice(1).map(([, number]) => number),
          name,
        ).toEqual(rows.map(([, number]) => number))
        // Without a window LibreOffice reads no CSV as UTF-8; what it takes for a formula it takes for one all the same.
        if (name === 'list.csv') continue
        const asSaid = (text: string) => text.replaceAll(/[\t\r\n]/g, ' ').trim()
        const texts = read.slice(1).map(([text]) => asSaid(unguarded(String(text))))
        expect(texts).toEqual([...hostile, ...plain].map(asSaid))
      }
    },
  )
})

/** Files as LibreOffice makes workbooks of them, its rules for what is a formula applied; null where there is none. */
async function openedByOffice<K extends string>(files: Record<K, Uint8Array>): Promise<Record<K, Buffer> | null> {
  const folder = mkdtempSync(path.join(tmpdir(), 'zhiben-office-'))
  try {
    const saved = path.join(folder, 'saved')
    mkdirSync(saved)
    const names = Object.keys(files) as K[]
    for (const name of names) writeFileSync(path.join(folder, name), files[name])
    await promisify(execFile)(
      process.env['SOFFICE'] ?? 'soffice',
      [
        `-env:UserInstallation=file://${folder}/profile`,
        '--headless',
        '--convert-to',
        'xlsx',
        '--outdir',
        saved,
        ...names.map((name) => path.join(folder, name)),
      ],
      { timeout: 110_000 },
    )
    const opened = names.map((name) => [name, readFileSync(path.join(saved, name.replace(/\.\w+$/, '.xlsx')))])
    // Safe: made of the same names.
    return Object.fromEntries(opened) as Record<K, Buffer>
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
