/**
 * Words that name the row they stand in: `mksa0hazards0place0in0` is the place of street sa's hazard that lies within
 * reach. They are written into every text column of every tenant, fit into ids, and are looked for in every answer.
 */

export const streetCodes = ['sa', 'sb', 'sx'] as const
export type StreetCode = (typeof streetCodes)[number]
export const districtCodes = ['da', 'dx'] as const
export type DistrictCode = (typeof districtCodes)[number]
export type Code = StreetCode | DistrictCode
const codes: readonly Code[] = [...streetCodes, ...districtCodes]

/**
 * Where a row of a street lies: within everybody's reach; in the same grid at another enterprise; in another grid of
 * the same community; in another community. What a district owns has an `in` and an `out`, or a street's code.
 */
export const variants = ['in', 'mid', 'near', 'out'] as const
export type Variant = (typeof variants)[number]

/** A marker taken apart again; table and column as small letters only. */
export interface Mark {
  readonly tenant: Code
  readonly table: string
  readonly column: string
  readonly variant: string
}

/** A name as markers spell it, so that it can be part of an id. */
export const spelled = (name: string) => name.toLowerCase().replaceAll(/[^a-z]/g, '')

export function mark(tenant: Code, table: string, column: string, variant: string): string {
  return `mk${tenant}0${spelled(table)}0${spelled(column)}0${variant}0`
}

/** The same for ids of photos, which are hexadecimal. */
export function hexMark(tenant: Code, variant: string): string {
  const hex = (n: number) => (n + 1).toString(16).padStart(2, '0')
  return `facade${hex(codes.indexOf(tenant))}${hex(variants.indexOf(variant as Variant))}`.padEnd(64, 'c0ffee')
}

/** Every marker in a text, each once. */
export function marksIn(text: string): Mark[] {
  const found = new Map<string, Mark>()
  for (const [all, tenant, table = '', column = '', variant = ''] of text.matchAll(
    /mk(sa|sb|sx|da|dx)0([a-z]+)0([a-z]*)0([a-z]+)0/gi,
  )) {
    // Safe: the pattern lists the codes.
    found.set(all, { tenant: tenant?.toLowerCase() as Code, table, column, variant })
  }
  for (const [all, tenant = '', variant = ''] of text.matchAll(/facade([0-9a-f]{2})([0-9a-f]{2})/g)) {
    const code = codes[parseInt(tenant, 16) - 1]
    if (code) {
      found.set(all, {
        tenant: code,
        table: 'photos',
        column: 'id',
        variant: variants[parseInt(variant, 16) - 1] ?? '',
      })
    }
  }
  return [...found.values()]
}

export const wordOf = ({ tenant, table, column, variant }: Mark) => `${tenant}’s ${table}.${column} (${variant})`
