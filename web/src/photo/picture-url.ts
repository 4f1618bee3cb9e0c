/** Where a picture of a street's record is served. */
export const pictureUrl = (streetId: string, photoId: string, size: 'full' | 'thumb' = 'full') =>
  `/api/streets/${streetId}/photos/${photoId}${size === 'thumb' ? '?size=thumb' : ''}`
