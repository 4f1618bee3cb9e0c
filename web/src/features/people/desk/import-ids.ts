import type { PersonId, PostId } from '@app/shared/ids'
import { digest } from '../../../ui/desk/digest'

/**
 * The ids that a person of an imported file always gets in one street: a second import of the same file finds them
 * there already and changes nothing.
 */
export async function importIds(streetId: string, username: string): Promise<{ id: PersonId; postId: PostId }> {
  const [person, post] = await Promise.all(
    ['person', 'post'].map(async (what) => (await digest(`${streetId} ${username} ${what}`)).slice(0, 32)),
  )
  // Safe: hexadecimal digits are what ids are made of.
  return { id: `usr_${person}` as PersonId, postId: `pst_${post}` as PostId }
}
