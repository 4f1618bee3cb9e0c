import { roles } from '@app/shared/capabilities'
import type { PostId } from '@app/shared/ids'
import type { Me, Post } from '@app/shared/people/schema'

type StreetPost = Extract<Post, { kind: 'street' }>

const keyOf = (streetId: string) => `post:${streetId}`

/**
 * The post of a street's address that this tab acts in: the one chosen, or the one held longest. From then on requests
 * to that street name it, where there is more than one.
 */
export function postIn(me: Me, slug: string): StreetPost | undefined {
  const held = me.posts.filter((post): post is StreetPost => post.kind === 'street' && post.slug === slug)
  const [first] = held
  if (!first) return undefined
  const chosen = held.find(({ postId }) => postId === sessionStorage.getItem(keyOf(first.id))) ?? first
  // Somebody with one post needs to name none; what another left behind in this tab is no post of theirs.
  if (held.length > 1) sessionStorage.setItem(keyOf(first.id), chosen.postId)
  else sessionStorage.removeItem(keyOf(first.id))
  return chosen
}

/** Acts in this post from the next request on, in this tab. */
export function choosePost(post: Post): void {
  if (post.kind === 'street') sessionStorage.setItem(keyOf(post.id), post.postId)
}

/** The post that requests to this street name; null where they need to name none. */
export function namedPost(streetId: string): PostId | null {
  // Safe: only ids of posts are kept under this key, and the server looks at it again.
  return sessionStorage.getItem(keyOf(streetId)) as PostId | null
}

/** Tells one post from all others that somebody holds. */
export function isPost(one: Post, other: Post): boolean {
  if (one.kind === 'street') return other.kind === 'street' && one.postId === other.postId
  return one.kind === other.kind && one.slug === other.slug
}

/** What tells several posts apart in a list: what each is, and the title where it bears one. */
export function postWords(post: Post): string {
  const title = post.kind === 'street' && post.title ? `（${post.title}）` : ''
  return `${roles[post.role].label}${title}`
}
