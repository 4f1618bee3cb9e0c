/**
 * How often a property is tried: all of it in `npm run trials`, which is told the size; a twentieth in `npm test`, or
 * `usually` where one try takes longer.
 */
export function runs(atFullSize: number, usually = Math.ceil(atFullSize / 20)): number {
  if (process.env['FULL_SIZE'] !== '1') return usually
  console.log(`SIZE ${atFullSize}`)
  return atFullSize
}
