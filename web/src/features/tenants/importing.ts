import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { type ImportCard, importPartBytes, type NewImport, partsOf } from '@app/shared/tenants/imports'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { api, fetchOrThrow } from '../../api'

const imports = api.platform.imports
const everyMoment = 2_000

export const importsQuery = queryOptions({
  queryKey: ['platform', 'imports'] as const,
  queryFn: ({ signal }) => parseResponse(imports.$get({}, { init: { signal } })),
})

/** One import; asked for again while its job has something to do. */
export const importQuery = (importId: string) =>
  queryOptions({
    queryKey: ['platform', 'imports', importId] as const,
    queryFn: ({ signal }) => parseResponse(imports[':importId'].$get({ param: { importId } }, { init: { signal } })),
    refetchInterval: ({ state: { data } }) =>
      data?.state === 'checking' || data?.state === 'copying' ? everyMoment : false,
  })

/** A package on its way here: the same again goes on where it was broken off. */
export interface Sent {
  readonly asked: InferInput<typeof NewImport>
  readonly file: Blob
  readonly passphrase: string
  /** Called with how many parts of how many have arrived. */
  readonly onPart: (done: number, all: number) => void
}

/** Uploads what has not arrived yet, and has the package opened. */
export const sendPackage = mutationOptions({
  mutationFn: async ({ asked, file, passphrase, onPart }: Sent) => {
    const card = await parseResponse(imports.$post({ json: asked }))
    const all = partsOf(asked.size)
    const there = new Set(card.parts)
    onPart(there.size, all)
    for (let part = 1; part <= all; part++) {
      if (there.has(part) || card.state !== 'uploading') continue
      await fetchOrThrow(`/api/platform/imports/${asked.id}/parts/${part}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/octet-stream' },
        body: file.slice((part - 1) * importPartBytes, part * importPartBytes),
      })
      there.add(part)
      onPart(there.size, all)
    }
    await parseResponse(imports[':importId'].contents.$put({ param: { importId: asked.id }, json: { passphrase } }))
  },
  onSettled: (_data, _error, _asked, _result, { client }) =>
    client.invalidateQueries({ queryKey: ['platform', 'imports'] }),
})

export const cancelImport = mutationOptions({
  mutationFn: (importId: string) => parseResponse(imports[':importId'].$delete({ param: { importId } })),
  onSuccess: (_data, _id, _result, { client }) => client.invalidateQueries({ queryKey: ['platform', 'imports'] }),
})

/** A link for an administrator of a street that has come, shown once. */
export const linkImported = mutationOptions({
  mutationFn: (param: { importId: string; personId: string }) =>
    parseResponse(imports[':importId'].administrators[':personId'].link.$post({ param })),
  gcTime: 0,
})

export type Administrator = ImportCard['administrators'][number]
