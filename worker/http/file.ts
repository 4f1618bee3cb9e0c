import { Problem } from '@app/shared/problem'

/** Bytes from `first` on, both ends included. */
export interface ByteRange {
  readonly first: number
  readonly last: number
}

/**
 * The one range that a request asks for of a file of `size` bytes (RFC 9110 §14.2), or null where it is to be sent
 * whole: no range, several of them, or one that is not understood. Throws `no-such-range` for one that lies outside.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | null {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return null
  const [first, last] =
    from === ''
      ? [Math.max(0, size - Number(to)), size - 1]
      : [Number(from), to === '' ? size - 1 : Math.min(Number(to), size - 1)]
  if (from !== '' && to !== '' && Number(to) < Number(from)) return null
  if (first >= size || (from === '' && Number(to) === 0)) throw new Problem('no-such-range')
  return { first, last }
}

/** A file to be saved, whole or the range of it, for this browser alone. */
export function fileResponse(object: R2ObjectBody, name: string, range: ByteRange | null): Response {
  const length = range ? range.last - range.first + 1 : object.size
  return new Response(object.body, {
    status: range ? 206 : 200,
    headers: {
      'content-type': object.httpMetadata?.contentType ?? 'application/octet-stream',
      'content-length': String(length),
      'content-disposition': `attachment; filename="${name}"`,
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-store',
      etag: object.httpEtag,
      ...(range && { 'content-range': `bytes ${range.first}-${range.last}/${object.size}` }),
    },
  })
}
