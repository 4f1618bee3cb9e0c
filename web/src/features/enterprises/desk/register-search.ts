import { RegisterFilter } from '@app/shared/enterprises/filter'
import * as v from 'valibot'
import { part } from '../../../ui/desk/part'
import type { RegisterQuery } from '../queries'

const { communityId, gridId, kind, sector, standing, colour, highRisk, crowded, due, uncoloured, cursor } =
  RegisterFilter.entries

/** The address of 企业一企一档: its filter and page. */
export const RegisterSearch = v.object({
  // The router reads a bare number out of an address as one.
  q: part(v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(60))),
  communityId: part(communityId),
  gridId: part(gridId),
  kind: part(kind),
  sector: part(sector),
  standing: part(standing),
  colour: part(colour),
  highRisk: part(highRisk),
  crowded: part(crowded),
  due: part(due),
  uncoloured: part(uncoloured),
  cursor: part(cursor),
  page: part(v.pipe(v.number(), v.integer(), v.minValue(1))),
})
export type RegisterSearch = v.InferOutput<typeof RegisterSearch>
export type RegisterSet = Omit<RegisterSearch, 'cursor' | 'page'>

/** What the API is asked for such an address. */
export function queryOf({ page: _, ...address }: RegisterSearch): RegisterQuery {
  return Object.fromEntries(Object.entries(address).filter(([, value]) => value !== undefined))
}
