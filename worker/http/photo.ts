import { Problem } from '@app/shared/problem'

/** A kept photo as it is sent: as a picture and nothing else, to this browser alone. Throws `not-found` for null. */
export function photoResponse(object: R2ObjectBody | null): Response {
  if (!object) throw new Problem('not-found')
  return new Response(object.body, {
    headers: {
      'content-type': object.httpMetadata?.contentType ?? 'application/octet-stream',
      'content-length': String(object.size),
      'content-disposition': 'inline; filename="photo.jpg"',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, max-age=31536000, immutable',
      etag: object.httpEtag,
    },
  })
}
