import { type Column, and, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import { graphemes } from '@app/shared/text'
import type { PersonId, StreetId } from '@app/shared/ids'
import { anonymousName } from '@app/shared/people/rights'
import type { Db } from '../db/client'
import {
  enterpriseChanges,
  enterpriseContacts,
  filingActs,
  filings,
  enterpriseMerges,
  hazardEvents,
  hazards,
  holds,
  inspections,
  people,
  posts,
  riskPointChanges,
  riskPoints,
  seats,
  selfchecks,
} from '../db/ledger'
import type { Statement } from './desk'

/** What stands in a text where an erased name stood. */
const someone = '（已注销）'

/** Which words of a hazard people write, and may name somebody in. */
const written = [
  hazards.place,
  hazards.description,
  hazards.measures,
  hazards.funds,
  hazards.plan,
  hazards.responsible,
  hazards.measure,
] as const

/**
 * Takes one person's name and number out of a street's rows; `audit` stands behind the first change and asks whether
 * it touched a row. Words that name the person go from the events with their salt, so that the chain still holds.
 */
export function erasure(
  db: Db,
  streetId: StreetId,
  { id, name }: { id: PersonId; name: string },
  audit: Statement,
  now: number,
): Statement[] {
  const anonymous = anonymousName(id)
  const here = ({ streetId: owner }: { streetId: Column }) => eq(owner, streetId)
  const holdsName = (column: Column, spelled: string) => sql`instr(coalesce(${column}, ''), ${spelled}) > 0`
  const without = (column: Column) => sql<string>`replace(${column}, ${name}, ${someone})`
  const inJson = JSON.stringify(name).slice(1, -1)
  // A single character is in half of all words.
  const distinct = graphemes(name) > 1
  const assigned = sql`json_extract(${hazardEvents.after}, '$.responsibleId') = ${id}`
  return [
    db
      .update(people)
      .set({ name: anonymous, initials: '', phoneSealed: null, phoneMask: null, erasedAt: now })
      .where(and(here(people), eq(people.id, id), isNull(people.erasedAt))),
    audit,
    db
      .update(seats)
      .set({ name: anonymous, title: someone })
      .where(and(here(seats), eq(seats.personId, id))),
    db
      .update(posts)
      .set({ title: null })
      .where(and(here(posts), eq(posts.personId, id))),
    db
      .update(hazards)
      .set({ responsible: anonymous })
      .where(and(here(hazards), eq(hazards.responsibleId, id), isNotNull(hazards.responsible))),
    db
      .update(hazardEvents)
      .set({ said: null, texts: null, salt: null })
      .where(
        and(
          here(hazardEvents),
          isNotNull(hazardEvents.salt),
          distinct ? or(assigned, holdsName(hazardEvents.said, name), holdsName(hazardEvents.texts, inJson)) : assigned,
        ),
      ),
    // As whoever answers in a unit that the person signed in for.
    db.delete(enterpriseContacts).where(
      and(
        here(enterpriseContacts),
        eq(enterpriseContacts.name, name),
        inArray(
          enterpriseContacts.enterpriseId,
          db
            .select({ id: posts.enterpriseId })
            .from(posts)
            .where(and(here(posts), eq(posts.personId, id), isNotNull(posts.enterpriseId))),
        ),
      ),
    ),
    ...(distinct
      ? [
          db
            .update(enterpriseChanges)
            .set({ why: without(enterpriseChanges.why) })
            .where(and(here(enterpriseChanges), holdsName(enterpriseChanges.why, name))),
          db
            .update(hazards)
            .set({
              place: without(hazards.place),
              description: without(hazards.description),
              measures: without(hazards.measures),
              funds: without(hazards.funds),
              plan: without(hazards.plan),
              responsible: without(hazards.responsible),
              measure: without(hazards.measure),
            })
            .where(and(here(hazards), or(...written.map((column) => holdsName(column, name))))),
          db
            .update(riskPoints)
            .set({
              name: without(riskPoints.name),
              accident: without(riskPoints.accident),
              reason: without(riskPoints.reason),
              measures: sql`replace(${riskPoints.measures}, ${inJson}, ${someone})`,
            })
            .where(
              and(
                here(riskPoints),
                or(
                  holdsName(riskPoints.name, name),
                  holdsName(riskPoints.accident, name),
                  holdsName(riskPoints.reason, name),
                  holdsName(riskPoints.measures, inJson),
                ),
              ),
            ),
          db
            .update(riskPointChanges)
            .set({ words: null })
            .where(and(here(riskPointChanges), holdsName(riskPointChanges.words, inJson))),
          db
            .update(enterpriseMerges)
            .set({ why: without(enterpriseMerges.why), undoneWhy: without(enterpriseMerges.undoneWhy) })
            .where(
              and(
                here(enterpriseMerges),
                or(holdsName(enterpriseMerges.why, name), holdsName(enterpriseMerges.undoneWhy, name)),
              ),
            ),
          db
            .update(holds)
            .set({ why: without(holds.why) })
            .where(and(here(holds), holdsName(holds.why, name))),
          // Seats that were entered by name alone; another person's own seat is left to that person.
          db
            .update(seats)
            .set({ name: without(seats.name), title: without(seats.title) })
            .where(
              and(here(seats), isNull(seats.personId), or(holdsName(seats.name, name), holdsName(seats.title, name))),
            ),
          db
            .update(inspections)
            .set({ words: null, salt: null })
            .where(and(here(inspections), isNotNull(inspections.salt), holdsName(inspections.words, inJson))),
          db
            .update(filings)
            .set({ words: null, salt: null, numberSealed: null, numberMask: null })
            .where(and(here(filings), isNotNull(filings.words), holdsName(filings.words, inJson))),
          db
            .update(filingActs)
            .set({ words: null, salt: null })
            .where(and(here(filingActs), isNotNull(filingActs.salt), holdsName(filingActs.words, inJson))),
          db
            .update(selfchecks)
            .set({ words: null, salt: null })
            .where(and(here(selfchecks), isNotNull(selfchecks.salt), holdsName(selfchecks.words, inJson))),
        ]
      : []),
  ]
}
