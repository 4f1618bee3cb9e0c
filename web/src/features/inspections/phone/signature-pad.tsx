import { type PointerEvent, useRef, useState } from 'react'
import type { PhotoId } from '@app/shared/ids'
import type { CleanPicture } from '../../../photo/clean-picture'
import './inspections.css'

const [width, height] = [900, 300] as const

/** A field to sign in by finger, pen or mouse; whoever cannot draw types the name instead. */
export default function SignaturePad({ label, onDrawn }: { label: string; onDrawn: (picture: CleanPicture) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [inked, setInked] = useState(false)

  const at = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLCanvasElement>) => {
    const box = currentTarget.getBoundingClientRect()
    return [((clientX - box.left) * width) / box.width, ((clientY - box.top) * height) / box.height] as const
  }
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    const pen = event.currentTarget.getContext('2d')
    if (!pen) return
    Object.assign(pen, { lineWidth: 6, lineCap: 'round', lineJoin: 'round', strokeStyle: '#111' })
    pen.beginPath()
    pen.moveTo(...at(event))
  }
  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    const pen = event.currentTarget.getContext('2d')
    pen?.lineTo(...at(event))
    pen?.stroke()
    setInked(true)
  }
  const end = async () => {
    if (inked && canvas.current) onDrawn(await pictureOf(canvas.current))
  }
  const clear = () => {
    canvas.current?.getContext('2d')?.clearRect(0, 0, width, height)
    setInked(false)
  }
  return (
    <div className="m-pad">
      <canvas
        ref={canvas}
        width={width}
        height={height}
        role="img"
        aria-label={label}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={() => void end()}
      />
      <button type="button" className="m-link" disabled={!inked} onClick={clear}>
        重写
      </button>
    </div>
  )
}

/** What was drawn, black on white, named by its SHA-256. */
async function pictureOf(drawn: HTMLCanvasElement): Promise<CleanPicture> {
  const sheet = Object.assign(document.createElement('canvas'), { width, height })
  const paper = sheet.getContext('2d')
  if (!paper) throw new Error('This browser does not draw')
  paper.fillStyle = '#fff'
  paper.fillRect(0, 0, width, height)
  paper.drawImage(drawn, 0, 0)
  const blob = await new Promise<Blob>((resolve, reject) => {
    sheet.toBlob((made) => (made ? resolve(made) : reject(new Error('No picture was made'))), 'image/png')
  })
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))
  // Safe: this is how a picture is named.
  return { id: Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('') as PhotoId, blob }
}
