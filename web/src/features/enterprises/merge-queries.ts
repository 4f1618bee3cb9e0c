import type { Board } from '@app/shared/enterprises/board'
import type { DuplicateGroups, Duplicates, Merging, Undoing } from '@app/shared/enterprises/merging'
import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { street } from '../../api'

const under = (streetId: string) => ['street', streetId, 'enterprises'] as const

export const mergeQueries = {
  /** Files that may be of the same unit as one. */
  of: (streetId: string, enterpriseId: string) =>
    queryOptions({
      queryKey: [...under(streetId), 'duplicates', enterpriseId] as const,
      queryFn: ({ signal }): Promise<Duplicates> =>
        parseResponse(
          street.merges.duplicates[':enterpriseId'].$get({ param: { streetId, enterpriseId } }, { init: { signal } }),
        ),
    }),
  groups: (streetId: string) =>
    queryOptions({
      queryKey: [...under(streetId), 'duplicates'] as const,
      queryFn: ({ signal }): Promise<DuplicateGroups> =>
        parseResponse(street.merges.duplicates.$get({ param: { streetId } }, { init: { signal } })),
    }),
}

/** 网格视图. */
export const boardQuery = (streetId: string) =>
  queryOptions({
    queryKey: [...under(streetId), 'board'] as const,
    queryFn: ({ signal }): Promise<Board> =>
      parseResponse(street.board.$get({ param: { streetId } }, { init: { signal } })),
  })

// What is read through both files is in the lists of hazards, checks and risks too.
const keeps = <T>(streetId: string, send: (change: T) => Promise<unknown>) =>
  mutationOptions({
    mutationFn: send,
    onSuccess: (_data, _change, _result, { client }) => client.invalidateQueries({ queryKey: ['street', streetId] }),
  })

export const mergeEnterprises = (streetId: string) =>
  keeps(streetId, (json: InferInput<typeof Merging>) =>
    parseResponse(street.merges.$post({ param: { streetId }, json })),
  )

export const undoMerge = (streetId: string, mergeId: string) =>
  keeps(streetId, (json: InferInput<typeof Undoing>) =>
    parseResponse(street.merges[':mergeId'].undoing.$put({ param: { streetId, mergeId }, json })),
  )
