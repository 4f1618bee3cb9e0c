import type { HazardPhoto, HazardRecord } from '@app/shared/hazards/schema'
import { stages } from '@app/shared/hazards/words'
import { MarkedPhoto } from '../../../ui/desk/marked-photo'
import { minuteOf } from '../../../ui/desk/times'

/** Where a photo of the record is read: through its street, or through the district that opened it. */
export type PhotoUrl = (photoId: string, size?: 'full' | 'thumb') => string

interface PhotoProps {
  readonly photo: HazardPhoto
  readonly record: Pick<HazardRecord, 'number' | 'communityName'>
  readonly tenant: string
  readonly url: PhotoUrl
}

/** A photo of the record under its watermark. */
export function PhotoFigure({ photo, record, tenant, url }: PhotoProps) {
  return (
    <MarkedPhoto
      src={url(photo.id)}
      alt={`${stages[photo.stage]}照片，${minuteOf(photo.observedAt)}`}
      mark={[tenant, record.communityName, minuteOf(photo.observedAt)].join(' · ')}
    />
  )
}
