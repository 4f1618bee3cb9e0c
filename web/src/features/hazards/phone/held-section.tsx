import { Link } from '@tanstack/react-router'
import type { Me, Post } from '@app/shared/people/schema'
import { useOutbox } from '../../../outbox/outbox'
import { OpCards } from './op-cards'

/** What somebody did on this phone and has not arrived yet; nothing where all has. */
export function HeldSection({ me, post }: { me: Me; post: Extract<Post, { kind: 'street' }> }) {
  const { ops } = useOutbox()
  const held = ops.filter(({ userId }) => userId === me.id)
  if (held.length === 0) return null
  return (
    <section>
      <div className="m-section-head">
        <h2>还在本机</h2>
        <Link to="/m/s/$street/outbox" params={{ street: post.slug }}>
          全部
        </Link>
      </div>
      <OpCards post={post} ops={held.slice(0, 3)} />
    </section>
  )
}
