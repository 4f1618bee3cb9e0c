import { type Row, tableBytes, type TemplateColumn } from './excel'

/**
 * Hands the person an empty sheet to fill in, with lists to choose from.
 */
export async function saveTemplate(
  name: string,
  columns: readonly TemplateColumn[],
  example: readonly string[],
  sheet = '人员',
): Promise<void> {
  await saveTable(name, columns, [columns.map(({ header }) => header), [...example]], sheet)
}

/** Hands the person a workbook of these rows, the first of which is the header, with lists to choose from. */
export async function saveTable(
  name: string,
  columns: readonly TemplateColumn[],
  rows: readonly Row[],
  sheet: string,
): Promise<void> {
  const bytes = await tableBytes(columns, rows, sheet)
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${name}.xlsx`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
