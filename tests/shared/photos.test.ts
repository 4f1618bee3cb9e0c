import { it } from 'vitest'
import { declaredSize, isTooLarge, photoTypeOf } from '@app/shared/photos/rules'
import { corpus, damaged, good, type Good } from './hostile-pictures'

const sizeOf = (bytes: Uint8Array) => {
  const type = photoTypeOf(bytes)
  return type && declaredSize(bytes, type)
}

it('reads the size of a picture from its header, of every kind', ({ expect }) => {
  const sizes: [Good, number, number][] = [
    ['jpeg', 24, 16],
    ['jpegProgressive', 24, 16],
    ['jpegCmyk', 24, 16],
    ['jpegSecret', 24, 16],
    ['jpegTurned', 24, 16],
    ['png16', 24, 16],
    ['webp', 24, 16],
    ['webpLossless', 12, 8],
    ['webpAnimated', 12, 8],
  ]
  for (const [name, width, height] of sizes) expect(sizeOf(good(name)), name).toEqual({ width, height })
})

it('never stumbles over what is damaged, and knows what is too large before anybody decodes it', async ({ expect }) => {
  for (let seed = 0; seed < 2000; seed++) {
    const bytes = damaged(good('jpegSecret'), seed, (seed % 50) / 1000)
    const size = sizeOf(bytes.subarray(0, seed % bytes.length))
    if (size) expect(size.width * size.height).toBeLessThan(2 ** 32)
  }
  for (const { what, make, status } of corpus) {
    const bytes = await make()
    const size = sizeOf(bytes)
    if (size && bytes.length < 1_000_000) expect(isTooLarge(size), what).toBe(status === 413)
  }
})
