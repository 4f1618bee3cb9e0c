import { createHash } from 'node:crypto'
import { can, type Role } from '@app/shared/capabilities'
import {
  effectsOf,
  type Implementation,
  type Moved,
  type NamedMeasure,
  type RoundEffect,
  standingOf,
  tell,
} from '@app/shared/hazards/effects'
import { type Act, deeds, refusal } from '@app/shared/hazards/machine'
import { assignmentErrors, sourceRefusal, timesOf } from '@app/shared/hazards/rules'
import type { HazardDraft } from '@app/shared/hazards/schema'
import type { Stage } from '@app/shared/hazards/words'
import { idFrom, type PersonId, type PhotoId } from '@app/shared/ids'
import { type Day, dayOf, yearOf } from '@app/shared/time'
import type {
  accessLog,
  auditLog,
  decisions,
  hazardEvents,
  hazardPhotos,
  hazardRounds,
  hazards,
  photos,
} from '../../worker/db/ledger'
import { type Picture, type Scene, pictureOf, pictureSize } from './pictures'
import type { Person, Street, StreetPerson } from './places'
import type { Random } from './random'

/** All that the ledger keeps of one hazard. */
export interface HazardRows {
  hazard: typeof hazards.$inferInsert
  rounds: (typeof hazardRounds.$inferInsert)[]
  events: (typeof hazardEvents.$inferInsert)[]
  photos: (typeof photos.$inferInsert)[]
  hazardPhotos: (typeof hazardPhotos.$inferInsert)[]
  auditLog: (typeof auditLog.$inferInsert)[]
  accessLog: (typeof accessLog.$inferInsert)[]
  decisions: (typeof decisions.$inferInsert)[]
  pictures: Picture[]
}

/** What is known of a deed besides who does what; `at` is when it arrives. */
export interface Circumstances {
  readonly at: number
  readonly observedAt?: number | undefined
  readonly said?: string | null
  readonly implementation?: Implementation
  readonly named?: NamedMeasure
  readonly scenes?: readonly Scene[]
}

/** An act without its doer; a union keeps its members apart. */
type WithoutBy<T> = T extends unknown ? Omit<T, 'by'> : never
export type Doing = Exclude<WithoutBy<Act>, { deed: 'file' }>

export const sha256 = (of: string | Uint8Array) => createHash('sha256').update(of).digest('hex')
export const digest = (text: string) => Promise.resolve(sha256(text))

/** One hazard's rows, written deed by deed as the API writes them; a deed that it would refuse throws. */
export class HazardRecord {
  readonly #street: Street
  readonly #random: Random
  readonly rows: HazardRows

  private constructor(street: Street, random: Random, hazard: HazardRows['hazard']) {
    this.#street = street
    this.#random = random
    this.rows = {
      hazard,
      rounds: [],
      events: [],
      photos: [],
      hazardPhotos: [],
      auditLog: [],
      accessLog: [],
      decisions: [],
      pictures: [],
    }
  }

  /** Files a hazard under the number that its street gives out next. */
  static async file(
    street: Street,
    random: Random,
    by: StreetPerson,
    draft: Omit<HazardDraft, 'photos'>,
    numbered: { number: string; serial: number },
    { at, scenes = [], dueOn }: Pick<Circumstances, 'at' | 'scenes'> & { readonly dueOn?: Day | undefined },
  ): Promise<HazardRecord> {
    refuse(sourceRefusal(draft.source, by.reach))
    const selfFound = draft.source === 'enterprise-check'
    const act: Act = { deed: 'file', by: by.id, level: draft.level, selfFound, ...(dueOn && { dueOn }) }
    refuse(refusal(null, act))
    const times = timesOf(draft.observedAt, at)
    const { columns, round } = effectsOf(null, act, times)
    const pictures = scenes.map(pictureOf)
    const { id } = draft
    const row = {
      ...draft,
      // Safe: filing moves every column that the machine owns.
      ...(columns as Required<typeof columns>),
      id,
      selfFound: act.selfFound,
      filedBy: by.id,
      observedAt: times.observedAt,
      receivedAt: at,
      cover: pictures[0]?.id ?? null,
    }
    const kept = { streetId: street.id, year: yearOf(at), version: 0, head: '', ...numbered }
    const untouched = {
      responsibleId: null,
      responsible: null,
      measures: null,
      funds: null,
      plan: null,
      closedAt: null,
      lapse: null,
      measureId: null,
      measure: null,
    }
    const record = new HazardRecord(street, random, { ...row, ...untouched, ...kept })
    if (round?.kind === 'begin') record.#begin(round)
    await record.#seal(by, act.deed, 1, times, {}, row, null, pictures, 'before')
    return record
  }

