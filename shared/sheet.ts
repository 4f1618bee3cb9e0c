/** What imports share: cells of a table that somebody made, as they are meant, and texts that no table executes. */

/** A cell as it is meant: full-width letters and digits narrowed, and no spaces but single ones within. */
export function plain(cell: unknown): string {
  if (typeof cell === 'boolean') return cell ? '是' : '否'
  if (typeof cell !== 'string' && typeof cell !== 'number') return ''
  return String(cell)
    .normalize('NFKC')
    .replaceAll(/[\u200b-\u200d\ufeff]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** The same without any space. */
export const compact = (cell: unknown) => plain(cell).replaceAll(' ', '')

/** What a column is headed, without marks of what must be filled in, and without what stands in brackets. */
export const headingOf = (cell: unknown) => compact(cell).replaceAll(/[*:★☆※]|[([【].*?[)\]】]/g, '')

/** Several names in one cell are told apart by any of the usual signs. */
export const namesIn = (cell: string) =>
  cell
    .split(/[、,;/|\n]/)
    .map((one) => compact(one))
    .filter((one) => one !== '')

/** What a spreadsheet would take for a formula: its signs, full-width forms too, behind blanks. */
// oxlint-disable-next-line no-control-regex -- they are what is guarded against
const formula = /^\s*[=+\-@＝＋－＠\t\r\n\u0000]/
/** The same behind quotes, which a reader could not tell from those put before it. */
// oxlint-disable-next-line no-control-regex -- they are what is guarded against
const quoted = /^'*\s*[=+\-@＝＋－＠\t\r\n\u0000]/

/** A text that no spreadsheet executes: one that would start a formula gets a quote before it. */
export const guarded = (text: string) => (quoted.test(text) ? `'${text}` : text)

/** The text that was guarded. */
export const unguarded = (text: string) => (text.startsWith("'") && quoted.test(text) ? text.slice(1) : text)

/** Whether a spreadsheet may execute a text as it stands; false of one that is guarded. */
export const executes = (text: string) => formula.test(text)
