import * as v from 'valibot'
import { sectors } from '../hazards/words'
import { CommunityId, EnterpriseId, GridId } from '../ids'
import { oneOf } from '../keys'
import { colours, kinds, standings } from './words'

const yes = v.optional(v.literal('yes'))

/** What the register is searched by. `cursor` is the last unit of the page before. */
export const RegisterFilter = v.object({
  /** Part of the name, the address, the code, or of the initials of the name's pinyin. */
  q: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(200, '搜索内容过长'),
      v.transform((typed) => typed.normalize('NFKC').trim()),
      v.maxGraphemes(60, '搜索内容过长'),
    ),
  ),
  communityId: v.optional(CommunityId),
  gridId: v.optional(GridId),
  kind: v.optional(oneOf(kinds)),
  sector: v.optional(oneOf(sectors)),
  standing: v.optional(oneOf(standings)),
  colour: v.optional(oneOf(colours)),
  highRisk: yes,
  crowded: yes,
  /** Whose turn to be checked has come. */
  due: yes,
  /** Without a colour yet. */
  uncoloured: yes,
  cursor: v.optional(EnterpriseId),
})
export type RegisterFilter = v.InferOutput<typeof RegisterFilter>
