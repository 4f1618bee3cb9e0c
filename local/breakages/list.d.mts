/** One edit on purpose: what it breaks, where, and the tests that must turn red. */
export const breakages: readonly {
  readonly name: string
  readonly file: string
  readonly edits: readonly (readonly [from: string, to: string])[]
  readonly in: readonly string[]
  readonly only?: string
  readonly full?: true
}[]
