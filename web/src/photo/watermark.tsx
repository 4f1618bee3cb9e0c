import { momentOf } from '../ui/phone/when'
import './photo.css'

/** Where, by whom and when a photo was taken. It is drawn over the picture and never into it. */
export interface Mark {
  readonly street: string
  readonly community: string | null
  readonly person: string | null
  readonly at: number
}

/** The words over a picture. */
export function Watermark({ mark }: { mark: Mark }) {
  return (
    <span className="m-mark">
      <span>{[mark.street, mark.community].filter(Boolean).join(' · ')}</span>
      <span>{[mark.person, momentOf(mark.at)].filter(Boolean).join(' · ')}</span>
    </span>
  )
}
