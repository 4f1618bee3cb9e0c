import { Link } from '@tanstack/react-router'
import type { HazardCard as Card } from '@app/shared/hazards/schema'
import { categories, isOpen } from '@app/shared/hazards/words'
import { Image } from '../../../photo/image'
import { momentOf } from '../../../ui/phone/when'
import { photoUrl } from '../queries'
import { DueTag, LevelTag, StateTag } from './tags'

/** Hazards one below the other; each leads to its record. */
export function HazardCards({ post, hazards }: { post: { id: string; slug: string }; hazards: readonly Card[] }) {
  return (
    <ul className="m-cards">
      {hazards.map((hazard) => (
        <li key={hazard.id}>
          <HazardCard post={post} hazard={hazard} />
        </li>
      ))}
    </ul>
  )
}

function HazardCard({ post, hazard }: { post: { id: string; slug: string }; hazard: Card }) {
  return (
    <Link to="/m/s/$street/hazards/$hazardId" params={{ street: post.slug, hazardId: hazard.id }} className="m-card">
      <span className="m-card-picture">
        {hazard.cover ? <Image src={photoUrl(post.id, hazard.cover, 'thumb')} alt="" /> : <span>无照片</span>}
      </span>
      <span className="m-card-words">
        <span className="m-card-tags">
          <StateTag state={hazard.state} />
          <LevelTag level={hazard.level} />
          <DueTag hazard={hazard} />
          {hazard.plea && (
            <span className="m-tag">
              {hazard.plea.kind === 'extension' ? '申请延期' : '异议'}，{hazard.plea.answerDueOn} 前答复
            </span>
          )}
          {hazard.voidAsked && isOpen(hazard.state) && <span className="m-tag">申请作废</span>}
        </span>
        <span className="m-card-what">
          {categories[hazard.category].label}：{hazard.description}
        </span>
        <span className="m-card-where">{hazard.place}</span>
        <span className="m-card-foot">
          {hazard.number}
          <span>{hazard.responsible ? `责任人 ${hazard.responsible}` : momentOf(hazard.observedAt).slice(0, 10)}</span>
        </span>
      </span>
    </Link>
  )
}
