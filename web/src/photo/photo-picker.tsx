import { type ChangeEvent, useEffect, useId, useRef, useState } from 'react'
import { Icon } from '../ui/phone/icons'
import { BlobImage } from './blob-image'
import { type CleanPicture, NotAPicture, cleanPicture } from './clean-picture'
import { type Mark, Watermark } from './watermark'
import './photo.css'

export const mostPhotos = 9

/**
 * Takes pictures by the camera or out of the album, up to nine, and shows what was taken. Two controls, since one
 * that does both hides either the camera or the album, depending on the phone.
 */
export function PhotoPicker({
  label,
  photos,
  mark,
  onAdd,
  onRemove,
  error,
}: {
  label: string
  photos: readonly CleanPicture[]
  mark: Mark
  onAdd: (photos: CleanPicture[]) => void
  onRemove: (id: CleanPicture['id']) => void
  error?: string | undefined
}) {
  const [working, setWorking] = useState(0)
  const [trouble, setTrouble] = useState<string | null>(null)
  const id = useId()
  // What a slow phone still works on must not be lost by what is picked meanwhile.
  const here = useRef(photos)
  useEffect(() => {
    here.current = photos
  }, [photos])
  const full = photos.length >= mostPhotos

  async function take(event: ChangeEvent<HTMLInputElement>) {
    const files = [...(event.target.files ?? [])]
    event.target.value = ''
    setTrouble(null)
    setWorking((n) => n + files.length)
    for (const file of files) {
      try {
        const picture = await cleanPicture(file)
        if (here.current.some((photo) => photo.id === picture.id)) setTrouble('这张照片已经有了。')
        else if (here.current.length >= mostPhotos) setTrouble(`最多 ${mostPhotos} 张照片。`)
        else {
          here.current = [...here.current, picture]
          onAdd([picture])
        }
      } catch (failure) {
        setTrouble(failure instanceof NotAPicture ? failure.message : '照片处理失败，请重试。')
      } finally {
        setWorking((n) => n - 1)
      }
    }
  }

  const wrong = error ?? trouble
  return (
    <fieldset className="m-picker" aria-describedby={wrong ? `${id}-wrong` : undefined}>
      <legend>
        {label}
        {photos.length > 0 && (
          <span className="m-hint">
            {photos.length}/{mostPhotos} 张
          </span>
        )}
      </legend>
      {photos.length > 0 && (
        <ul className="m-pictures">
          {photos.map((photo, at) => (
            <Taken key={photo.id} photo={photo} number={at + 1} mark={mark} onRemove={() => onRemove(photo.id)} />
          ))}
        </ul>
      )}
      <div className="m-sources">
        <label className={full ? 'm-source m-source-off' : 'm-source m-source-main'}>
          <input
            type="file"
            accept="image/*"
            capture="environment"
            disabled={full}
            onChange={(event) => void take(event)}
          />
          <Icon name="camera" size="1.75rem" />
          <span>{photos.length > 0 ? '再拍一张' : '拍照'}</span>
        </label>
        <label className={full ? 'm-source m-source-off' : 'm-source'}>
          <input type="file" accept="image/*" multiple disabled={full} onChange={(event) => void take(event)} />
          <Icon name="album" size="1.75rem" />
          <span>相册</span>
        </label>
      </div>
      <p role="status" className="m-hint m-working">
        {working > 0 ? '正在处理照片…' : ''}
      </p>
      {wrong && (
        <p id={`${id}-wrong`} className="wrong" role="alert">
          {wrong}
        </p>
      )}
    </fieldset>
  )
}

function Taken({
  photo,
  number,
  mark,
  onRemove,
}: {
  photo: CleanPicture
  number: number
  mark: Mark
  onRemove: () => void
}) {
  return (
    <li className="m-taken">
      <BlobImage blob={photo.blob} alt={`第 ${number} 张照片`} />
      <Watermark mark={mark} />
      <button type="button" onClick={onRemove} aria-label={`删除第 ${number} 张照片`}>
        <Icon name="close" size="1.25rem" />
      </button>
    </li>
  )
}
