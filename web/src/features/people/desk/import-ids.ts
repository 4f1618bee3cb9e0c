import type { PersonId, PostId } from '@app/shared/ids'

/**
 * The ids that a person of an imported file always gets in one street: a second import of the same file finds them
 * there already and changes nothing.
 */
export async function importIds(streetId: string, username: string): Promise<{ id: PersonId; postId: PostId }> {
  const [person, post] = await Promise.all(['person', 'post'].map((what) => digest(`${streetId} ${username} ${what}`)))
  // Safe: hexadecimal digits are what ids are made of.
  return { id: `usr_${person}` as PersonId, postId: `pst_${post}` as PostId }
}

async function digest(words: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(words)))
  return Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
