import { beforeEach, describe, it, vi } from 'vitest'
import type { Me } from '@app/shared/people/schema'
import { choosePost, isPost, namedPost, postIn } from '../../web/src/post'

const streetId = 'str_0000000001'
const at = (postId: string, id = streetId, slug = 'here') => ({ kind: 'street', id, slug, postId })
// Safe: only these columns of a person are looked at.
const holding = (...posts: object[]) => ({ id: 'usr_0000000001', posts }) as unknown as Me
const [first, second] = ['pst_0000000001', 'pst_0000000002']

beforeEach(() => {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
})

describe('the post a tab acts in', () => {
  it('is the first until another is chosen, and is named to the server', ({ expect }) => {
    const me = holding(at(first), at(second), at('pst_0000000003', 'str_0000000002', 'there'))
    expect(postIn(me, 'here')?.postId).toBe(first)
    expect(namedPost(streetId)).toBe(first)
    const other = me.posts[1]
    if (other) choosePost(other)
    expect(postIn(me, 'here')?.postId).toBe(second)
    expect(namedPost(streetId)).toBe(second)
    // Where there is one post, none is named.
    expect(postIn(me, 'there')?.postId).toBe('pst_0000000003')
    expect(namedPost('str_0000000002')).toBeNull()
    expect(postIn(me, 'elsewhere')).toBeUndefined()
  })

  it('is never one that has ended, nor another person’s who used this tab', ({ expect }) => {
    sessionStorage.setItem(`post:${streetId}`, 'pst_0000000009')
    expect(postIn(holding(at(first), at(second)), 'here')?.postId).toBe(first)
    expect(namedPost(streetId)).toBe(first)
    sessionStorage.setItem(`post:${streetId}`, second)
    expect(postIn(holding(at(first)), 'here')?.postId).toBe(first)
    expect(namedPost(streetId)).toBeNull()
  })

  it('is told from others by its id in a street and by its place elsewhere', ({ expect }) => {
    const [one, other, district] = holding(at(first), at(second), { kind: 'district', slug: 'here' }).posts
    if (!one || !other || !district) throw new Error('three posts')
    expect([isPost(one, one), isPost(one, other), isPost(one, district), isPost(district, district)]).toEqual([
      true,
      false,
      false,
      true,
    ])
  })
})
