import { CriteriaFilter } from '@app/shared/criteria/filter'
import * as v from 'valibot'
import { part } from '../../../ui/desk/part'

const { kind, sector, standard, standing, seen } = CriteriaFilter.entries

/** The address of 判定标准: its filter and page. */
export const CriteriaSearch = v.object({
  // The router reads a bare number out of an address as one.
  words: part(v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(60))),
  kind: part(kind),
  sector: part(sector),
  standard: part(standard),
  standing: part(standing),
  seen: part(seen),
  page: part(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
})
export type CriteriaSearch = v.InferOutput<typeof CriteriaSearch>
export type CriteriaSet = Omit<CriteriaSearch, 'page'>

export const pageSize = 30

/** What the API is asked for such an address. */
export function askedOf({ page = 1, ...filter }: CriteriaSearch) {
  return {
    ...Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)),
    from: String((page - 1) * pageSize),
    limit: String(pageSize),
  }
}
