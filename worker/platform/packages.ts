import type { ExportId, ImportId, StreetId } from '@app/shared/ids'
import type { Env } from '../env'

/** Where the objects of a street, its packages, and packages that have just come lie. */
export const streetPrefix = (streetId: StreetId) => `streets/${streetId}/`
export const exportPrefix = (streetId: StreetId, id: ExportId) => `${streetPrefix(streetId)}exports/${id}/`
export const packageKey = (streetId: StreetId, id: ExportId) => `${exportPrefix(streetId, id)}package.zip`
export const importKey = (id: ImportId) => `imports/${id}.zip`

/** Under the street's prefix, but no part of what it owns. */
const packagesUnder = (streetId: StreetId) => `${streetPrefix(streetId)}exports/`
/** What comes right behind all of those in the order of keys. */
const behindPackages = (streetId: StreetId) => `${streetPrefix(streetId)}exports0`

/** Objects of the street in the order of their keys, packages left out; fewer than `limit` only at the end. */
export async function objectsOf(
  env: Env,
  streetId: StreetId,
  after: string | null,
  limit: number,
): Promise<R2Object[]> {
  const found: R2Object[] = []
  let startAfter = after ?? undefined
  for (;;) {
    const page = await env.EVIDENCE.list({
      prefix: streetPrefix(streetId),
      limit: limit - found.length,
      include: ['httpMetadata', 'customMetadata'],
      ...(startAfter !== undefined && { startAfter }),
    })
    const first = page.objects.findIndex(({ key }) => key.startsWith(packagesUnder(streetId)))
    found.push(...(first < 0 ? page.objects : page.objects.slice(0, first)))
    // A page may come short of its limit and still not be the last.
    startAfter = first >= 0 ? behindPackages(streetId) : page.objects.at(-1)?.key
    if (found.length >= limit || (!page.truncated && first < 0)) return found
  }
}

/** The name in a package of an object of the street, and back. */
export function pathOfObject(streetId: StreetId, key: string): string {
  const rest = key.slice(streetPrefix(streetId).length)
  return rest.startsWith('appendix/') ? rest : `objects/${rest}`
}

export function keyOfPath(streetId: StreetId, path: string): string {
  return streetPrefix(streetId) + (path.startsWith('objects/') ? path.slice('objects/'.length) : path)
}

/** Takes away at most some thousand objects under a prefix; says whether that was all. */
export async function clearObjects(env: Env, prefix: string): Promise<boolean> {
  for (let page = 0; page < 4; page++) {
    const { objects, truncated } = await env.EVIDENCE.list({ prefix, limit: 1_000 })
    if (objects.length > 0) await env.EVIDENCE.delete(objects.map(({ key }) => key))
    if (!truncated) return true
  }
  return false
}

/** What the object store keeps beside an object, as a manifest spells it. */
export function besides({ httpMetadata, customMetadata }: R2Object): {
  http?: Record<string, string>
  custom?: Record<string, string>
} {
  const http = Object.fromEntries(
    Object.entries(httpMetadata ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value instanceof Date ? value.toISOString() : String(value)]],
    ),
  )
  return {
    ...(Object.keys(http).length > 0 && { http }),
    ...(customMetadata && Object.keys(customMetadata).length > 0 && { custom: customMetadata }),
  }
}

/** The same as the object store takes it. */
export function metadataOf({
  http,
  custom,
}: {
  http?: Record<string, string> | undefined
  custom?: Record<string, string> | undefined
}): R2PutOptions {
  const { cacheExpiry, ...rest } = http ?? {}
  return {
    httpMetadata: { ...rest, ...(cacheExpiry !== undefined && { cacheExpiry: new Date(cacheExpiry) }) },
    ...(custom && { customMetadata: custom }),
  }
}
