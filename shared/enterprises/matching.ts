import * as v from 'valibot'
import { keysOf } from '../keys'
import { keyPlaces, sectors } from '../hazards/words'
import { CommunityId, ContactId, EnterpriseId, GridId } from '../ids'
import { maskPhone } from '../people/masking'
import { Day } from '../time'
import { type Field, Mapping } from './columns'
import { bareHighRisk, type Errors, type Facet, type Row, type Values } from './import'
import { Colour, type ContactChange, EnterpriseEdit, Kind, NewEnterprise, Position, Standing } from './schema'
import { type Kind as KindKey, sizes } from './words'

const MaskedContact = v.object({ id: ContactId, name: v.string(), phone: v.nullable(v.string()) })

/** A unit as the street has it, to compare a file with; telephone numbers are masked. */
export const Held = v.object({
  id: EnterpriseId,
  version: v.number(),
  name: v.string(),
  creditCode: v.nullable(v.string()),
  kind: Kind,
  keyPlace: v.nullable(v.picklist(keysOf(keyPlaces))),
  sectors: v.array(v.picklist(keysOf(sectors))),
  highRisk: v.nullable(v.string()),
  crowded: v.boolean(),
  size: v.nullable(v.picklist(keysOf(sizes))),
  staff: v.nullable(v.number()),
  floorArea: v.nullable(v.number()),
  communityId: CommunityId,
  gridId: GridId,
  address: v.string(),
  position: v.nullable(Position),
  principal: v.nullable(MaskedContact),
  managers: v.array(MaskedContact),
  colour: v.nullable(Colour),
  standing: Standing,
  activeSince: Day,
})
export type Held = v.InferOutput<typeof Held>

/** What a file can change of a unit that is there; `since` belongs to a new one only. */
export type Changeable = Exclude<Facet, 'since'>
export const changeable = [
  'name',
  'creditCode',
  'kind',
  'keyPlace',
  'sectors',
  'highRisk',
  'crowded',
  'size',
  'staff',
  'floorArea',
  'place',
  'address',
  'position',
  'principal',
  'managers',
  'colour',
  'standing',
] as const satisfies Changeable[]

/** What somebody decided of one line: leave it out, which unit it is, which differences stay as the street has them. */
export interface Choice {
  readonly leave?: true
  readonly target?: EnterpriseId | 'new'
  readonly keep?: readonly Changeable[]
}

/** What a line comes to beside what the street has. */
export interface Verdict {
  readonly line: number
  readonly kind: 'wrong' | 'new' | 'same' | 'changed' | 'ambiguous' | 'left'
  readonly target: Held | null
  /** Units that the line could be, where nobody has said which. */
  readonly candidates: readonly Held[]
  readonly differences: readonly Changeable[]
  readonly errors: Errors
  /** What should be looked at once more, though nothing forbids it. */
  readonly note: string | null
}

/** Texts are one and the same however wide their signs are and wherever blanks stand. */
const keyOf = (words: string) => words.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()
const spotOf = (name: string, address: string) => `${keyOf(name)}|${keyOf(address)}`

/** By what the same unit is known again: its credit code, else its name and address; null where it has neither. */
export function identityOf({ creditCode, name, address }: Partial<Values>): string | null {
  if (creditCode) return creditCode
  return name !== undefined && address !== undefined ? spotOf(name, address) : null
}

/** What the street has, to be looked up by; made once for a file. */
export interface Register {
  readonly byCode: ReadonlyMap<string, readonly Held[]>
  readonly bySpot: ReadonlyMap<string, readonly Held[]>
  readonly byName: ReadonlyMap<string, readonly Held[]>
  readonly byId: ReadonlyMap<EnterpriseId, Held>
}

