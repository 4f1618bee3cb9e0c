import * as v from 'valibot'

/** The keys of a closed vocabulary, as the lists that schemas and tables take: there is always a first. */
export const keysOf = <K extends string>(words: Readonly<Record<K, unknown>>) => Object.keys(words) as [K, ...K[]]

/** One of the keys of a closed vocabulary. */
export const oneOf = <K extends string>(words: Readonly<Record<K, unknown>>) =>
  v.picklist(keysOf(words), '请从列表中选择')