  /** Does one more deed; a determination is a district's, and the rest the street's. */
  async act(by: Person, doing: Doing, circumstances: Circumstances): Promise<void> {
    const act = { ...doing, by: by.id } as Act
    const { hazard } = this.rows
    // Safe: `file` set every column that may be left out of an insert.
    const seen = hazard as typeof hazards.$inferSelect
    const standing = standingOf(seen)
    if (!can(by.role, deeds[act.deed].capability)) throw new Error(`${by.role} may not ${act.deed}`)
    refuse(refusal(standing, act))
    const { at, observedAt, said = null, implementation, named, scenes = [] } = circumstances
    if (act.deed === 'assign') refuse(assignmentErrors(act, dayOf(at), standing.dueOn)[0]?.detail ?? null)

    const times = timesOf(observedAt, at)
    const { columns, round } = effectsOf(standing, act, times, implementation, named)
    const inRound = columns.round ?? standing.round
    // Safe: names of columns that the row has.
    const before = Object.fromEntries(Object.keys(columns).map((name) => [name, seen[name as keyof Moved]]))
    Object.assign(hazard, columns)
    if (round?.kind === 'begin') this.#begin(round)
    if (round?.kind === 'set') this.#set(round)
    const stage: Stage = act.deed === 'rectify' ? 'after' : 'recheck'
    await this.#seal(by, act.deed, inRound, times, before, columns, said, scenes.map(pictureOf), stage)
    if (act.deed === 'determine') this.#decided(by, act.level, said ?? '', at)
  }

  #begin({ round, beganAt, beganReceivedAt, majorReceivedAt }: Extract<RoundEffect, { kind: 'begin' }>): void {
    const unset = {
      dueOn: null,
      closedAt: null,
      closedReceivedAt: null,
      voidedReceivedAt: null,
      threeReceivedAt: null,
      fiveReceivedAt: null,
      endedAt: null,
    }
    this.rows.rounds.push({
      streetId: this.#street.id,
      hazardId: this.rows.hazard.id,
      round,
      beganAt,
      beganReceivedAt,
      majorReceivedAt,
      ...unset,
    })
  }

  #set(effect: Extract<RoundEffect, { kind: 'set' }>): void {
    const round = this.rows.rounds.find((one) => one.round === effect.round)
    if (!round) throw new Error('A round that was never begun')
    Object.assign(round, effect.columns)
    if (effect.ifUnset.threeReceivedAt) round.threeReceivedAt ??= effect.ifUnset.threeReceivedAt
    if (effect.ifUnset.fiveReceivedAt) round.fiveReceivedAt ??= effect.ifUnset.fiveReceivedAt
  }

  async #seal(
    by: { id: PersonId; role: Role },
    deed: Act['deed'],
    round: number,
    times: ReturnType<typeof timesOf>,
    before: object,
    after: object,
    said: string | null,
    pictures: Picture[],
    stage: Stage,
  ): Promise<void> {
    const { hazard } = this.rows
    const streetId = this.#street.id
    const seq = hazard.version + 1
    const ids = pictures.map(({ id }) => id)
    const salt = Buffer.from(this.#random.bytes(16)).toString('hex')
    const told = {
      streetId,
      hazardId: hazard.id,
      seq,
      round,
      deed,
      actor: by.id,
      role: by.role,
      times,
      before,
      after,
      photos: ids,
      said,
      salt,
    }
    const event = await tell(hazard.head, told, digest)
    // Safe: `tell` returns the columns it was given beside those it made.
    this.rows.events.push(event as HazardRows['events'][number])
    Object.assign(hazard, { version: seq, head: event.hash })

    const { receivedAt: at, observedAt } = times
    const { capability } = deeds[deed]
    const id = idFrom('aud', at, this.#random.bytes(16))
    this.rows.auditLog.push({ streetId, id, actor: by.id, capability, subject: hazard.id, at, changed: 1 })
    for (const photoId of ids) {
      // A photo is sent ahead of the deed that names it.
      this.rows.photos.push({
        streetId,
        id: photoId,
        ...pictureSize,
        by: by.id,
        at: at - 4000,
        state: 'kept',
        bound: true,
      })
      this.rows.hazardPhotos.push({ streetId, hazardId: hazard.id, round, stage, photoId, by: by.id, observedAt })
    }
    this.rows.pictures.push(...pictures)
  }

  #decided(by: Person, outcome: 'ordinary' | 'major', words: string, at: number): void {
    const { id: hazardId, round } = this.rows.hazard
    const [streetId, districtId] = [this.#street.id, this.#street.district.id]
    this.rows.decisions.push({
      districtId,
      streetId,
      hazardId,
      round,
      kind: 'determination',
      outcome,
      words,
      document: null,
      by: by.id,
      at,
    })
    // Who determines has opened the record, which the street can see.
    const opened = at - this.#random.int(4, 40) * 60_000
    this.rows.accessLog.push({
      streetId,
      day: dayOf(opened),
      actor: by.id,
      subject: hazardId,
      districtId,
      times: 1,
      lastAt: opened,
    })
  }
}

function refuse(reason: string | null): void {
  if (reason) throw new Error(reason)
}

/** Where a photo lies in the bucket, in both sizes. */
export function photoKeys(streetId: string, id: PhotoId): { full: string; thumb: string } {
  return { full: `streets/${streetId}/photos/${id}`, thumb: `streets/${streetId}/thumbs/${id}` }
}