export function registerOf(held: readonly Held[]): Register {
  const [byCode, bySpot, byName] = [new Map<string, Held[]>(), new Map<string, Held[]>(), new Map<string, Held[]>()]
  const add = (map: Map<string, Held[]>, key: string, one: Held) => {
    const list = map.get(key)
    if (list) list.push(one)
    else map.set(key, [one])
  }
  for (const one of held) {
    if (one.creditCode !== null) add(byCode, one.creditCode, one)
    add(bySpot, spotOf(one.name, one.address), one)
    add(byName, keyOf(one.name), one)
  }
  return { byCode, bySpot, byName, byId: new Map(held.map((one) => [one.id, one])) }
}

/**
 * Compares all lines with what the street has and with each other. A line is the unit of its credit code, else the
 * one of its name and address; where several fit, or one under another code, somebody has to say.
 */
export function judge(rows: readonly Row[], register: Register, choices: ReadonlyMap<number, Choice>): Verdict[] {
  const lineOf = new Map<string, number>()
  const takenBy = new Map<EnterpriseId, number>()
  return rows.map((row): Verdict => {
    const { line, values } = row
    const choice = choices.get(line) ?? {}
    const plainly = { line, target: null, candidates: [], differences: [], errors: row.errors, note: null }
    if (choice.leave) return { ...plainly, kind: 'left' }
    const errors: Partial<Record<Field, string>> = { ...row.errors }

    const keys = [
      ['creditCode', values.creditCode ?? null, '统一社会信用代码'],
      ['name', values.name && values.address ? spotOf(values.name, values.address) : null, '名称和地址'],
    ] as const
    for (const [field, key, words] of keys) {
      const before = key === null ? undefined : lineOf.get(key)
      if (before !== undefined) errors[field] ??= `与第 ${before} 行的${words}相同，请改正或跳过一行`
    }
    for (const [, key] of keys) if (key !== null && !lineOf.has(key)) lineOf.set(key, line)

    const { fits, sure } = fitting(values, register)
    const chosen = choice.target
    const target =
      chosen === 'new'
        ? null
        : chosen !== undefined
          ? (register.byId.get(chosen) ?? null)
          : sure
            ? (fits[0] ?? null)
            : null
    if (chosen === undefined && fits.length > 0 && !sure) {
      const kind = Object.keys(errors).length > 0 ? 'wrong' : 'ambiguous'
      return { ...plainly, kind, errors, candidates: fits }
    }
    if (target) {
      const before = takenBy.get(target.id)
      if (before !== undefined) errors.name ??= `与第 ${before} 行是系统中的同一家单位“${target.name}”`
      else takenBy.set(target.id, line)
      if (values.place && values.place.communityId !== target.communityId && values.place.gridId === null)
        errors.grid ??= '换了社区，请填写网格'
    } else {
      for (const [field, wrong] of missing(values)) errors[field] ??= wrong
    }
    const candidates = chosen === undefined ? [] : fits
    if (Object.keys(errors).length > 0) return { ...plainly, kind: 'wrong', target, candidates, errors }
    if (!target) {
      const others = register.byName.get(keyOf(values.name ?? ''))?.length ?? 0
      const note = others > 0 ? `系统中已有 ${others} 家同名单位，地址或代码不同` : null
      return { ...plainly, kind: 'new', candidates, note }
    }
    const differences = changeable.filter((facet) => differs(facet, values, target))
    return { ...plainly, kind: differences.length > 0 ? 'changed' : 'same', target, candidates, differences }
  })
}

function fitting(values: Row['values'], { byCode, bySpot }: Register): { fits: readonly Held[]; sure: boolean } {
  const coded = values.creditCode ? (byCode.get(values.creditCode) ?? []) : []
  if (coded.length > 0) return { fits: coded, sure: coded.length === 1 }
  const spotted = values.name && values.address ? (bySpot.get(spotOf(values.name, values.address)) ?? []) : []
  const [only] = spotted
  // Under another code it may be a successor in the same shop, or a slip of the pen.
  const contradicted = Boolean(values.creditCode && only?.creditCode)
  return { fits: spotted, sure: spotted.length === 1 && !contradicted }
}

