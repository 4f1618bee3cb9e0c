import type { Capability } from '@app/shared/capabilities'
import { createContext, useContext } from 'react'

/** Where the person sits: the tenant's name, the address of its first page, and what the post lets them do. */
export interface Place {
  readonly name: string
  readonly home: string
  readonly demo: boolean
  /** Why it only reads for now; null where it does not. */
  readonly stopped: string | null
  readonly capabilities: readonly Capability[]
}

export const PlaceContext = createContext<Place | null>(null)

/** The place of this page. Throws outside a `DeskFrame`. */
export function usePlace(): Place {
  const place = useContext(PlaceContext)
  if (!place) throw new Error('A page of the desk stands in a DeskFrame')
  return place
}
