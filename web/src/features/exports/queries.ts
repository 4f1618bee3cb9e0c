import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { NewExport } from '@app/shared/exports/schema'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { street } from '../../api'

/** Often enough to see it move. */
const everyMoment = 2_000

export const exportQueries = {
  all: (streetId: string) =>
    queryOptions({
      queryKey: ['street', streetId, 'exports'] as const,
      queryFn: ({ signal }) => parseResponse(street.exports.$get({ param: { streetId } }, { init: { signal } })),
      refetchInterval: ({ state }) => (state.data?.items.some((one) => one.state === 'making') ? everyMoment : false),
    }),
}

const refresh = (streetId: string) => ({ queryKey: ['street', streetId, 'exports'] as const })

/** Has a package made; the passphrase comes from this browser and is kept by nobody but who notes it. */
export const beginExport = (streetId: string) =>
  mutationOptions({
    mutationFn: (json: InferInput<typeof NewExport>) =>
      parseResponse(street.exports.$post({ param: { streetId }, json })),
    onSuccess: (_data, _json, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })

export const removeExport = (streetId: string) =>
  mutationOptions({
    mutationFn: (exportId: string) =>
      parseResponse(street.exports[':exportId'].$delete({ param: { streetId, exportId } })),
    onSuccess: (_data, _id, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })

/** Where the browser fetches a package. */
export const packageUrl = (streetId: string, exportId: string) => `/api/streets/${streetId}/exports/${exportId}/file`
