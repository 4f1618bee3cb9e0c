import * as v from 'valibot'
import { DistrictId, StreetId } from '../ids'

export const packageFormat = 'zhiben-street'
export const packageVersion = 1
export const manifestPath = 'manifest.json'

const Hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const Count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** A name in the package; nothing in it leads out of the package. */
const Path = v.pipe(v.string(), v.maxLength(300), v.regex(/^(rows|personal|objects|appendix)(\/[\w.-]*\w[\w.-]*)+$/))

/** One file of the package but the manifest itself. */
export const PackageFile = v.object({
  path: Path,
  bytes: Count,
  sha256: Hash,
  /** Lines of a file of rows. */
  rows: v.optional(Count),
  /** What the object store keeps beside an object. */
  http: v.optional(v.record(v.string(), v.string())),
  custom: v.optional(v.record(v.string(), v.string())),
})
export type PackageFile = v.InferOutput<typeof PackageFile>

export const PackageTable = v.object({
  name: v.pipe(v.string(), v.regex(/^[a-z_]+$/)),
  columns: v.array(v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]*$/))),
  key: v.array(v.string()),
  /** Columns that are null in `rows/` and stand sealed in `personal/`. */
  personal: v.array(v.string()),
  /** Those of them that a deployment keeps under keys of its own, and that stand opened in the sealed files. */
  opened: v.optional(v.array(v.string()), []),
  rows: Count,
})
export type PackageTable = v.InferOutput<typeof PackageTable>

/** What a package says of itself; described for others in `docs/export-package.md`. */
export const Manifest = v.object({
  format: v.literal(packageFormat),
  version: v.literal(packageVersion),
  /** Epoch milliseconds; the one thing, with salt and sealed files, that differs between equal exports. */
  madeAt: Count,
  street: v.object({
    id: StreetId,
    name: v.string(),
    shortName: v.string(),
    slug: v.string(),
    statCode: v.nullable(v.string()),
  }),
  district: v.object({ id: DistrictId, name: v.string() }),
  /** Migrations of the ledger that the rows come from. */
  migrations: v.array(v.string()),
  key: v.object({
    derivation: v.literal('PBKDF2-HMAC-SHA-256'),
    iterations: v.pipe(Count, v.minValue(1), v.maxValue(100_000)),
    salt: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{22}==$/)),
    cipher: v.literal('AES-256-GCM'),
  }),
  tables: v.array(PackageTable),
  /** Tables of the street's that stay behind, and why. */
  excluded: v.array(v.object({ name: v.string(), why: v.string() })),
  files: v.array(PackageFile),
  /** SHA-256 over the lines `sha256 path` of all files but sealed ones, in the order of their paths. */
  digest: Hash,
})
export type Manifest = v.InferOutput<typeof Manifest>

/** Whether a file holds sealed personal values, which no two exports spell alike. */
export const isSealed = (path: string): boolean => path.startsWith('personal/')

/** In the order of their code units, as everything in a package is ordered. */
export const byPath = (a: { readonly path: string }, b: { readonly path: string }): number => (a.path < b.path ? -1 : 1)

/** What the manifest's digest is taken of. */
export function digestText(files: readonly PackageFile[]): string {
  return files
    .filter(({ path }) => !isSealed(path))
    .sort(byPath)
    .map(({ path, sha256 }) => `${sha256} ${path}\n`)
    .join('')
}
