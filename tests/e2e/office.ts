import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * A workbook as LibreOffice writes it once it was opened and saved there: its own styles, shared strings and parts.
 * Where there is no LibreOffice the workbook comes back as it was, and the story says so.
 */
export async function savedByOffice(workbook: Buffer): Promise<Buffer> {
  const office = process.env['SOFFICE'] ?? 'soffice'
  const folder = mkdtempSync(path.join(tmpdir(), 'zhiben-office-'))
  try {
    const given = path.join(folder, 'table.xlsx')
    const saved = path.join(folder, 'saved')
    mkdirSync(saved)
    writeFileSync(given, workbook)
    const profile = `-env:UserInstallation=file://${folder}/profile`
    await run(office, [profile, '--headless', '--convert-to', 'xlsx', '--outdir', saved, given], { timeout: 120_000 })
    return readFileSync(path.join(saved, 'table.xlsx'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    console.warn('没有找到 LibreOffice，这个故事用未经它保存的表格。')
    return workbook
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
