import { roles, type Role } from '@app/shared/capabilities'
import { type Deed as DeedName, deeds } from '@app/shared/hazards/machine'
import type { Deed, HazardRecord } from '@app/shared/hazards/schema'
import { type Level, levels } from '@app/shared/hazards/words'
import { notableDelay } from '@app/shared/time'
import { minuteOf } from '../../../ui/desk/times'
import type { PhotoUrl } from './photo-figure'

/** All that was done to a hazard, from its filing on: what, who, when, in which words. */
export function RecordStory({ record, url }: { record: HazardRecord; url: PhotoUrl }) {
  const kept = new Set(record.photos.map(({ id }) => id))
  return (
    <ol className="story">
      {record.deeds.map((deed) => (
        <li key={deed.seq} data-deed={deed.deed}>
          <p className="story-head">
            <strong>{deed.deed in deeds ? deeds[deed.deed as DeedName].label : deed.deed}</strong>
            <span>
              {deed.name && `${deed.name} · `}
              {deed.role in roles ? roles[deed.role as Role].label : deed.role}
            </span>
            <Times deed={deed} />
          </p>
          <p className="story-changes">{changesOf(deed)}</p>
          {deed.words && <p className="story-words">{deed.words}</p>}
          {deed.photos.length > 0 && <p className="desk-quiet">附照片 {deed.photos.length} 张</p>}
          <p className="story-photos">
            {deed.photos
              .filter((id) => kept.has(id))
              .map((id, at) => (
                <img key={id} src={url(id, 'thumb')} alt={`所附照片 ${at + 1}`} loading="lazy" />
              ))}
          </p>
        </li>
      ))}
    </ol>
  )
}

/** One time, or both where the record reached the server long after it was made. */
function Times({ deed: { observedAt, receivedAt } }: { deed: Deed }) {
  if (Math.abs(receivedAt - observedAt) <= notableDelay) return <time>{minuteOf(receivedAt)}</time>
  return (
    <time>
      现场 {minuteOf(observedAt)}，收到 {minuteOf(receivedAt)}
    </time>
  )
}

/** What a deed changed that its name does not say. */
function changesOf({ deed, before, after, round }: Deed): string {
  const changes: string[] = []
  if (typeof after['dueOn'] === 'string') {
    const was = before['dueOn']
    changes.push(typeof was === 'string' ? `期限由 ${was} 改为 ${after['dueOn']}` : `期限 ${after['dueOn']}`)
  }
  const level = after['level']
  if (typeof level === 'string' && level in levels && (deed === 'determine' || level !== 'ordinary')) {
    changes.push(`等级 ${levels[level as Level]}`)
  }
  const plea = after['plea']
  if (deed === 'ask-extension' && typeof plea === 'object' && plea && 'until' in plea)
    changes.push(`申请延至 ${String(plea.until)}`)
  if (deed === 'uphold') changes.push('按作废程序办理，由另一人审核')
  if (deed === 'reopen') changes.push(`进入第${round}轮`)
  return changes.join('；')
}
