import { sectors } from '../hazards/words'
import { compareText } from '../order'
import type { CriteriaFilter } from './filter'
import type { Criterion, CriterionCard, CriterionId, CriterionRef, Document, OwnVersion, Standard } from './schema'
import { sightings, type Standing } from './words'

/** Documents and their rows, every version of each, ready to be looked up. */
export interface Catalogue {
  readonly standards: ReadonlyMap<string, Standard>
  /** The versions of each row, first to last, in the order of the documents. */
  readonly versions: ReadonlyMap<CriterionId, readonly Criterion[]>
}

/** A row with the document it lies in. */
export interface Found {
  readonly criterion: Criterion
  readonly standard: Standard
}

/** The catalogue that these documents make. */
export function catalogueOf(documents: readonly Document[]): Catalogue {
  const standards = new Map<string, Standard>()
  const versions = new Map<CriterionId, Criterion[]>()
  for (const { standard, rows } of documents) {
    if (standards.has(standard.id)) throw new Error(`Two documents are called ${standard.id}`)
    standards.set(standard.id, standard)
    for (const { at, article, sector, text, seen, note = null } of rows) {
      const id = `${standard.id}/${at}`
      const earlier = versions.get(id) ?? []
      const version = earlier.length + 1
      versions.set(id, [...earlier, { id, version, standard: standard.id, article, sector, text, seen, note }])
    }
  }
  return { standards, versions }
}

/** What a street's own row is called where it is cited: it is a document of one row. */
export const ownRefOf = ({ id, version }: Pick<OwnVersion, 'id' | 'version'>): CriterionRef => ({
  id: `${id}/1`,
  version,
})

/** The ids of what a street added itself that these rows are; the national ones are left out. */
export function ownIdsOf(refs: readonly CriterionRef[]): OwnVersion['id'][] {
  const ids = refs.flatMap(({ id }) => (id.startsWith('crt_') ? [id.slice(0, id.indexOf('/'))] : []))
  // Safe: no document that is carried is called so (criteria.test.ts).
  return [...new Set(ids)] as OwnVersion['id'][]
}

/**
 * The catalogue with what a street added, in any order; of a row that has several versions only some need be there. A
 * version is a document of its own, since who changes a row may have mistaken the paper's name too.
 */
export function withOwn({ standards, versions }: Catalogue, own: readonly OwnVersion[]): Catalogue {
  const [titled, worded] = [new Map(standards), new Map<CriterionId, readonly Criterion[]>(versions)]
  for (const [id, all] of Map.groupBy(own, (one) => one.id)) {
    const criteria: Criterion[] = []
    const retiredOn = all.reduce<OwnVersion['retiredOn']>((found, one) => one.retiredOn ?? found, null)
    for (const { version, words, verified } of all) {
      const { article, text, note, sector, title, ...rest } = words
      const standard = `${id}.${version}`
      titled.set(standard, {
        ...rest,
        id: standard,
        title,
        scope: 'street',
        sector,
        note: null,
        supersededBy: null,
        retiredOn,
      })
      criteria[version - 1] = {
        ...ownRefOf({ id, version }),
        standard,
        article,
        sector: sectors[sector],
        text,
        seen: verified ? 'own-verified' : 'own',
        note,
      }
    }
    worded.set(`${id}/1`, criteria)
  }
  return { standards: titled, versions: worded }
}

/** A row as it was worded in the version cited; null where the catalogue holds no such version. */
export function cited({ standards, versions }: Catalogue, { id, version }: CriterionRef): Found | null {
  const criterion = versions.get(id)?.[version - 1]
  const standard = criterion && standards.get(criterion.standard)
  return standard ? { criterion, standard } : null
}

/** Whether a document is in force on a day, not yet, or no longer. Where only a year is known, all of it counts. */
export function standingOf({ since, supersededBy, retiredOn }: Standard, on: string): Standing {
  if (retiredOn && on >= retiredOn) return 'retired'
  if (since !== null && on < since) return 'upcoming'
  return supersededBy?.confirmed && on >= supersededBy.from ? 'superseded' : 'in-force'
}

/** Every row as it is worded now, of the documents in force on a day. */
export function inForceOn(catalogue: Catalogue, on: string): Found[] {
  return latest(catalogue).filter(({ standard }) => standingOf(standard, on) === 'in-force')
}

