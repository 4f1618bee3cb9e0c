import { useState } from 'react'
import { Icon } from '../ui/phone/icons'
import { Sheet } from '../ui/phone/confirm'
import { Image } from './image'
import { type Mark, Watermark } from './watermark'
import './photo.css'

/** A picture to be shown: a small one for the page, a large one for the whole screen. */
export interface Shown {
  readonly id: string
  readonly thumb: string
  readonly full: string
  /** What it is a picture of. */
  readonly alt: string
  /** A word in its corner. */
  readonly tag?: string
  readonly mark: Mark
}

/** Pictures with their marks; a tap shows one on the whole screen. */
export function Pictures({ pictures }: { pictures: readonly Shown[] }) {
  const [open, setOpen] = useState<number | null>(null)
  return (
    <>
      <ul className="m-pictures">
        {pictures.map((picture, at) => (
          <li key={picture.id}>
            <button type="button" className="m-thumb" onClick={() => setOpen(at)}>
              <Image src={picture.thumb} alt={`查看大图：${picture.alt}`} />
              {picture.tag && (
                <span className="m-corner" aria-hidden="true">
                  {picture.tag}
                </span>
              )}
              <Watermark mark={picture.mark} />
            </button>
          </li>
        ))}
      </ul>
      {open !== null && <Viewer pictures={pictures} at={open} onMove={setOpen} onClose={() => setOpen(null)} />}
    </>
  )
}

function Viewer({
  pictures,
  at,
  onMove,
  onClose,
}: {
  pictures: readonly Shown[]
  at: number
  onMove: (at: number) => void
  onClose: () => void
}) {
  const picture = pictures[at]
  if (!picture) return null
  return (
    <Sheet label={picture.alt} onClose={onClose} className="m-viewer">
      <div className="m-viewer-bar">
        <span>
          {picture.alt}（{at + 1}/{pictures.length}）
        </span>
        <button type="button" onClick={onClose} aria-label="关闭大图">
          <Icon name="close" />
        </button>
      </div>
      <figure key={picture.id}>
        <Image src={picture.full} alt={picture.alt} />
        <figcaption>
          <Watermark mark={picture.mark} />
        </figcaption>
      </figure>
      {pictures.length > 1 && (
        <div className="m-viewer-bar">
          <button type="button" disabled={at === 0} onClick={() => onMove(at - 1)}>
            <Icon name="back" /> 上一张
          </button>
          <button type="button" disabled={at === pictures.length - 1} onClick={() => onMove(at + 1)}>
            下一张 <Icon name="forward" />
          </button>
        </div>
      )}
    </Sheet>
  )
}
