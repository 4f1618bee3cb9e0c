import * as v from 'valibot'
import { CommunityId, GridId } from '../ids'
import { turnOf } from '../inspections/rules'
import type { Settings } from '../settings/catalogue'
import type { Day } from '../time'
import { type Colour, colours } from './words'

const count = v.number()

/** What is counted of the units in a place; all but `units` and `openHazards` of those alone that are active. */
const counts = {
  units: count,
  red: count,
  orange: count,
  yellow: count,
  blue: count,
  uncoloured: count,
  highRisk: count,
  crowded: count,
  /** Whose turn to be checked has come. */
  due: count,
  openHazards: count,
}
export const BoardCounts = v.object(counts)
export type BoardCounts = v.InferOutput<typeof BoardCounts>

/** 网格视图: every community in reach with its grids, in the street's own order. */
export const Board = v.object({
  communities: v.array(
    v.object({
      id: CommunityId,
      name: v.string(),
      ...counts,
      grids: v.array(v.object({ id: GridId, name: v.string(), ...counts })),
    }),
  ),
  /** More hazards are open than are counted. */
  capped: v.boolean(),
})
export type Board = v.InferOutput<typeof Board>

/** Units of one grid that are alike in all that is counted. */
export interface UnitGroup {
  readonly gridId: GridId
  readonly colour: Colour | null
  readonly highRisk: boolean
  readonly crowded: boolean
  readonly active: boolean
  readonly inspectedOn: Day | null
  readonly n: number
}

export const nothing: BoardCounts = {
  units: 0,
  red: 0,
  orange: 0,
  yellow: 0,
  blue: 0,
  uncoloured: 0,
  highRisk: 0,
  crowded: 0,
  due: 0,
  openHazards: 0,
}

const plus = (a: BoardCounts, b: BoardCounts): BoardCounts =>
  // Safe: both have every one of these names.
  Object.fromEntries(
    Object.entries(a).map(([name, n]) => [name, n + b[name as keyof BoardCounts]]),
  ) as unknown as BoardCounts

function countsOf(group: UnitGroup, settings: Settings, today: Day): BoardCounts {
  const { n, colour, active } = group
  const of = (fact: boolean) => (active && fact ? n : 0)
  return {
    units: n,
    // Safe: the keys of an object written out in this project.
    ...(Object.fromEntries((Object.keys(colours) as Colour[]).map((one) => [one, of(colour === one)])) as Record<
      Colour,
      number
    >),
    uncoloured: of(colour === null),
    highRisk: of(group.highRisk),
    crowded: of(group.crowded),
    due: of(turnOf(group, settings, today) <= today),
    openHazards: 0,
  }
}

/** The board of these places, from units grouped and open hazards counted by grid. */
export function boardOf(
  places: {
    readonly communities: readonly { readonly id: CommunityId; readonly name: string }[]
    readonly grids: readonly { readonly id: GridId; readonly communityId: CommunityId; readonly name: string }[]
  },
  units: readonly UnitGroup[],
  hazards: readonly { readonly gridId: GridId; readonly n: number }[],
  settings: Settings,
  today: Day,
): Board['communities'] {
  const byGrid = new Map<GridId, BoardCounts>()
  const add = (id: GridId, more: BoardCounts) => byGrid.set(id, plus(byGrid.get(id) ?? nothing, more))
  for (const group of units) add(group.gridId, countsOf(group, settings, today))
  for (const { gridId, n } of hazards) add(gridId, { ...nothing, openHazards: n })
  return places.communities.map(({ id, name }) => {
    const grids = places.grids
      .filter(({ communityId }) => communityId === id)
      .map((grid) => ({ id: grid.id, name: grid.name, ...(byGrid.get(grid.id) ?? nothing) }))
    const sum = grids.reduce<BoardCounts>((all, grid) => plus(all, grid), nothing)
    return { id, name, ...sum, grids }
  })
}
