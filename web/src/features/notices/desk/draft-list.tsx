import type { NoticeCard } from '@app/shared/notices/schema'
import { Link } from '@tanstack/react-router'
import { Nothing } from '../../../ui/desk/answer'
import { minuteOf } from '../../../ui/desk/times'
import type { InferOutput } from 'valibot'
import './notices.css'

interface DraftsProps {
  readonly notices: readonly InferOutput<typeof NoticeCard>[]
  /** The district's slug. */
  readonly district: string
}

/** Drafts that wait to be gone over and published. */
export function DraftList({ notices, district }: DraftsProps) {
  if (notices.length === 0) return <Nothing>没有待发布的通报草稿。</Nothing>
  return (
    <ul className="drafts">
      {notices.map(({ id, title, editedAt }) => (
        <li key={id}>
          <Link to="/admin/d/$district/notices/$noticeId" params={{ district, noticeId: id }}>
            {title}
          </Link>
          <span className="desk-quiet">最近修改 {minuteOf(editedAt)}</span>
        </li>
      ))}
    </ul>
  )
}
