import { executes, guarded } from '@app/shared/sheet'

/** How much of a file is looked at. */
interface Bounds {
  readonly bytes: number
  /** Rows of a sheet; what lies below is not read. */
  readonly rows: number
}
/** A street's people fit a hundred times over. */
const usual: Bounds = { bytes: 5_000_000, rows: 2000 }
/** More columns than any table of people has are not read. */
const mostColumns = 100
const mostSheets = 20
/** What a file may unpack to, its pictures counted; a table of a street is a tenth of that. */
const mostUnpacked = 100_000_000
/** Cells that merged ones may fill, whatever a file says. */
const mostMerged = 500_000

export type Row = readonly (string | number | boolean | null)[]
/** One sheet of a file: days as `2026-01-31`, merged cells filled downwards, as a reader of the table sees them. */
export interface Sheet {
  readonly name: string
  readonly rows: readonly Row[]
  /** So many rows are hidden in the table; they are read like all others. */
  readonly hidden: number
}

const starts = (bytes: Uint8Array, ...magic: number[]) => magic.every((byte, at) => bytes[at] === byte)
const saveAs = '请在 Excel 或 WPS 中打开后“另存为 .xlsx”再导入。'

/** The cells of a file's first sheet, row by row. Throws as `readBook` does. */
export async function readSheet(file: File): Promise<readonly Row[]> {
  return (await readBook(file))[0]?.rows ?? []
}

/**
 * The sheets of a file that are not hidden, at most `mostSheets`; its first bytes and not its name say what it is.
 * Throws an `Error` whose message tells the person what to do.
 */
export async function readBook(file: File, { bytes: most, rows }: Bounds = usual): Promise<readonly Sheet[]> {
  if (file.size > most) throw new Error(`文件超过 ${Math.floor(most / 1_000_000)} MB，请只保留要导入的一张表。`)
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return sheetsOf(await oldBook(bytes), rows)
  if (starts(bytes, 0x50, 0x4b)) return sheetsOf(await book(bytes, rows), rows)
  const text = textOf(bytes)
  if (/^\s*<(?:!doctype|html|table|\?xml)/i.test(text))
    throw new Error(`这是网页格式的表格，不是 Excel 文件，${saveAs}`)
  const { parseCsv } = await import('hucre/csv')
  return sheetsOf([{ name: file.name, rows: parseCsv(text, { maxRows: rows }) }], rows)
}

interface Read {
  readonly name: string
  readonly rows: readonly (readonly unknown[])[]
  readonly merges?: readonly { startRow: number; startCol: number; endRow: number; endCol: number }[]
  readonly rowDefs?: ReadonlyMap<number, { hidden?: boolean }>
}

const unreadable = () => new Error(`没能读出这个 Excel 文件，${saveAs}`)

async function book(bytes: Uint8Array, rows: number): Promise<readonly Read[]> {
  if (unpacked(bytes) > mostUnpacked) throw new Error('文件解开后过大，请只保留要导入的一张表，删去图片后再试。')
  const { readXlsx, colToLetter } = await import('hucre/xlsx')
  let taken = 0
  const read = await readXlsx(bytes, {
    sheets: (info) => !info.hidden && !info.veryHidden && taken++ < mostSheets,
    range: `A1:${colToLetter(mostColumns - 1)}${rows}`,
  }).catch(() => {
    throw unreadable()
  })
  return read.sheets
}

/** `.xls` and WPS's own `.et`; what is locked by a password lies in the same kind of container. */
async function oldBook(bytes: Uint8Array): Promise<readonly Read[]> {
  const locked = new Error('文件设有打开密码，请在 Excel 或 WPS 中取消密码后再导入。')
  const begin = [0x09, 0x08, 0x10, 0, 0, 0x06, 0x05, 0]
  const at = bytes.findIndex((byte, index) => byte === begin[0] && begin.every((one, on) => bytes[index + on] === one))
  // The second record of a workbook that is locked is FILEPASS ([MS-XLS] 2.4.117); one that holds none is a package.
  if (at < 0 ? includes(bytes, 'EncryptedPackage') : bytes[at + 20] === 0x2f && bytes[at + 21] === 0) throw locked
  const { readXls } = await import('hucre')
  const read = await readXls(bytes).catch(() => {
    throw unreadable()
  })
  return read.sheets.slice(0, mostSheets)
}

/** Whether a text lies among bytes in UTF-16, as names within such a container do. */
function includes(bytes: Uint8Array, words: string): boolean {
  const wanted = Array.from(words, (letter) => letter.charCodeAt(0))
  return bytes.some((_, at) => wanted.every((code, on) => bytes[at + 2 * on] === code && bytes[at + 2 * on + 1] === 0))
}

