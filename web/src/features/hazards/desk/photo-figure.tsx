import type { HazardPhoto, HazardRecord } from '@app/shared/hazards/schema'
import { stages } from '@app/shared/hazards/words'
import { Button } from 'antd'
import { useRef, useState } from 'react'
import { minuteOf } from '../../../ui/desk/times'

/** Where a photo of the record is read: through its street, or through the district that opened it. */
export type PhotoUrl = (photoId: string, size?: 'full' | 'thumb') => string

interface PhotoProps {
  readonly photo: HazardPhoto
  readonly record: Pick<HazardRecord, 'number' | 'communityName'>
  readonly tenant: string
  readonly url: PhotoUrl
}

/** A photo with its watermark laid over it, never in its pixels; it opens large. */
export function PhotoFigure({ photo, record, tenant, url }: PhotoProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [large, setLarge] = useState(false)
  const mark = [tenant, record.communityName, minuteOf(photo.observedAt)].join(' · ')
  const alt = `${stages[photo.stage]}照片，${minuteOf(photo.observedAt)}`
  return (
    <figure className="photo">
      <button
        type="button"
        className="photo-open"
        aria-label={`放大${alt}`}
        onClick={() => {
          setLarge(true)
          dialog.current?.showModal()
        }}
      >
        <img src={url(photo.id)} alt={alt} loading="lazy" decoding="async" />
      </button>
      <figcaption className="photo-mark">{mark}</figcaption>
      <dialog
        ref={dialog}
        className="photo-large"
        aria-label={alt}
        onClose={() => setLarge(false)}
        // Closes the photo alone; the drawer below listens for the same key.
        onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}
      >
        {large && (
          <>
            <div className="photo-open">
              <img src={url(photo.id)} alt={alt} />
              <span className="photo-mark">{mark}</span>
            </div>
            <Button autoFocus onClick={() => dialog.current?.close()}>
              关闭
            </Button>
          </>
        )}
      </dialog>
    </figure>
  )
}
