import { describe, it } from 'vitest'
import type { PersonId, PhotoId, PostId, StreetId } from '@app/shared/ids'
import type { Me } from '@app/shared/people/schema'
import { Problem, type ProblemSlug, problemTypes } from '@app/shared/problem'
import {
  type Answer,
  fateAfterPhoto,
  fateOf,
  isCorrectable,
  isDue,
  isOwn,
  longestPause,
  pauseAfter,
  postLost,
} from '../../web/src/outbox/rules'

// Safe: ids are only compared here.
const photos = ['a', 'b'].map((letter) => letter.repeat(64)) as PhotoId[]
const op = { kind: 'file', photoIds: photos, attempts: 0 } as const
const first = { now: 1_000, repeats: 0 }
const refused = (slug: ProblemSlug, ...rest: [string?, { pointer: string; detail: string }[]?]): Answer => ({
  kind: 'problem',
  problem: new Problem(slug, ...rest),
})

describe('what becomes of a deed', () => {
  it('is done only by the success that its kind is answered with', ({ expect }) => {
    expect(fateOf(op, { kind: 'success', status: 201 }, first)).toEqual({ become: 'done' })
    expect(fateOf({ ...op, kind: 'rectify' }, { kind: 'success', status: 204 }, first)).toEqual({ become: 'done' })
    // The login page of a café network answers 200 to everything.
    expect(fateOf(op, { kind: 'success', status: 200 }, first)).toMatchObject({ become: 'waiting' })
    expect(fateOf({ ...op, kind: 'recheck' }, { kind: 'success', status: 201 }, first)).toMatchObject({
      become: 'waiting',
    })
  })

  it('counts a hazard that is already there as filed, and nothing else', ({ expect }) => {
    expect(fateOf(op, refused('already-there'), first)).toEqual({ become: 'done' })
    expect(fateOf({ ...op, kind: 'rectify' }, refused('already-there'), first)).toMatchObject({ become: 'rejected' })
  })

  it('keeps it without a session, without counting an attempt', ({ expect }) => {
    expect(fateOf(op, refused('unauthenticated'), first)).toEqual({ become: 'kept' })
  })

  it('waits out silence, overload and errors of the server', ({ expect }) => {
    const answers: Answer[] = [{ kind: 'silence' }, refused('rate-limited'), refused('internal')]
    for (const answer of answers) {
      expect(fateOf(op, answer, first)).toEqual({ become: 'waiting', attempts: 1, nextAt: 1_000 + pauseAfter(0) })
    }
  })

  it('sends missing photos again and repeats, but not for ever', ({ expect }) => {
    const missing = refused('photos-missing', undefined, [{ pointer: '/photos/1', detail: photos[1] ?? '' }])
    expect(fateOf(op, missing, first)).toEqual({ become: 'repeated', missing: [photos[1]] })
    expect(fateOf(op, refused('photos-missing'), first)).toEqual({ become: 'repeated', missing: photos })
    expect(fateOf(op, missing, { now: 0, repeats: 2 })).toMatchObject({ become: 'waiting' })
  })

  it('repeats after a lost race, then gives it back', ({ expect }) => {
    expect(fateOf(op, refused('stale'), first)).toEqual({ become: 'repeated', missing: [] })
    expect(fateOf(op, refused('stale'), { now: 0, repeats: 2 })).toMatchObject({ become: 'rejected' })
  })

  it('gives back every other refusal in the words of the fields, or its own', ({ expect }) => {
    const fields = [
      { pointer: '/place', detail: '最多 100 个字' },
      { pointer: '/words', detail: '请填写' },
    ]
    expect(fateOf(op, refused('invalid-input', undefined, fields), first)).toEqual({
      become: 'rejected',
      problem: '最多 100 个字；请填写',
    })
    expect(fateOf(op, refused('rule-broken', '只有整改中的隐患可以填报整改，请先交办。'), first)).toEqual({
      become: 'rejected',
      problem: '只有整改中的隐患可以填报整改，请先交办。',
    })
  })

  it('is never dropped by a refusal', ({ expect }) => {
    // Safe: `problemTypes` has no other keys.
    for (const slug of Object.keys(problemTypes) as ProblemSlug[]) {
      for (const kind of ['file', 'rectify', 'recheck'] as const) {
        const { become } = fateOf({ ...op, kind }, refused(slug), { now: 0, repeats: 9 })
        expect(become === 'done').toBe(slug === 'already-there' && kind === 'file')
      }
    }
  })

  it('lets a photo pass only when the server kept it', ({ expect }) => {
    expect(fateAfterPhoto(op, { kind: 'success', status: 201 }, first)).toBeNull()
    expect(fateAfterPhoto(op, { kind: 'success', status: 200 }, first)).toMatchObject({ become: 'waiting' })
    expect(fateAfterPhoto(op, refused('not-a-photo'), first)).toMatchObject({ become: 'rejected' })
    expect(fateAfterPhoto(op, refused('unauthenticated'), first)).toEqual({ become: 'kept' })
  })
})

describe('when and for whom it is sent', () => {
  it('doubles the pause up to five minutes', ({ expect }) => {
    expect([0, 1, 2].map(pauseAfter)).toEqual([5_000, 10_000, 20_000])
    expect(pauseAfter(6)).toBe(longestPause)
    expect(pauseAfter(5_000)).toBe(longestPause)
  })

  it('waits for its instant unless a person asks, and never sends what was given back', ({ expect }) => {
    expect(isDue({ state: 'waiting', nextAt: 5 }, 4)).toBe(false)
    expect(isDue({ state: 'waiting', nextAt: 5 }, 5)).toBe(true)
    expect(isDue({ state: 'waiting', nextAt: 5 }, Infinity)).toBe(true)
    expect(isDue({ state: 'rejected', nextAt: 0 }, Infinity)).toBe(false)
  })

  it('may be corrected only while it cannot have arrived', ({ expect }) => {
    expect(isCorrectable({ state: 'waiting', tried: false })).toBe(true)
    expect(isCorrectable({ state: 'waiting', tried: true })).toBe(false)
    expect(isCorrectable({ state: 'rejected', tried: true })).toBe(true)
  })

  it('is sent by its author alone, and only while the post is held', ({ expect }) => {
    // Safe: only ids and kinds are looked at.
    const me = { id: 'usr_a', posts: [{ kind: 'street', id: 'str_a' }, { kind: 'platform' }] } as unknown as Me
    const mine = { userId: 'usr_a' as PersonId, streetId: 'str_a' as StreetId }
    expect(isOwn(mine, me)).toBe(true)
    expect(isOwn({ ...mine, userId: 'usr_b' as PersonId }, me)).toBe(false)
    expect(isOwn({ ...mine, streetId: 'str_b' as StreetId }, me)).toBe(false)
  })
})

describe('the post a deed was done in', () => {
  const me = { posts: [{ kind: 'street', id: 'str_0000000001', postId: 'pst_0000000001' }] } as unknown as Me
  const done = { streetId: 'str_0000000001' as StreetId }

  it('gives it back once that post is gone, and never sends it in another', ({ expect }) => {
    expect(postLost({ ...done, postId: 'pst_0000000001' as PostId }, me)).toBeNull()
    expect(postLost({ ...done, postId: 'pst_0000000002' as PostId }, me)).toMatch(/岗位已停用/)
    // Kept before people had several posts: the server knows which one they have.
    expect(postLost(done, me)).toBeNull()
  })
})