function missing(values: Row['values']): [Field, string][] {
  const wrong: [Field, string][] = []
  if (values.name === undefined) wrong.push(['name', '请填写单位名称'])
  if (kindOf(values) === null) wrong.push(['kind', '新单位请填写类别'])
  if (!values.sectors) wrong.push(['sectors', '新单位请填写行业领域'])
  if (!values.place) wrong.push(['community', '新单位请填写社区'])
  else if (values.place.gridId === null) wrong.push(['grid', '这个社区有几个网格，请填写'])
  if (values.address === undefined) wrong.push(['address', '新单位请填写地址'])
  if (values.principal?.name === null) wrong.push(['principal', '有电话，请同时填写负责人姓名'])
  return wrong
}

/**
 * The kind as the file says it, else as the credit code does: its first two signs are who registers and what for
 * (GB 32100: 91 and 93 enterprises and cooperatives, 92 individual businesses, 1 and 5 institutions and societies).
 */
function kindOf({ kind, creditCode }: Row['values']): KindKey | null {
  if (kind) return kind
  const registrar = creditCode?.slice(0, 2) ?? ''
  if (registrar === '91' || registrar === '93') return 'enterprise'
  if (registrar === '92') return 'individual'
  return /^[15]/.test(registrar) ? 'institution' : null
}

type Person = { readonly name: string | null; readonly phone: string | null }
/** A number that the file leaves out, or shows masked, says nothing against the one that is kept. */
const isHeld = (said: Person, held: Held['principal']) =>
  held !== null &&
  (said.name === null || keyOf(said.name) === keyOf(held.name)) &&
  (said.phone === null || maskPhone(said.phone) === held.phone)

/** Whether a line says something else of a unit than the street has. What it does not say, it does not contradict. */
export function differs(facet: Changeable, values: Row['values'], held: Held): boolean {
  if (values[facet] === undefined) return false
  switch (facet) {
    case 'name':
    case 'address':
      return keyOf(values[facet] ?? '') !== keyOf(held[facet])
    case 'sectors':
      return values.sectors?.toSorted().join() !== held.sectors.toSorted().join()
    case 'highRisk':
      return values.highRisk === bareHighRisk ? held.highRisk === null : values.highRisk !== held.highRisk
    case 'place':
      return (
        values.place?.communityId !== held.communityId ||
        (values.place.gridId !== null && values.place.gridId !== held.gridId)
      )
    case 'position': {
      const [said, have] = [values.position, held.position]
      // A hundred thousandth of a degree is a metre.
      const apart = (one: number, two: number) => Math.abs(one - two) > 1e-5
      return !said || !have || apart(said.latitude, have.latitude) || apart(said.longitude, have.longitude)
    }
    case 'principal':
      return values.principal !== undefined && !isHeld(values.principal, held.principal)
    case 'managers': {
      const said = values.managers ?? []
      return (
        said.length !== held.managers.length || said.some((one) => !held.managers.some((kept) => isHeld(one, kept)))
      )
    }
    default:
      return values[facet] !== held[facet]
  }
}

/**
 * So many lines go in one request: a line is nineteen statements at the most, and a request may run a thousand.
 */
export const mostInChunk = 50

const line = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2_000_000))
const { activeSince, id, ...plainFields } = NewEnterprise.entries
const { principal, managers } = EnterpriseEdit.entries

