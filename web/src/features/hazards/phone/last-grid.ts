import type { GridId, StreetId } from '@app/shared/ids'

const key = (streetId: StreetId) => `zhiben-grid/${streetId}`

/** The grid that was filed for last on this phone: most likely where its holder still is. */
export function lastGrid(streetId: StreetId): GridId | null {
  try {
    // Safe: only `rememberGrid` writes here, and who asks compares it with the grids there are.
    return localStorage.getItem(key(streetId)) as GridId | null
  } catch {
    return null
  }
}

/** Offers this grid first the next time. */
export function rememberGrid(streetId: StreetId, gridId: GridId): void {
  try {
    localStorage.setItem(key(streetId), gridId)
  } catch {
    // A browser that keeps nothing asks again.
  }
}
