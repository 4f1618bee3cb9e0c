import * as v from 'valibot'
import { Passphrase } from '../exports/schema'
import { DistrictId, ImportId, PersonId, StreetId } from '../ids'
import { Slug } from '../slug'

/** Where the taking in of a package stands. */
export const importStates = {
  uploading: '正在上传',
  checking: '正在核对',
  copying: '正在导入',
  done: '已导入',
  failed: '没有导入',
  cancelled: '已取消',
} as const
export type ImportState = keyof typeof importStates

/** A package travels in parts of this size; only the last may be smaller (R2 wants them equal). */
export const importPartBytes = 8 * 1024 * 1024
const mostParts = 9_999

export const NewImport = v.strictObject({
  id: ImportId,
  districtId: DistrictId,
  slug: Slug,
  /** Bytes of the package. */
  size: v.pipe(
    v.number(),
    v.integer('文件大小不正确'),
    v.minValue(22, '这不是导出的数据包'),
    v.maxValue(importPartBytes * mostParts, '数据包过大'),
  ),
})
export type NewImport = v.InferOutput<typeof NewImport>

export const ImportPath = v.object({ importId: ImportId })
export const ImportPartPath = v.object({
  importId: ImportId,
  part: v.pipe(v.string(), v.regex(/^[1-9]\d{0,3}$/), v.transform(Number)),
})
export const ImportContents = v.strictObject({ passphrase: Passphrase })
export const ImportAdministratorPath = v.object({ importId: ImportId, personId: PersonId })

/** How many parts a package of so many bytes travels in. */
export const partsOf = (size: number): number => Math.ceil(size / importPartBytes)

/** How long the part of this number is. */
export const partLength = (size: number, part: number): number =>
  Math.min(importPartBytes, size - (part - 1) * importPartBytes)

/** An import as the operator sees it. */
export const ImportCard = v.object({
  id: ImportId,
  districtId: DistrictId,
  slug: v.string(),
  state: v.picklist(Object.keys(importStates) as [ImportState, ...ImportState[]]),
  at: v.number(),
  size: v.number(),
  /** Parts that have arrived. */
  parts: v.array(v.number()),
  streetId: v.nullable(StreetId),
  name: v.nullable(v.string()),
  files: v.number(),
  filesInAll: v.number(),
  rows: v.number(),
  objects: v.number(),
  doneAt: v.nullable(v.number()),
  error: v.nullable(v.string()),
  /** Administrators of the street once it is there; no password has come with them. */
  administrators: v.array(v.object({ id: PersonId, name: v.string(), username: v.string(), hasPassword: v.boolean() })),
})
export type ImportCard = v.InferOutput<typeof ImportCard>
export const ImportsPage = v.object({ items: v.array(v.omit(ImportCard, ['administrators', 'parts'])) })