/**
 * How many bytes a zip file says that it unpacks to; the reader holds each of its files to what it said. Infinite for
 * one that leaves it open, which no program that makes tables does.
 */
function unpacked(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--
  if (end < 0) throw unreadable()
  let at = view.getUint32(end + 16, true)
  let sum = 0
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw unreadable()
    const [packed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)]
    const open = size === 0 && (packed > 2 || (view.getUint16(at + 8, true) & 8) !== 0)
    sum += open ? Infinity : size
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return sum
}

function sheetsOf(read: readonly Read[], most: number): readonly Sheet[] {
  let left = mostMerged
  return read.map(({ name, rows: all, merges = [], rowDefs }) => {
    const rows = all.slice(0, most).map((row) => row.slice(0, mostColumns).map(cell))
    for (const { startRow, startCol, endRow, endCol } of merges) {
      const value = rows[startRow]?.[startCol] ?? null
      if (value === null || value === '') continue
      // To the side only a heading over its few parts: a line across the whole table is a title.
      const across = endCol - startCol < 5 && startRow < 20 ? endCol : startCol
      for (let at = startRow; at <= Math.min(endRow, rows.length - 1) && left > 0; at++) {
        for (let on = startCol; on <= across && left > 0; on++, left--) {
          const row = rows[at]
          if (row && on < mostColumns) row[on] = value
        }
      }
    }
    const hidden = [...(rowDefs ?? [])].filter(([at, row]) => row.hidden && rows[at]?.some((one) => one !== null))
    return { name, rows, hidden: hidden.length }
  })
}

function cell(value: unknown): string | number | boolean | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString().slice(0, 10)
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

/**
 * CSV from Excel in Chinese is GB 18030 unless it says otherwise; what is no well-formed UTF-8 is that. Excel's own
 * “Unicode text” is UTF-16 with a mark.
 */
function textOf(bytes: Uint8Array): string {
  const decode = (label: string) => {
    try {
      return new TextDecoder(label, { fatal: true, ignoreBOM: false }).decode(bytes)
    } catch {
      return null
    }
  }
  const marked = starts(bytes, 0xff, 0xfe) ? 'utf-16le' : starts(bytes, 0xfe, 0xff) ? 'utf-16be' : null
  const text = marked ? decode(marked) : (decode('utf-8') ?? decode('gb18030'))
  if (text === null || text.includes('\0'))
    throw new Error(`这不是 Excel 或 CSV 表格，请选择 .xlsx、.xls 或 .csv 文件。`)
  return text
}

/** A column of a template, with what may be chosen in it. */
export interface TemplateColumn {
  readonly header: string
  readonly width: number
  readonly choices?: readonly string[]
}

/** A cell as it is written: whoever made the rows may have forgotten to guard them, and no spreadsheet shall run one. */
const written = (cell: Row[number]) => (typeof cell === 'string' && executes(cell) ? guarded(cell) : cell)

/**
 * A workbook of these rows, the first of which is the header, with lists to choose from. Choices lie in a hidden sheet
 * of their own: within a cell's rule they may be 255 characters at most. Texts that a spreadsheet would execute are
 * guarded, but for those that are.
 */
export async function tableBytes(
  columns: readonly TemplateColumn[],
  rows: readonly Row[],
  sheet: string,
): Promise<Uint8Array> {
  const { writeXlsx, colToLetter } = await import('hucre/xlsx')
  const most = Math.max(...columns.map(({ choices }) => choices?.length ?? 0), 1)
  const last = Math.max(501, rows.length)
  return writeXlsx({
    sheets: [
      {
        name: sheet,
        rows: rows.map((row) => row.map(written)),
        columns: columns.map(({ width }) => ({ width })),
        freezePane: { rows: 1 },
        dataValidations: columns.flatMap(({ choices }, at) =>
          choices?.length
            ? [
                {
                  type: 'list' as const,
                  range: `${colToLetter(at)}2:${colToLetter(at)}${last}`,
                  formula1: `选项!$${colToLetter(at)}$1:$${colToLetter(at)}$${choices.length}`,
                  allowBlank: true,
                  showErrorMessage: false,
                },
              ]
            : [],
        ),
      },
      {
        name: '选项',
        hidden: true,
        rows: Array.from({ length: most }, (_, row) => columns.map(({ choices }) => written(choices?.[row] ?? null))),
      },
    ],
  })
}
