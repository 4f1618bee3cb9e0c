/** How often a property is tried: a twentieth in `npm test`, all of it in `npm run trials`. */
export function runs(atFullSize: number): number {
  return process.env['FULL_SIZE'] === '1' ? atFullSize : Math.ceil(atFullSize / 20)
}
