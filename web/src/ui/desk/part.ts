import * as v from 'valibot'

/** A part of an address that somebody may have mangled: what it cannot be is left out, and the page opens anyway. */
export function part<S extends v.GenericSchema>(schema: S) {
  return v.optional(v.fallback(v.optional(schema), undefined))
}
