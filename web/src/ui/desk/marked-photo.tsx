import { Button } from 'antd'
import { useRef, useState } from 'react'
import './marked-photo.css'

interface MarkedPhotoProps {
  readonly src: string
  readonly alt: string
  /** Where and when it was taken. */
  readonly mark: string
}

/** A photo with its watermark laid over it, never in its pixels; it opens large. */
export function MarkedPhoto({ src, alt, mark }: MarkedPhotoProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [large, setLarge] = useState(false)
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
        <img src={src} alt={alt} loading="lazy" decoding="async" />
      </button>
      <figcaption className="photo-mark">{mark}</figcaption>
      <dialog
        ref={dialog}
        className="photo-large"
        aria-label={alt}
        onClose={() => setLarge(false)}
        // Closes the photo alone; a drawer below listens for the same key.
        onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}
      >
        {large && (
          <>
            <div className="photo-open">
              <img src={src} alt={alt} />
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
