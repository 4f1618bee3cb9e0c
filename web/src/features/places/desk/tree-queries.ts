import type { CommunityId, GridId } from '@app/shared/ids'
import type { Move, Moved, NewCommunity, NewGrid } from '@app/shared/places/schema'
import { Problem } from '@app/shared/problem'
import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { street } from '../../../api'

export const treeQueries = {
  /** Communities and grids with what lies in them, retired ones included. */
  tree: (streetId: string) =>
    queryOptions({
      queryKey: ['street', streetId, 'places', 'tree'] as const,
      queryFn: ({ signal }) => parseResponse(street.places.tree.$get({ param: { streetId } }, { init: { signal } })),
    }),
  history: (streetId: string, placeId: string) =>
    queryOptions({
      queryKey: ['street', streetId, 'places', 'history', placeId] as const,
      queryFn: ({ signal }) =>
        parseResponse(street.places[':placeId'].history.$get({ param: { streetId, placeId } }, { init: { signal } })),
    }),
}

/** Places stand in nearly everything that a street shows. */
const refresh = (client: QueryClient, streetId: string) => client.invalidateQueries({ queryKey: ['street', streetId] })

/** A community or a grid, as changes name them. */
export type PlaceRef =
  | { readonly kind: 'community'; readonly id: CommunityId; readonly name: string }
  | { readonly kind: 'grid'; readonly id: GridId; readonly name: string }

export const addCommunity = (streetId: string) =>
  mutationOptions({
    mutationFn: (json: InferInput<typeof NewCommunity>) =>
      parseResponse(street.places.communities.$post({ param: { streetId }, json })),
    onSuccess: (_data, _json, _result, { client }) => refresh(client, streetId),
  })

export const addGrid = (streetId: string) =>
  mutationOptions({
    mutationFn: (json: InferInput<typeof NewGrid>) =>
      parseResponse(street.places.grids.$post({ param: { streetId }, json })),
    onSuccess: (_data, _json, _result, { client }) => refresh(client, streetId),
  })

export const renamePlace = (streetId: string, place: PlaceRef) =>
  mutationOptions({
    mutationFn: (json: { name: string; why: string }) =>
      place.kind === 'community'
        ? parseResponse(
            street.places.communities[':communityId'].name.$put({ param: { streetId, communityId: place.id }, json }),
          )
        : parseResponse(street.places.grids[':gridId'].name.$put({ param: { streetId, gridId: place.id }, json })),
    onSuccess: (_data, _json, _result, { client }) => refresh(client, streetId),
  })

/** Takes a place away from today on; posts that reach it get `to` besides. */
export const retirePlace = (streetId: string, place: PlaceRef) =>
  mutationOptions({
    mutationFn: (json: { to: CommunityId | GridId | null; why: string }) => retire(streetId, place, json),
    onSuccess: (_data, _json, _result, { client }) => refresh(client, streetId),
  })

function retire(streetId: string, place: PlaceRef, json: { to: CommunityId | GridId | null; why: string }) {
  return place.kind === 'community'
    ? parseResponse(
        street.places.communities[':communityId'].retirement.$put({
          param: { streetId, communityId: place.id },
          json,
        }),
      )
    : parseResponse(street.places.grids[':gridId'].retirement.$put({ param: { streetId, gridId: place.id }, json }))
}

const move = (streetId: string, gridId: GridId, json: InferInput<typeof Move>): Promise<Moved> =>
  parseResponse(street.places.grids[':gridId'].moves.$post({ param: { streetId, gridId }, json }))

/** What has gone so far, and what still waits. */
export interface Progress {
  readonly hazards: number
  readonly enterprises: number
  readonly left: number
}

/** Moves in portions until nothing of what is meant is left; each portion is kept even when a later one fails. */
async function moveAll(
  streetId: string,
  gridId: GridId,
  json: InferInput<typeof Move>,
  tell: (progress: Progress) => void,
): Promise<void> {
  const gone = { hazards: 0, enterprises: 0 }
  for (;;) {
    const { hazards, enterprises, left } = await move(streetId, gridId, json)
    gone.hazards += hazards
    gone.enterprises += enterprises
    tell({ ...gone, left })
    if (left === 0) return
    // Nothing moved and something left would go on for ever.
    if (hazards + enterprises === 0) throw new Error('Nothing moved though something is left')
  }
}

/**
 * What is done with a grid in several requests: each can be stopped anywhere and begun again from what is there.
 * `merge` empties it into another and retires it; `pass` does so into a new one of the same name in another community,
 * made first unless an earlier attempt made it; `split` takes what is named to a new grid.
 */
export type GridWork =
  | { readonly kind: 'merge'; readonly to: GridId; readonly why: string }
  | {
      readonly kind: 'pass'
      readonly to: GridId
      readonly isNew: boolean
      readonly communityId: CommunityId
      readonly why: string
    }
  | {
      readonly kind: 'split'
      readonly to: GridId
      readonly isNew: boolean
      readonly communityId: CommunityId
      readonly name: string
      readonly enterprises: readonly string[]
      readonly why: string
    }

export const workOnGrid = (
  streetId: string,
  grid: { id: GridId; name: string; code: string | null },
  tell: (progress: Progress) => void,
) =>
  mutationOptions({
    mutationFn: async (work: GridWork) => {
      if (work.kind !== 'merge' && work.isNew) {
        const { communityId, to } = work
        const name = work.kind === 'split' ? work.name : grid.name
        const code = work.kind === 'pass' ? grid.code : null
        await parseResponse(
          street.places.grids.$post({ param: { streetId }, json: { id: to, communityId, name, code } }),
        ).catch((error: unknown) => {
          // The id is this attempt's own: an earlier try of it made the grid and failed later.
          if (!(error instanceof Problem && error.slug === 'already-there')) throw error
        })
      }
      const what =
        work.kind === 'split'
          ? // Safe: they were read from this very grid.
            { kind: 'some' as const, enterprises: [...work.enterprises] as never[], hazards: [] }
          : { kind: 'all' as const }
      if (work.kind !== 'split' || work.enterprises.length > 0)
        await moveAll(streetId, grid.id, { to: work.to, what, why: work.why }, tell)
      if (work.kind !== 'split') await retire(streetId, { kind: 'grid', ...grid }, { to: work.to, why: work.why })
    },
    // What was moved before something failed has been moved all the same.
    onSettled: (_data, _error, _work, _result, { client }) => refresh(client, streetId),
  })
