import { colours, type Colour, type Standing, standings } from '@app/shared/enterprises/words'
import { Tag } from 'antd'

/** The colour of a risk, said in words too. */
export function ColourTag({ colour }: { colour: Colour | null }) {
  if (colour === null) return <span className="desk-quiet">未评定</span>
  return (
    <Tag>
      <span className={`risk-mark risk-${colour}`} aria-hidden />
      {colours[colour]}
    </Tag>
  )
}

export function StandingTag({ standing }: { standing: Standing }) {
  return <Tag {...(standing === 'active' && { color: 'success' })}>{standings[standing]}</Tag>
}
