import * as v from 'valibot'
import type { Role } from '@app/shared/capabilities'
import { HazardDraft } from '@app/shared/hazards/schema'
import { type Category, type KeyPlace, type Sector, type Source, categories } from '@app/shared/hazards/words'
import type { EnterpriseId, GridId, HazardId, PhotoId } from '@app/shared/ids'
import type { EnterpriseCard, Places } from '@app/shared/places/schema'
import { cut } from '@app/shared/text'

/** What was filled in so far. What is null was not touched, and follows from the rest. */
export interface Filing {
  readonly hazardId: HazardId | null
  readonly category: Category | null
  readonly gridId: GridId | null
  readonly enterpriseId: EnterpriseId | null
  readonly place: string | null
  readonly description: string | null
  readonly level: 'ordinary' | 'suspected'
  readonly source: Source | null
  readonly sector: Sector | null
  readonly keyPlace: KeyPlace | 'none' | null
  /** When the first photo was taken, by the phone's clock. */
  readonly observedAt: number | null
}

/** A form nobody has touched. */
export const blankFiling: Filing = {
  hazardId: null,
  category: null,
  gridId: null,
  enterpriseId: null,
  place: null,
  description: null,
  level: 'ordinary',
  source: null,
  sector: null,
  keyPlace: null,
  observedAt: null,
}

const sourceOf: Partial<Record<Role, Source>> = {
  'enterprise-principal': 'enterprise-check',
  'enterprise-manager': 'enterprise-check',
  'grid-worker': 'community-patrol',
  'community-secretary': 'community-patrol',
}

/** The grid that is meant: the one chosen, the only one there is, or the last one. */
export function gridOf(filing: Pick<Filing, 'gridId'>, places: Places | undefined, lastGrid: GridId | null) {
  const named = (id: GridId | null) => places?.grids.find((grid) => grid.id === id)
  return named(filing.gridId) ?? (places?.grids.length === 1 ? places.grids[0] : named(lastGrid))
}

/** All that the form shows: what was filled in, and what follows from it for this person and these places. */
export function filled(
  filing: Filing,
  {
    role,
    places,
    enterprises,
    lastGrid,
  }: {
    role: Role
    places: Places | undefined
    enterprises: readonly EnterpriseCard[]
    /** Where this phone filed last. */
    lastGrid: GridId | null
  },
) {
  const grid = gridOf(filing, places, lastGrid)
  const chosen = enterprises.find(({ id }) => id === filing.enterpriseId)
  // Who answers for an enterprise files for it and nothing else.
  const enterprise = chosen ?? (sourceOf[role] === 'enterprise-check' ? enterprises[0] : undefined)
  const community = places?.communities.find(({ id }) => id === grid?.communityId)
  const template = filing.category && categories[filing.category]
  const keyPlace = filing.keyPlace ?? enterprise?.keyPlace ?? template?.keyPlace ?? 'none'
  return {
    grid,
    community,
    enterprise,
    place: filing.place ?? (enterprise ? cut(`${enterprise.name}（${enterprise.address}）`, 99) : (grid?.name ?? '')),
    description: filing.description ?? template?.description ?? '',
    source: filing.source ?? sourceOf[role] ?? 'street-check',
    sector: filing.sector ?? template?.sector ?? 'other',
    keyPlace,
  }
}

/**
 * The draft as the API takes it, or what is wrong with it, field by field. `id` and `now` are for a hazard that has
 * neither a name nor a photo's time yet.
 */
export function draftOf(
  filing: Filing,
  shown: ReturnType<typeof filled>,
  photos: readonly PhotoId[],
  { id, now }: { id: HazardId; now: number },
): { ok: true; draft: v.InferInput<typeof HazardDraft> } | { ok: false; errors: Partial<Record<string, string>> } {
  const draft = {
    id: filing.hazardId ?? id,
    communityId: shown.community?.id,
    gridId: shown.grid?.id,
    enterpriseId: shown.enterprise?.id ?? null,
    place: shown.place,
    category: filing.category,
    sector: shown.sector,
    keyPlace: shown.keyPlace === 'none' ? null : shown.keyPlace,
    source: shown.source,
    description: shown.description,
    level: filing.level,
    observedAt: filing.observedAt ?? now,
    photos: [...photos],
  }
  const result = v.safeParse(HazardDraft, draft)
  if (result.success) return { ok: true, draft: result.output }
  const errors: Record<string, string> = {}
  for (const issue of result.issues) errors[String(issue.path?.[0]?.key)] ??= issue.message
  // Said of an id, these would puzzle.
  if (errors['category']) errors['category'] = '请选择隐患类别'
  if (errors['gridId'] ?? errors['communityId']) errors['gridId'] = '请选择所在网格'
  return { ok: false, errors }
}

/** A filed deed made a form again, as it was. */
export function filingOf(draft: v.InferInput<typeof HazardDraft>): Filing {
  // Safe: these values passed the schema before they were kept.
  const { id, category, gridId, enterpriseId, place, description, level, source, sector, keyPlace, observedAt } =
    draft as HazardDraft
  return {
    hazardId: id,
    category,
    gridId,
    enterpriseId,
    place,
    description,
    level,
    source,
    sector,
    keyPlace: keyPlace ?? 'none',
    observedAt,
  }
}
