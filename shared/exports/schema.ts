import * as v from 'valibot'
import { ExportId, PersonId } from '../ids'

/** What becomes of a package. */
export const exportStates = {
  making: '正在生成',
  ready: '可以下载',
  failed: '没有完成',
  gone: '已删除',
} as const
export type ExportState = keyof typeof exportStates

/** How long a package lies ready. */
export const exportKeptDays = 7

/** Base32 without letters that are mistaken for one another (Crockford's). */
export const passphraseAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * Six groups of four such letters: 120 bits, made by the browser and shown once. Typed by hand, small letters, other
 * separators and the letters that look alike are taken for what was meant.
 */
export const Passphrase = v.pipe(
  v.string('请填写口令'),
  v.maxLength(60, '口令为 6 组、每组 4 个字符'),
  v.transform((typed) =>
    typed
      .toUpperCase()
      .replaceAll(/[^0-9A-Z]/g, '')
      .replaceAll('O', '0')
      .replaceAll(/[IL]/g, '1'),
  ),
  v.regex(/^[0-9A-HJKMNP-TV-Z]{24}$/, '口令为 6 组、每组 4 个字符'),
  v.transform((letters) => (letters.match(/.{4}/g) ?? []).join('-')),
)

/** The passphrase of these random bytes, 24 of them. */
export function passphraseOf(random: Uint8Array): string {
  const letters = Array.from(random.subarray(0, 24), (byte) => passphraseAlphabet[byte % 32])
  return (letters.join('').match(/.{4}/g) ?? []).join('-')
}

export const NewExport = v.strictObject({ id: ExportId, passphrase: Passphrase })
export type NewExport = v.InferOutput<typeof NewExport>

export const ExportPath = v.object({ exportId: ExportId })
export const ExportMade = v.object({ id: ExportId })

/** A package as the street's administrator sees it; `…InAll` are 0 until they are known. */
export const ExportCard = v.object({
  id: ExportId,
  state: v.picklist(Object.keys(exportStates) as [ExportState, ...ExportState[]]),
  by: PersonId,
  byName: v.string(),
  at: v.number(),
  rows: v.number(),
  rowsInAll: v.number(),
  objects: v.number(),
  objectsInAll: v.number(),
  /** Of the package so far; its size once it is ready. */
  bytes: v.number(),
  digest: v.nullable(v.string()),
  readyAt: v.nullable(v.number()),
  expiresAt: v.nullable(v.number()),
  downloads: v.number(),
  error: v.nullable(v.string()),
})
export type ExportCard = v.InferOutput<typeof ExportCard>
export const ExportsPage = v.object({ items: v.array(ExportCard) })