function latest({ standards, versions }: Catalogue): Found[] {
  return [...versions.values()].flatMap((all) => {
    const criterion = all.at(-1)
    const standard = criterion && standards.get(criterion.standard)
    return standard ? [{ criterion, standard }] : []
  })
}

/** A document by its title and number, as it is cited. */
export const titleOf = ({ title, number }: Pick<Standard, 'title' | 'number'>) =>
  `《${title}》${number === null ? '' : ` ${number}`}`

/** A row as it is cited: document, number and article, each only where it is known. */
export function citationOf({ criterion, standard }: Found): string {
  return `${titleOf(standard)} ${criterion.article ?? '（条款号未收录）'}`
}

/**
 * All that must be said beside a row wherever it is shown on a day, each a phrase for people; empty for one that is
 * verified, in force and worded now as it was cited.
 */
export function warningsOf(catalogue: Catalogue, { criterion, standard }: Found, on: string): string[] {
  const { since, supersededBy } = standard
  const warnings: string[] = []
  const successor = supersededBy && catalogue.standards.get(supersededBy.id)
  const called = successor ? (successor.number ?? `《${successor.title}》`) : '新标准'
  const standing = standingOf(standard, on)
  if (standing === 'retired') warnings.push(`已停用：自 ${standard.retiredOn} 起不再采用`)
  if (standing === 'upcoming') warnings.push(`尚未施行：自 ${since} 起施行`)
  if (standing === 'superseded') warnings.push(`已被替代：自 ${supersededBy?.from} 起由 ${called} 代替，仅作筛查提示`)
  if (supersededBy && !supersededBy.confirmed && on >= supersededBy.from)
    warnings.push(`${called} 已自 ${supersededBy.from} 起施行，本标准是否废止未获确认，请先对照新标准`)
  if (criterion.seen !== 'official') warnings.push(sightings[criterion.seen])
  if (criterion.note !== null) warnings.push(criterion.note)
  const now = catalogue.versions.get(criterion.id)?.length ?? criterion.version
  if (now > criterion.version) warnings.push(`此处为第 ${criterion.version} 版，现为第 ${now} 版`)
  return warnings
}

const compact = (typed: string) => typed.normalize('NFKC').toLowerCase()

/** In force first, then what is to come, then what is only a hint. */
const order = { 'in-force': 0, upcoming: 1, superseded: 2, retired: 3 } as const satisfies Record<Standing, number>

/**
 * The rows that a reader looks for, as they are worded now: in force on the day first, and of these the newest
 * document first. Each of the words must be found in the row, in its sector or in its document's title and number.
 */
export function search(catalogue: Catalogue, filter: CriteriaFilter, on: string): (Found & { standing: Standing })[] {
  const { kind, sector, standing } = filter
  const wanted = compact(filter.words ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
  const found = latest(catalogue).flatMap(({ criterion, standard }) => {
    const searched = compact([criterion.text, criterion.sector, criterion.article ?? '', titleOf(standard)].join('\n'))
    const one = { criterion, standard, standing: standingOf(standard, on) }
    const fits =
      (kind === undefined || standard.kind === kind) &&
      (sector === undefined || standard.sector === sector) &&
      (filter.standard === undefined || standard.id === filter.standard) &&
      (standing === undefined || one.standing === standing) &&
      (filter.scope === undefined || standard.scope === filter.scope) &&
      (filter.seen === undefined || criterion.seen === filter.seen) &&
      wanted.every((word) => searched.includes(word))
    return fits ? [one] : []
  })
  // Sorting is stable: the rows of a document stay in its order.
  return found.sort(
    (a, b) => order[a.standing] - order[b.standing] || compareText(b.standard.since ?? '', a.standard.since ?? ''),
  )
}

/** A row as it is shown on a day, with all that must be said beside it. */
export function cardOf(catalogue: Catalogue, found: Found, on: string): CriterionCard {
  const { criterion, standard } = found
  return {
    ref: { id: criterion.id, version: criterion.version },
    kind: standard.kind,
    scope: standard.scope,
    document: titleOf(standard),
    body: standard.body,
    article: criterion.article,
    sector: criterion.sector,
    text: criterion.text,
    address: standard.address,
    since: standard.since,
    seen: criterion.seen,
    standing: standingOf(standard, on),
    warnings: warningsOf(catalogue, found, on),
  }
}
