import type { HazardDraft, Objection, Recheck, Rectification, Verification } from '@app/shared/hazards/schema'
import type { Correction, NewInspection } from '@app/shared/inspections/schema'
import type { HazardId, InspectionId, PersonId, PhotoId, PostId, SelfcheckId, StreetId } from '@app/shared/ids'
import type { Me } from '@app/shared/people/schema'
import type { Problem } from '@app/shared/problem'
import type { NewSelfcheck } from '@app/shared/selfchecks/schema'
import type { InferInput } from 'valibot'

/** One deed that was done on this phone and is to reach the server exactly once. Its id is its `Idempotency-Key`. */
export type Op = {
  readonly id: string
  readonly streetId: StreetId
  /** The post it was done in, and is sent in; missing from those kept before people had several. */
  readonly postId?: PostId
  readonly userId: PersonId
  /** Who did it, for whoever else looks at this phone. */
  readonly userName: string
  /** The record it is about, or makes. */
  readonly hazardId: HazardId | InspectionId | SelfcheckId
  /** What it is about, in one line. */
  readonly title: string
  readonly photoIds: readonly PhotoId[]
  /** Photos of it that the server has answered for. */
  readonly sent: readonly PhotoId[]
  readonly state: 'waiting' | 'rejected'
  readonly attempts: number
  /** It has left this phone at least once, and may have arrived though no answer came back. */
  readonly tried: boolean
  /** Not sent before this instant. */
  readonly nextAt: number
  /** Why it was sent back. */
  readonly problem: string | null
  /** When it was put in, epoch milliseconds. */
  readonly at: number
} & (
  | { readonly kind: 'file'; readonly body: InferInput<typeof HazardDraft> }
  // The form as it was filled in, should it come back.
  | { readonly kind: 'inspect'; readonly body: InferInput<typeof NewInspection>; readonly form: unknown }
  | { readonly kind: 'selfcheck'; readonly body: InferInput<typeof NewSelfcheck>; readonly form: unknown }
  | {
      readonly kind: 'correct'
      /** The record in whose place it stands. */
      readonly corrects: InspectionId
      readonly body: InferInput<typeof Correction>
      readonly form: unknown
    }
  | { readonly kind: 'rectify'; readonly round: number; readonly body: InferInput<typeof Rectification> }
  | { readonly kind: 'recheck'; readonly round: number; readonly body: InferInput<typeof Recheck> }
  | { readonly kind: 'object'; readonly round: number; readonly body: InferInput<typeof Objection> }
  | { readonly kind: 'verify'; readonly round: number; readonly body: InferInput<typeof Verification> }
)

/** What came back for a request: a success, a refusal, or nothing that is ours. */
export type Answer =
  | { readonly kind: 'success'; readonly status: number }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'silence' }

/** What becomes of a deed after an answer. */
export type Fate =
  | { readonly become: 'done' }
  /** Try again from `nextAt` on. */
  | { readonly become: 'waiting'; readonly nextAt: number; readonly attempts: number }
  /** Try again now, these photos first. */
  | { readonly become: 'repeated'; readonly missing: readonly PhotoId[] }
  /** Nobody is signed in any more: kept until the person is. */
  | { readonly become: 'kept' }
  | { readonly become: 'rejected'; readonly problem: string }

/** The longest pause between two attempts. */
export const longestPause = 5 * 60_000
const firstPause = 5_000
/** So often is a deed repeated at once before it waits or goes back to the person. */
const mostRepeats = 2

/** How long to wait after so many attempts that met nothing: doubled each time, five minutes at most. */
export function pauseAfter(attempts: number): number {
  return Math.min(longestPause, firstPause * 2 ** Math.min(attempts, 20))
}

/** The status that says a deed of this kind was done; anything else came from somebody else, such as a login page. */
const successOf = {
  file: 201,
  inspect: 201,
  correct: 201,
  selfcheck: 201,
  rectify: 204,
  recheck: 204,
  object: 204,
  verify: 204,
} as const satisfies Record<Op['kind'], number>

/**
 * What becomes of a deed after this answer. Nothing a person did is ever dropped: only the server's own success, or
 * its word that the record is already there, ends it. `repeats` counts how often it was repeated in this attempt.
 */
export function fateOf(
  op: Pick<Op, 'kind' | 'photoIds' | 'attempts'>,
  answer: Answer,
  { now, repeats }: { now: number; repeats: number },
): Fate {
  const later: Fate = { become: 'waiting', attempts: op.attempts + 1, nextAt: now + pauseAfter(op.attempts) }
  if (answer.kind === 'silence') return later
  if (answer.kind === 'success') return answer.status === successOf[op.kind] ? { become: 'done' } : later

  const { problem } = answer
  switch (problem.slug) {
    case 'already-there':
      return successOf[op.kind] === 201 ? { become: 'done' } : rejected(problem)
    case 'unauthenticated':
    case 'sign-in-unfinished':
      return { become: 'kept' }
    case 'photos-missing': {
      const missing = missingOf(op, problem)
      return repeats < mostRepeats ? { become: 'repeated', missing } : later
    }
    case 'stale':
      // Somebody was faster by a moment; the round in its address keeps it from being done to what came after.
      return repeats < mostRepeats ? { become: 'repeated', missing: [] } : rejected(problem)
    case 'rate-limited':
      return later
    default:
      return problem.status >= 500 ? later : rejected(problem)
  }
}

/** What becomes of a deed after one of its photos was sent, or null when the next step may follow. */
export function fateAfterPhoto(
  op: Pick<Op, 'kind' | 'photoIds' | 'attempts'>,
  answer: Answer,
  when: { now: number; repeats: number },
): Fate | null {
  return answer.kind === 'success' && answer.status === 201 ? null : fateOf(op, asRefusal(answer), when)
}

// A success of the wrong status is nobody's answer to a photo.
const asRefusal = (answer: Answer): Answer => (answer.kind === 'success' ? { kind: 'silence' } : answer)

function rejected(problem: Problem): Fate {
  const words = problem.errors?.map(({ detail }) => detail).join('；')
  return { become: 'rejected', problem: words || problem.message }
}

/** The photos that the server names as missing; all of them when it names none of these. */
function missingOf({ photoIds }: Pick<Op, 'photoIds'>, problem: Problem): readonly PhotoId[] {
  const named = photoIds.filter((id) => problem.errors?.some(({ detail }) => detail === id))
  return named.length > 0 ? named : photoIds
}

/** Whether this deed is sent in the name of who is signed in now: only ever its own author, while the post is held. */
export function isOwn(op: Pick<Op, 'userId' | 'streetId'>, me: Pick<Me, 'id' | 'posts'>): boolean {
  return op.userId === me.id && me.posts.some((post) => post.kind === 'street' && post.id === op.streetId)
}

/** Why a deed cannot be sent in the post that it was done in, or null: the post may have ended since. */
export function postLost(op: Pick<Op, 'streetId' | 'postId'>, me: Pick<Me, 'posts'>): string | null {
  if (!op.postId || me.posts.some((post) => post.kind === 'street' && post.postId === op.postId)) return null
  return '办理时所用的岗位已停用，请点“修改”，用现在的岗位重新提交。'
}

/** Whether it can still be made something else: it was given back, or never left this phone. */
export function isCorrectable(op: Pick<Op, 'state' | 'tried'>): boolean {
  return op.state === 'rejected' || !op.tried
}

/** Whether its pause is over. `now` may be `Infinity`, for a person who does not want to wait. */
export function isDue(op: Pick<Op, 'state' | 'nextAt'>, now: number): boolean {
  return op.state === 'waiting' && op.nextAt <= now
}
