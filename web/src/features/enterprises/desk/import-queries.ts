import type { Mapping } from '@app/shared/enterprises/columns'
import type { Held, ImportChunk, KeptMapping } from '@app/shared/enterprises/matching'
import type { EnterpriseId } from '@app/shared/ids'
import { queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { street } from '../../../api'
import { digest } from '../../../ui/desk/digest'

const { register, mapping, chunks } = street.imports.enterprises

export const importQueries = {
  /** Every unit of the street, to compare a file with or to make one. */
  held: (streetId: string) =>
    queryOptions({
      queryKey: ['street', streetId, 'enterprises', 'import', 'held'] as const,
      queryFn: async ({ signal }) => {
        const all: Held[] = []
        for (let cursor: EnterpriseId | undefined; ;) {
          const query = cursor ? { cursor } : {}
          const page = await parseResponse(register.$get({ param: { streetId }, query }, { init: { signal } }))
          all.push(...page.items)
          if (page.next === null) return all
          cursor = page.next
        }
      },
      staleTime: 60_000,
    }),
  /** How the street's tables are read; null while nobody has said so. */
  mapping: (streetId: string) =>
    queryOptions({
      queryKey: ['street', streetId, 'enterprises', 'import', 'mapping'] as const,
      queryFn: async ({ signal }) => {
        const kept = parseResponse(mapping.$get({ param: { streetId } }, { init: { signal } }))
        return ((await kept) as KeptMapping).mapping
      },
      staleTime: 60_000,
    }),
}

/** Keeps how the street's tables are read, for the next file and for what is exported. */
export const keepMapping = (streetId: string, json: Mapping) =>
  parseResponse(mapping.$put({ param: { streetId }, json }))

/** Takes some lines over. Its key is made of its content: sent again, it is the same request. */
export async function sendChunk(streetId: string, json: ImportChunk): Promise<void> {
  const key = await digest(`${streetId} ${JSON.stringify(json)}`)
  await parseResponse(chunks.$post({ param: { streetId }, json }, { headers: { 'idempotency-key': key } }))
}
