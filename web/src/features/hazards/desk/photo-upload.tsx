import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { Spin } from 'antd'
import { useState } from 'react'
import { fetchOrThrow } from '../../../api'
import { cleanPicture, NotAPicture } from '../../../photo/clean-picture'
import { wordsOf } from '../../../ui/states'
import { photoUrl } from '../queries'

interface UploadProps {
  readonly streetId: string
  readonly value: readonly string[]
  readonly onChange: (ids: string[]) => void
  readonly id: string
  readonly 'aria-describedby'?: string | undefined
  readonly 'aria-invalid'?: true | undefined
}

/** Photos of a deed: each is made small, sent at once, and named by its SHA-256 when the deed is done. */
export function PhotoUpload({ streetId, value, onChange, id, ...aria }: UploadProps) {
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const send = async (files: readonly File[]) => {
    setBusy(true)
    setFailed(null)
    const ids = [...value]
    try {
      for (const file of files) {
        const photoId = await sendPhoto(streetId, file)
        if (!ids.includes(photoId)) ids.push(photoId)
      }
    } catch (error) {
      setFailed(error instanceof NotAPicture ? error.message : wordsOf(error))
    } finally {
      onChange(ids.slice(0, 9))
      setBusy(false)
    }
  }
  return (
    <div className="upload">
      {value.map((photoId, at) => (
        <div key={photoId} className="upload-one">
          <img src={photoUrl(streetId, photoId, 'thumb')} alt={`第 ${at + 1} 张照片`} />
          <button
            type="button"
            aria-label={`删除第 ${at + 1} 张照片`}
            onClick={() => onChange(value.filter((one) => one !== photoId))}
          >
            <CloseOutlined aria-hidden />
          </button>
        </div>
      ))}
      {value.length < 9 && (
        <div className="upload-add">
          <input
            {...aria}
            id={id}
            type="file"
            accept="image/*"
            multiple
            disabled={busy}
            onChange={(event) => {
              const files = [...(event.target.files ?? [])]
              event.target.value = ''
              if (files.length > 0) void send(files)
            }}
          />
          {busy ? <Spin size="small" /> : <PlusOutlined aria-hidden />}
          <span>{busy ? '正在上传…' : '选择照片'}</span>
        </div>
      )}
      {failed && (
        <p className="desk-wrong" role="alert">
          {failed}
        </p>
      )}
    </div>
  )
}

/** Sends a photo as it will be kept; the answer is the name it is kept under. */
async function sendPhoto(streetId: string, file: File): Promise<string> {
  const { id, blob } = await cleanPicture(file)
  await fetchOrThrow(photoUrl(streetId, id), { method: 'PUT', headers: { 'content-type': blob.type }, body: blob })
  return id
}
