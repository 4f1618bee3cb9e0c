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
