import * as v from 'valibot'
import { type Category, type Level, type State, categories, levels, states } from '@app/shared/hazards/words'

const keyOf = <Key extends string>(words: Record<Key, unknown>) =>
  v.optional(v.fallback(v.optional(v.picklist(Object.keys(words) as [Key, ...Key[]])), undefined))

/** What the ledger of the phone can be narrowed to; all of it stands in the address. What cannot be read is left out. */
export const LedgerSearch = v.object({
  open: keyOf({ no: null }),
  state: keyOf<State>(states),
  level: keyOf<Level>(levels),
  category: keyOf<Category>(categories),
  overdue: keyOf({ yes: null, today: null }),
  mine: keyOf({ yes: null }),
  plea: keyOf({ yes: null }),
})
export type LedgerSearch = v.InferOutput<typeof LedgerSearch>

/** The filter of the list that this address shows. Who is done with a hazard has no due day to be late for. */
export function filterOf({ open, overdue, mine, plea, ...rest }: LedgerSearch) {
  const named = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Omit<
    LedgerSearch,
    'open' | 'overdue' | 'mine' | 'plea'
  >
  return {
    ...named,
    open: open ?? ('yes' as const),
    ...(open !== 'no' && overdue && { overdue }),
    ...(open !== 'no' && mine && { mine }),
    ...(open !== 'no' && plea && { plea }),
    limit: '20',
  }
}
