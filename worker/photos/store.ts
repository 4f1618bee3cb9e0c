import type { PhotoId } from '@app/shared/ids'
import { Problem } from '@app/shared/problem'

/** Throws `photos-missing`, naming each photo that is not held here whole. */
export function requireHeld(ids: readonly PhotoId[], held: readonly { id: PhotoId }[]): void {
  const missing = ids.flatMap((id, at) =>
    held.some((photo) => photo.id === id) ? [] : [{ pointer: `/photos/${at}`, detail: id }],
  )
  if (missing.length > 0) throw new Problem('photos-missing', '有照片尚未上传，请重新上传后再提交。', missing)
}
