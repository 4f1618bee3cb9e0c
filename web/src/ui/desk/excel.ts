/** The largest file that is taken; a street's people fit a hundred times over. */
const mostBytes = 5_000_000
/** Rows beyond what anybody imports at once are not read. */
const mostRows = 2000

const starts = (bytes: Uint8Array, ...magic: number[]) => magic.every((byte, at) => bytes[at] === byte)

/**
 * The cells of a file's first sheet, row by row; its first bytes and not its name say what it is. Throws an `Error`
 * whose message tells the person what to do.
 */
export async function readSheet(file: File): Promise<readonly (readonly unknown[])[]> {
  if (file.size > mostBytes) throw new Error('文件超过 5 MB，请只保留要导入的一张表。')
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw new Error('这是旧版 Excel 格式（.xls）或加密的文件，请在 Excel 或 WPS 中“另存为 .xlsx”后再导入。')
  }
  if (starts(bytes, 0x50, 0x4b)) {
    const { readXlsx } = await import('hucre/xlsx')
    const book = await readXlsx(bytes, { sheets: (info) => !info.hidden && !info.veryHidden, maxRows: mostRows }).catch(
      () => {
        throw new Error('没能读出这个 Excel 文件，请在 Excel 或 WPS 中打开后另存为 .xlsx 再试。')
      },
    )
    return book.sheets[0]?.rows ?? []
  }
  const { parseCsv } = await import('hucre/csv')
  return parseCsv(textOf(bytes), { maxRows: mostRows })
}

/** CSV from Excel in Chinese is GB 18030 unless it says otherwise; what is no well-formed UTF-8 is that. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

/** A column of a template, with what may be chosen in it. */
export interface TemplateColumn {
  readonly header: string
  readonly width: number
  readonly choices?: readonly string[]
}

/**
 * Hands the person an empty sheet to fill in, with lists to choose from. Choices lie in a hidden sheet of their own:
 * within a cell's rule they may be 255 characters at most.
 */
export async function saveTemplate(
  name: string,
  columns: readonly TemplateColumn[],
  example: readonly string[],
  sheet = '人员',
): Promise<void> {
  const { writeXlsx, colToLetter } = await import('hucre/xlsx')
  const most = Math.max(...columns.map(({ choices }) => choices?.length ?? 0), 1)
  const bytes = await writeXlsx({
    sheets: [
      {
        name: sheet,
        rows: [columns.map(({ header }) => header), [...example]],
        columns: columns.map(({ width }) => ({ width })),
        freezePane: { rows: 1 },
        dataValidations: columns.flatMap(({ choices }, at) =>
          choices?.length
            ? [
                {
                  type: 'list' as const,
                  range: `${colToLetter(at)}2:${colToLetter(at)}501`,
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
        rows: Array.from({ length: most }, (_, row) => columns.map(({ choices }) => choices?.[row] ?? null)),
      },
    ],
  })
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${name}.xlsx`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
