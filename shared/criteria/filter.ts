import * as v from 'valibot'
import { sectors } from '../hazards/words'
import { oneOf } from '../keys'
import { kinds, scopes, sightings, standings } from './words'

/** Names a document for good, such as `MEM-ORDER-10-2023`; one of a district's or a street's own is an id of theirs. */
export const DocumentId = v.pipe(v.string(), v.regex(/^[A-Za-z][\w.-]{1,59}$/, '标准编号格式不正确'))

/** What a reader looks for; words are all to be found in the row or in its document. */
export const CriteriaFilter = v.object({
  words: v.optional(v.pipe(v.string(), v.maxLength(60))),
  kind: v.optional(oneOf(kinds)),
  sector: v.optional(oneOf(sectors)),
  standard: v.optional(DocumentId),
  standing: v.optional(oneOf(standings)),
  scope: v.optional(oneOf(scopes)),
  seen: v.optional(oneOf(sightings)),
})
export type CriteriaFilter = v.InferOutput<typeof CriteriaFilter>
