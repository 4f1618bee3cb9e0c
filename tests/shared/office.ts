import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import * as sheets from '@e965/xlsx'

const run = promisify(execFile)

/**
 * How many formulas, and how many numbers in its second column, LibreOffice finds in each file once it has opened it
 * and saved it as a workbook. Null where it is not installed.
 */
export async function officeFormulas(
  files: readonly { name: string; bytes: Uint8Array }[],
): Promise<{ name: string; formulas: number; numbers: number }[] | null> {
  const office = process.env['SOFFICE'] ?? 'soffice'
  const folder = mkdtempSync(path.join(tmpdir(), 'zhiben-office-'))
  try {
    const saved = path.join(folder, 'saved')
    mkdirSync(saved)
    for (const { name, bytes } of files) writeFileSync(path.join(folder, name), bytes)
    const profile = `-env:UserInstallation=file://${folder}/profile`
    const given = files.map(({ name }) => path.join(folder, name))
    await run(office, [profile, '--headless', '--convert-to', 'xlsx', '--outdir', saved, ...given], {
      timeout: 120_000,
    })
    return files.map(({ name }) => {
      const book = sheets.read(readFileSync(path.join(saved, name.replace(/\.\w+$/, '.xlsx'))))
      const cells = Object.values(book.Sheets).flatMap((sheet) =>
        Object.entries(sheet).flatMap(([at, cell]) =>
          at.startsWith('!') ? [] : [[at, cell as sheets.CellObject] as const],
        ),
      )
      return {
        name,
        formulas: cells.filter(([, { f }]) => f !== undefined).length,
        numbers: cells.filter(([at, { t }]) => /^B\d/.test(at) && t === 'n').length,
      }
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    console.warn('没有找到 LibreOffice，没有用它打开导出的表格。')
    return null
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
