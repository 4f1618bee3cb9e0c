import type { HazardRecord } from '@app/shared/hazards/schema'
import { type Stage, stages } from '@app/shared/hazards/words'
import type { Post } from '@app/shared/people/schema'
import { Pictures, type Shown } from '../../../photo/pictures'
import { photoUrl } from '../queries'

type StreetPost = Extract<Post, { kind: 'street' }>

const order = Object.keys(stages) as Stage[]

/** The photos of a record, the present round first; before and after stand side by side. */
export function RecordPhotos({ post, record }: { post: StreetPost; record: HazardRecord }) {
  const { photos } = record
  if (photos.length === 0) {
    return (
      <section className="m-block">
        <h2>照片</h2>
        <p className="m-hint">{post.demo ? '照片已归档（演示）' : '没有照片'}</p>
      </section>
    )
  }
  const rounds = [...new Set(photos.map(({ round }) => round))].sort((a, b) => b - a)
  return rounds.map((round) => (
    <section key={round} className="m-block">
      <h2>照片{rounds.length > 1 && `（第 ${round} 轮）`}</h2>
      <Pictures
        pictures={photos
          .filter((photo) => photo.round === round)
          .sort((a, b) => order.indexOf(a.stage) - order.indexOf(b.stage) || a.observedAt - b.observedAt)
          .map((photo, at) => shownOf(post, record, photo, at))}
      />
    </section>
  ))
}

/** A photo of a record with its mark: who took it is known from the deed that brought it. */
function shownOf(post: StreetPost, record: HazardRecord, photo: HazardRecord['photos'][number], at: number): Shown {
  return {
    id: photo.id,
    thumb: photoUrl(post.id, photo.id, 'thumb'),
    full: photoUrl(post.id, photo.id),
    alt: `${stages[photo.stage]}照片 ${at + 1}`,
    tag: stages[photo.stage],
    mark: {
      street: post.name,
      community: record.communityName,
      person: record.deeds.find(({ by }) => by === photo.by)?.name ?? null,
      at: photo.observedAt,
    },
  }
}
