import type { DistrictId, PhotoId, StreetId } from '@app/shared/ids'
import { Problem } from '@app/shared/problem'
import {
  declaredSize,
  isTooLarge,
  keptSide,
  photoBounds,
  type PhotoType,
  photoTypeOf,
  thumbSide,
} from '@app/shared/photos/rules'
import type { Env } from '../env'
import { sha256 } from '../sha256'

/** Where a street's photos lie; nothing outside this folder knows how keys are spelled. */
const photoKey = (streetId: StreetId, id: PhotoId, size: PhotoSize) =>
  `streets/${streetId}/${size === 'thumb' ? 'thumbs' : 'photos'}/${id}`
const factsKey = (districtId: DistrictId, hash: string) => `districts/${districtId}/facts/${hash}.jsonl.gz`

export type PhotoSize = 'full' | 'thumb'

/** A photo made fit to keep: re-encoded, so that nothing but the picture is left of what was sent. */
export interface CleanPhoto {
  readonly id: PhotoId
  readonly width: number
  readonly height: number
  readonly full: ArrayBuffer
  readonly thumb: ArrayBuffer
}

/** The objects of one street, and the frozen facts of the district it belongs to. */
export class Evidence {
  readonly #env: Env
  readonly #owner: { readonly streetId?: StreetId; readonly districtId: DistrictId }

  constructor(env: Env, owner: { streetId?: StreetId; districtId: DistrictId }) {
    this.#env = env
    this.#owner = owner
  }

  /**
   * Looks at what was sent and makes of it what may be kept: by its content and not its name, within bounds that are
   * read from its header before anything is decoded, upright, and free of metadata.
   * Throws `not-a-photo`, `too-large`, or `invalid-input` when it is not what its address says.
   */
  async clean(id: PhotoId, sent: ArrayBuffer): Promise<CleanPhoto> {
    if (sent.byteLength > photoBounds.bytes) throw new Problem('too-large', '照片不能超过 10 MB。')
    const type = photoTypeOf(new Uint8Array(sent, 0, Math.min(16, sent.byteLength)))
    if (!type) throw new Problem('not-a-photo', '只能上传 JPEG、PNG 或 WebP 照片。')
    if ((await sha256(sent)) !== id) {
      throw new Problem('invalid-input', '照片在传输中损坏，请重新上传。', [
        { pointer: '/photoId', detail: '与内容不符' },
      ])
    }
    // What it declares first: the platform refuses the largest as broken, which would send a person on a wrong track.
    const declared = declaredSize(new Uint8Array(sent), type)
    if ((declared && isTooLarge(declared)) || isTooLarge(await this.#sizeOf(sent, type))) {
      throw new Problem('too-large', '照片尺寸过大，请拍摄 2500 万像素以内的照片。')
    }
    try {
      const full = await this.#encode(sent, keptSide, 82)
      const [kept, thumb] = [await this.#env.IMAGES.info(streamOf(full)), await this.#encode(full, thumbSide, 70)]
      if (!('width' in kept)) throw new Problem('not-a-photo')
      return { id, width: kept.width, height: kept.height, full, thumb }
    } catch {
      throw new Problem('not-a-photo', '照片已损坏，无法打开，请重新拍摄。')
    }
  }

  async put({ id, full, thumb }: CleanPhoto): Promise<void> {
    const { streetId } = this.#owner
    if (!streetId) throw new Error('Photos belong to a street')
    const once = { httpMetadata: { contentType: 'image/jpeg' }, onlyIf: new Headers({ 'if-none-match': '*' }) }
    await Promise.all([
      this.#env.EVIDENCE.put(photoKey(streetId, id, 'full'), full, once),
      this.#env.EVIDENCE.put(photoKey(streetId, id, 'thumb'), thumb, once),
    ])
  }

  /** A photo's object, or null. Whether the actor may see it is asked before. */
  photo(id: PhotoId, size: PhotoSize, of = this.#owner.streetId): Promise<R2ObjectBody | null> {
    if (!of) throw new Error('Photos belong to a street')
    return this.#env.EVIDENCE.get(photoKey(of, id, size))
  }

  async remove(id: PhotoId, of: StreetId): Promise<void> {
    await this.#env.EVIDENCE.delete([photoKey(of, id, 'full'), photoKey(of, id, 'thumb')])
  }

  /** Freezes facts under the hash of their text; the same facts again are the same object. */
  async freezeFacts(text: string): Promise<string> {
    const hash = await sha256(text)
    const packed = await new Response(
      streamOf(new TextEncoder().encode(text)).pipeThrough(new CompressionStream('gzip')),
    ).arrayBuffer()
    await this.#env.EVIDENCE.put(factsKey(this.#owner.districtId, hash), packed, {
      httpMetadata: { contentType: 'application/x-ndjson', contentEncoding: 'gzip' },
      onlyIf: new Headers({ 'if-none-match': '*' }),
    })
    return hash
  }

  /** The text frozen under a hash. Throws when it is gone or no longer what its hash says. */
  async frozenFacts(hash: string): Promise<string> {
    const object = await this.#env.EVIDENCE.get(factsKey(this.#owner.districtId, hash))
    if (!object) throw new Error(`The frozen facts ${hash} are gone`)
    const text = await new Response(object.body.pipeThrough(new DecompressionStream('gzip'))).text()
    if ((await sha256(text)) !== hash) throw new Error(`The frozen facts ${hash} are not what they were`)
    return text
  }

  async #sizeOf(sent: ArrayBuffer, type: PhotoType): Promise<{ width: number; height: number }> {
    const info = await this.#env.IMAGES.info(streamOf(sent)).catch(() => null)
    if (!info || !('width' in info) || info.format !== type)
      throw new Problem('not-a-photo', '照片已损坏，无法打开，请重新拍摄。')
    return info
  }

  async #encode(picture: ArrayBuffer, side: number, quality: number): Promise<ArrayBuffer> {
    const drawn = await this.#env.IMAGES.input(streamOf(picture))
      .transform({ width: side, height: side, fit: 'scale-down' })
      .output({ format: 'image/jpeg', quality })
    return drawn.response().arrayBuffer()
  }
}

function streamOf(bytes: ArrayBuffer | Uint8Array): ReadableStream<Uint8Array> {
  // Safe: a body made from bytes is there.
  return new Response(bytes).body as ReadableStream<Uint8Array>
}
