/** Bounds of one upload; the phone sends 1600 px and at most 300 KB of its own accord. */
export const photoBounds = { bytes: 10 * 1024 * 1024, pixels: 25_000_000, side: 12_000 } as const

/** What is kept: at most this many pixels a side, and for lists this many. */
export const keptSide = 1600
export const thumbSide = 320

const signatures = {
  'image/jpeg': (b: Uint8Array) => b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff,
  'image/png': (b: Uint8Array) => [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, at) => b[at] === byte),
  'image/webp': (b: Uint8Array) => ascii(b, 0, 4) === 'RIFF' && ascii(b, 8, 12) === 'WEBP',
} as const
export type PhotoType = keyof typeof signatures

const ascii = (bytes: Uint8Array, from: number, until: number) => String.fromCharCode(...bytes.subarray(from, until))

/** What the first bytes say a file is, whatever it is called; `null` for anything but JPEG, PNG and WebP. */
export function photoTypeOf(bytes: Uint8Array): PhotoType | null {
  // Safe: `signatures` has no other keys.
  const types = Object.keys(signatures) as PhotoType[]
  return types.find((type) => signatures[type](bytes)) ?? null
}

interface Size {
  readonly width: number
  readonly height: number
}

/**
 * The size in pixels that a picture's header declares, without a look at any pixel; null where the header does not
 * reach that far. Orientation is not applied.
 */
export function declaredSize(bytes: Uint8Array, type: PhotoType): Size | null {
  return readers[type](new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
}

const readers: Record<PhotoType, (view: DataView) => Size | null> = {
  'image/png': (view) => (view.byteLength < 24 ? null : { width: view.getUint32(16), height: view.getUint32(20) }),
  'image/jpeg': (view) => {
    let at = 2
    while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
      const marker = view.getUint8(at + 1)
      // A frame of any process; the three between them are tables (ITU-T T.81, table B.1).
      if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
        return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
      at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2)
    }
    return null
  },
  'image/webp': (view) => {
    if (view.byteLength < 30) return null
    const uint24 = (at: number) => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536
    const kind = view.getUint32(12)
    // “VP8X”, “VP8 ” and “VP8L”, the latter two with what their data begins with (RFC 9649 §2.5 to 2.7, RFC 6386 §9.1).
    if (kind === 0x56503858) return { width: uint24(24) + 1, height: uint24(27) + 1 }
    if (kind === 0x56503820 && uint24(23) === 0x2a019d)
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
    if (kind !== 0x5650384c || view.getUint8(20) !== 0x2f) return null
    const packed = view.getUint32(21, true)
    return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 }
  },
}

/** Whether so many pixels are more than is taken. */
export const isTooLarge = ({ width, height }: Size): boolean =>
  width * height > photoBounds.pixels || Math.max(width, height) > photoBounds.side