/** One request of an import: what is new with its own id, what changes with the version that was compared. */
export const ImportChunk = v.strictObject({
  lines: v.pipe(
    v.array(
      v.variant('kind', [
        v.strictObject({
          kind: v.literal('new'),
          line,
          unit: v.strictObject({ id, activeSince, ...plainFields, colour: v.nullable(Colour), standing: Standing }),
        }),
        v.strictObject({
          kind: v.literal('change'),
          line,
          id,
          version: v.pipe(v.number(), v.integer()),
          changes: v.partial(
            v.strictObject({ ...plainFields, principal, managers, colour: Colour, standing: Standing }),
          ),
        }),
      ]),
    ),
    v.minLength(1, '没有要写入的行'),
    v.maxLength(mostInChunk, `一次最多提交 ${mostInChunk} 行`),
  ),
})
export type ImportChunk = v.InferOutput<typeof ImportChunk>
export type ImportLine = ImportChunk['lines'][number]

/** All that the street has, in pages; `cursor` is the last unit of the page before. */
export const HeldPage = v.object({ items: v.array(Held), next: v.nullable(EnterpriseId) })
export const HeldFilter = v.object({ cursor: v.optional(EnterpriseId) })
export const KeptMapping = v.object({ mapping: v.nullable(Mapping) })
export type KeptMapping = v.InferOutput<typeof KeptMapping>

/** What a line that is to be written comes to as a request; null for one that leaves everything as it is. */
export function lineToWrite(
  { values, line }: Row,
  verdict: Verdict,
  choice: Choice | undefined,
  fresh: { readonly id: EnterpriseId; readonly today: Day },
): ImportLine | null {
  if (verdict.kind === 'new') {
    const { name, sectors, place, address } = values
    const kind = kindOf(values)
    if (name === undefined || kind === null || !sectors || !place?.gridId || address === undefined) return null
    const unit = {
      id: fresh.id,
      activeSince: values.since ?? fresh.today,
      name,
      creditCode: values.creditCode ?? null,
      kind,
      keyPlace: values.keyPlace ?? null,
      sectors,
      highRisk: values.highRisk ?? null,
      crowded: values.crowded ?? false,
      size: values.size ?? null,
      staff: values.staff ?? null,
      floorArea: values.floorArea ?? null,
      communityId: place.communityId,
      gridId: place.gridId,
      address,
      position: values.position ?? null,
      principal: values.principal ? { name: values.principal.name ?? '', phone: values.principal.phone } : null,
      managers: [...(values.managers ?? [])],
      colour: values.colour ?? null,
      standing: values.standing ?? 'active',
    }
    return { kind: 'new', line, unit }
  }
  const { target, differences } = verdict
  const facets = differences.filter((facet) => !choice?.keep?.includes(facet))
  if (verdict.kind !== 'changed' || !target || facets.length === 0) return null
  const changes: Extract<ImportLine, { kind: 'change' }>['changes'] = {}
  for (const facet of facets) {
    if (facet === 'place') {
      changes.communityId = values.place?.communityId ?? target.communityId
      changes.gridId = values.place?.gridId ?? target.gridId
    } else if (facet === 'principal') {
      if (values.principal) changes.principal = contactOf(values.principal, target.principal ? [target.principal] : [])
    } else if (facet === 'managers') {
      changes.managers = (values.managers ?? []).map((manager) => contactOf(manager, target.managers))
    } else {
      // Safe: apart from the three above, a facet's value is the field's of the same name.
      Object.assign(changes, { [facet]: values[facet] })
    }
  }
  return { kind: 'change', line, id: target.id, version: target.version, changes }
}

/** One that is there already keeps a number that the file leaves out; somebody else's is not passed on. */
function contactOf({ name, phone }: Person, known: Held['managers']): ContactChange {
  const same = known.find((one) => name === null || keyOf(one.name) === keyOf(name))
  return { ...(same && { id: same.id }), name: name ?? same?.name ?? '', ...(phone === null && same ? {} : { phone }) }
}

/** Lines in requests of at most `mostInChunk`, in the order of the file. */
export function chunksOf(lines: readonly ImportLine[]): ImportChunk[] {
  const chunks: ImportChunk[] = []
  for (let at = 0; at < lines.length; at += mostInChunk) chunks.push({ lines: lines.slice(at, at + mostInChunk) })
  return chunks
}
