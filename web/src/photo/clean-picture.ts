import type { PhotoId } from '@app/shared/ids'

/** A picture fit to be sent: upright, without what the camera wrote into it, small; named by its SHA-256. */
export interface CleanPicture {
  readonly id: PhotoId
  readonly blob: Blob
}

/** A file that this browser cannot show as a picture. */
export class NotAPicture extends Error {
  override name = 'NotAPicture'
  constructor() {
    super('这张照片无法打开，请改用“拍照”，或换一张照片。')
  }
}

const longestSide = 1600
const mostBytes = 300 * 1024
/** Tried in turn until one is small enough: first less quality, then fewer pixels. */
const attempts = [
  { side: longestSide, quality: 0.8 },
  { side: longestSide, quality: 0.7 },
  { side: longestSide, quality: 0.6 },
  { side: 1280, quality: 0.6 },
  { side: 1024, quality: 0.6 },
  { side: 800, quality: 0.5 },
]

/**
 * Makes of a file from the camera or the album what is sent: at most 1600 px a side and 300 KB, JPEG. Drawing it anew
 * leaves out all metadata. Throws `NotAPicture`.
 */
export async function cleanPicture(file: Blob): Promise<CleanPicture> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => {
    throw new NotAPicture()
  })
  try {
    let blob = await drawn(bitmap, attempts[0])
    for (const attempt of attempts.slice(1)) {
      if (blob.size <= mostBytes) break
      blob = await drawn(bitmap, attempt)
    }
    return { id: await nameOf(blob), blob }
  } finally {
    bitmap.close()
  }
}

function drawn(bitmap: ImageBitmap, { side, quality } = { side: longestSide, quality: 0.8 }): Promise<Blob> {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new NotAPicture()
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new NotAPicture())), 'image/jpeg', quality)
  })
}

async function nameOf(blob: Blob): Promise<PhotoId> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))
  // Safe: this is how a photo is named.
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('') as PhotoId
}
