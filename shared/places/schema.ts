import * as v from 'valibot'
import { CommunityId, EnterpriseId, GridId, HazardId, PersonId } from '../ids'
import { text } from '../text'
import { Day } from '../time'
import { type KeyPlace, keyPlaces } from '../hazards/words'

const keys = Object.keys(keyPlaces) as [KeyPlace, ...KeyPlace[]]

export const Places = v.object({
  communities: v.array(v.object({ id: CommunityId, name: v.string() })),
  grids: v.array(v.object({ id: GridId, communityId: CommunityId, name: v.string() })),
})
export type Places = v.InferOutput<typeof Places>

export const EnterpriseCard = v.object({
  id: EnterpriseId,
  name: v.string(),
  communityId: CommunityId,
  gridId: GridId,
  address: v.string(),
  keyPlace: v.nullable(v.picklist(keys)),
  /** Who signs in for it, to be offered as the person responsible. */
  principalId: v.nullable(PersonId),
})
export type EnterpriseCard = v.InferOutput<typeof EnterpriseCard>

export const EnterpriseFilter = v.object({
  communityId: v.optional(CommunityId),
  gridId: v.optional(GridId),
})
export type EnterpriseFilter = v.InferOutput<typeof EnterpriseFilter>

export const EnterprisePage = v.object({ items: v.array(EnterpriseCard) })

const place = { name: v.string(), retiredOn: v.nullable(Day), openHazards: v.number() }

/** The street's communities and grids with what lies in them, those retired last; counts are of open hazards. */
export const PlaceTree = v.object({
  communities: v.array(
    v.object({
      id: CommunityId,
      statCode: v.nullable(v.string()),
      ...place,
      grids: v.array(v.object({ id: GridId, code: v.nullable(v.string()), enterprises: v.number(), ...place })),
    }),
  ),
})
export type PlaceTree = v.InferOutput<typeof PlaceTree>

const statCode = v.pipe(v.string(), v.trim(), v.regex(/^\d{9,15}$/, '统计用区划代码应为 9 至 15 位数字'))
export const gridCode = v.pipe(v.string(), v.trim(), v.regex(/^[0-9A-Za-z-]{1,30}$/, '网格编码只能用数字、字母和 -'))
const why = text(200)

export const NewCommunity = v.strictObject({
  id: CommunityId,
  name: text(30),
  statCode: v.optional(v.nullable(statCode), null),
})
export type NewCommunity = v.InferOutput<typeof NewCommunity>
export const NewGrid = v.strictObject({
  id: GridId,
  communityId: CommunityId,
  name: text(30),
  code: v.optional(v.nullable(gridCode), null),
})
export type NewGrid = v.InferOutput<typeof NewGrid>

export const CommunityPath = v.object({ communityId: CommunityId })
export const GridPath = v.object({ gridId: GridId })
export const Renaming = v.strictObject({ name: text(30), why })
export type Renaming = v.InferOutput<typeof Renaming>

/**
 * What goes from one grid to another: everything, or the enterprises and hazards named (an enterprise takes its open
 * hazards along). Closed hazards stay where they were.
 */
export const Move = v.strictObject({
  to: GridId,
  what: v.variant('kind', [
    v.object({ kind: v.literal('all') }),
    v.object({
      kind: v.literal('some'),
      enterprises: v.pipe(v.array(EnterpriseId), v.maxLength(200, '一次最多选择 200 家单位')),
      hazards: v.pipe(v.array(HazardId), v.maxLength(50, '一次最多选择 50 条隐患')),
    }),
  ]),
  why,
})
export type Move = v.InferOutput<typeof Move>
/** A grid with much in it is emptied in several requests: repeat until nothing is left. */
export const Moved = v.object({ hazards: v.number(), enterprises: v.number(), left: v.number() })
export type Moved = v.InferOutput<typeof Moved>

/** Who has the retired place in their reach gets the one named instead, and keeps sight of what is past. */
export const Retirement = v.strictObject({ to: v.optional(v.nullable(v.union([CommunityId, GridId])), null), why })
export type Retirement = v.InferOutput<typeof Retirement>

export const changeKinds = { added: '新增', renamed: '更名', moved: '划转', retired: '撤销' } as const
export const PlaceHistory = v.object({
  items: v.array(
    v.object({
      kind: v.picklist(Object.keys(changeKinds) as [keyof typeof changeKinds, ...(keyof typeof changeKinds)[]]),
      name: v.string(),
      oldName: v.nullable(v.string()),
      toName: v.nullable(v.string()),
      hazards: v.number(),
      enterprises: v.number(),
      on: Day,
      by: v.nullable(v.string()),
      why: v.nullable(v.string()),
    }),
  ),
})
export type PlaceHistory = v.InferOutput<typeof PlaceHistory>
export const PlacePath = v.object({ placeId: v.union([CommunityId, GridId]) })
