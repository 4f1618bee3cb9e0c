import * as v from 'valibot'

/** One line of what an item rests on: how it is cited, what it says in our words, and what must be said beside it. */
export const BasisLine = v.object({
  citation: v.string(),
  text: v.nullable(v.string()),
  address: v.nullable(v.string()),
  warnings: v.array(v.string()),
})
export type BasisLine = v.InferOutput<typeof BasisLine>
