import type { HeldPhoto } from '../../../outbox/database'
import { fetchOrThrow } from '../../../api'

/** Sends pictures that a paper names before the paper itself. One that the server has already is only said again. */
export async function sendPhotos(streetId: string, photos: readonly HeldPhoto[]): Promise<void> {
  for (const { id, blob } of photos) {
    await fetchOrThrow(`/api/streets/${streetId}/photos/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'image/jpeg' },
      body: blob,
    })
  }
}
