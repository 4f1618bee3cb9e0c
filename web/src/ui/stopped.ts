import type { Post } from '@app/shared/people/schema'
import { dayOf } from '@app/shared/time'

/** Why a post only reads for now, in words for every page of it; null where it may do what it may. */
export function stoppedWords(post: Post): string | null {
  if (post.kind === 'street' && post.moving) return '本街道正在迁移，暂时只能查看，请稍后再办理。'
  if (!post.suspended) return null
  const { suspension } = post
  const since = suspension ? `自 ${dayOf(suspension.at)} 起` : ''
  return `本单位${since}暂停使用，只能查看，不能办理。${suspension?.why ? `原因：${suspension.why}` : ''}`
}
