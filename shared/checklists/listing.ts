import * as v from 'valibot'
import { CriterionCard } from '../criteria/schema'
import { kinds } from '../enterprises/words'
import { keyPlaces, sectors } from '../hazards/words'
import { TemplateId } from '../ids'
import { keysOf } from '../keys'
import { Day } from '../time'
import { BasisLine } from './basis-line'
import { Draft } from './drafts'
import { Published } from './schema'

/** A checklist in a list, as its newest version reads. */
export const ChecklistCard = v.object({
  id: TemplateId,
  title: v.string(),
  kinds: v.array(v.picklist(keysOf(kinds))),
  keyPlaces: v.array(v.picklist(keysOf(keyPlaces))),
  sectors: v.array(v.picklist(keysOf(sectors))),
  items: v.number(),
  version: v.number(),
  publishedOn: Day,
})
export type ChecklistCard = v.InferOutput<typeof ChecklistCard>

/**
 * The checklists that come with the product, each with the street's own one that is offered instead, and the street's
 * own: what is offered of it by now, null for nothing yet or no longer.
 */
export const ChecklistPage = v.object({
  shipped: v.array(v.object({ ...ChecklistCard.entries, replacedBy: v.nullable(TemplateId) })),
  own: v.array(
    v.object({
      id: TemplateId,
      /** As the draft is called. */
      title: v.string(),
      offered: v.nullable(v.object({ ...ChecklistCard.entries, replaces: v.nullable(TemplateId) })),
      /** The newest version, offered or not; 0 for one that was never published. */
      latest: v.number(),
      /** The draft has been changed since that. */
      pending: v.boolean(),
      editedAt: v.number(),
      editedBy: v.nullable(v.string()),
      retiredOn: v.nullable(Day),
    }),
  ),
})
export type ChecklistPage = v.InferOutput<typeof ChecklistPage>

/** One version of a checklist with what its items rest on, and which other versions there are, the newest first. */
export const ChecklistVersion = v.object({
  template: Published,
  basis: v.record(v.string(), v.array(BasisLine)),
  own: v.boolean(),
  /** It is what a check begins with today. */
  offered: v.boolean(),
  versions: v.array(v.object({ version: v.number(), publishedOn: Day, by: v.nullable(v.string()) })),
})
export type ChecklistVersion = v.InferOutput<typeof ChecklistVersion>

/** A street's checklist as it is written, with the version it follows and the rows that it rests on as they stand today. */
export const ChecklistDraft = v.object({
  id: TemplateId,
  edition: v.number(),
  draft: Draft,
  last: v.nullable(v.object({ ...Published.entries, replaces: v.nullable(TemplateId) })),
  retiredOn: v.nullable(Day),
  editedAt: v.number(),
  editedBy: v.nullable(v.string()),
  cited: v.array(CriterionCard),
})
export type ChecklistDraft = v.InferOutput<typeof ChecklistDraft>

export const Edition = v.object({ edition: v.number() })
export const PublishedVersion = v.object({ edition: v.number(), version: v.number() })
