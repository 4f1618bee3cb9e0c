import { roles, type Role } from '@app/shared/capabilities'
import { deeds as deedWords } from '@app/shared/hazards/machine'
import type { HazardRecord } from '@app/shared/hazards/schema'
import { levels, type Level } from '@app/shared/hazards/words'
import type { Post } from '@app/shared/people/schema'
import { notableDelay } from '@app/shared/time'
import { Pictures, type Shown } from '../../../photo/pictures'
import { momentOf } from '../../../ui/phone/when'
import { photoUrl } from '../queries'

type StreetPost = Extract<Post, { kind: 'street' }>
type Deed = HazardRecord['deeds'][number]

/** Everything that was ever done to a hazard, the latest first. */
export function Story({ post, record }: { post: StreetPost; record: HazardRecord }) {
  return (
    <section className="m-block">
      <h2>办理经过</h2>
      <ol className="m-story">
        {record.deeds.toReversed().map((deed) => (
          <li key={deed.seq}>
            <p className="m-story-head">
              <strong>{labelOf(deed)}</strong>
              {record.round > 1 && <span className="m-hint">第 {deed.round} 轮</span>}
            </p>
            <p className="m-hint m-story-who">
              <span>{whoOf(deed)}</span>
              <span>
                <Times deed={deed} />
              </span>
            </p>
            {changesOf(deed).map((line) => (
              <p key={line}>{line}</p>
            ))}
            {deed.words && <p className="m-story-words">{deed.words}</p>}
            {deed.photos.length > 0 && <Pictures pictures={picturesOf(post, record, deed)} />}
          </li>
        ))}
      </ol>
    </section>
  )
}

// Safe: a name that is no deed of ours finds nothing, and stands as it is.
const labelOf = ({ deed }: Deed) => deedWords[deed as keyof typeof deedWords]?.label ?? deed

function whoOf({ name, role }: Deed): string {
  const post = roles[role as Role]?.label ?? role
  return name ? `${name} · ${post}` : post
}

/** When it was done; when it arrived too, where that was a good while later. */
function Times({ deed: { observedAt, receivedAt } }: { deed: Deed }) {
  if (Math.abs(receivedAt - observedAt) <= notableDelay) return momentOf(observedAt)
  return (
    <>
      {momentOf(observedAt)} 现场，{momentOf(receivedAt)} 收到
    </>
  )
}

/** What a deed moved that its words do not say. */
function changesOf({ deed, before, after }: Deed): string[] {
  const lines: string[] = []
  if (deed === 'assign' && typeof after['dueOn'] === 'string') {
    const earlier = before['dueOn']
    lines.push(
      typeof earlier === 'string' && earlier !== after['dueOn']
        ? `整改期限由 ${earlier} 改为 ${after['dueOn']}`
        : `整改期限 ${after['dueOn']}`,
    )
  }
  const plea = after['plea']
  if (deed === 'ask-extension' && typeof plea === 'object' && plea && 'until' in plea)
    lines.push(`申请延期至 ${String(plea.until)}`)
  if (deed === 'grant-extension' && typeof after['dueOn'] === 'string')
    lines.push(`整改期限由 ${String(before['dueOn'])} 延至 ${after['dueOn']}`)
  if (deed === 'uphold') lines.push('按作废程序办理，由另一人审核')
  if (deed === 'determine' && typeof after['level'] === 'string' && after['level'] in levels) {
    lines.push(`认定为${levels[after['level'] as Level]}隐患`)
  }
  return lines
}

/** The pictures that a deed brought. */
function picturesOf(post: StreetPost, record: HazardRecord, deed: Deed): Shown[] {
  return deed.photos.map((id, at) => ({
    id,
    thumb: photoUrl(post.id, id, 'thumb'),
    full: photoUrl(post.id, id),
    alt: `${labelOf(deed)}照片 ${at + 1}`,
    mark: { street: post.name, community: record.communityName, person: deed.name, at: deed.observedAt },
  }))
}
