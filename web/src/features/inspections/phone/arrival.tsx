import { useState } from 'react'
import { momentOf } from '../../../ui/phone/when'
import type { Checking, Position } from './checking'

const patience = 15_000

/** When and, if one wants, where one arrived. The browser is asked for one position, on a tap, and never followed. */
export function Arrival({
  checking: { observedAt, position },
  correcting,
  onArrive,
}: {
  checking: Pick<Checking, 'observedAt' | 'position'>
  correcting: boolean
  onArrive: (part: Partial<Checking>) => void
}) {
  const [asking, setAsking] = useState(false)
  const [trouble, setTrouble] = useState<string | null>(null)
  if (correcting)
    return observedAt === null ? null : <p className="m-hint">原检查时间：{momentOf(observedAt)}（更正不改变）</p>

  function locate() {
    setAsking(true)
    setTrouble(null)
    const began = observedAt === null ? { observedAt: Date.now() } : {}
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) => {
        setAsking(false)
        onArrive({ ...began, position: { latitude, longitude, accuracy: Math.min(100_000, accuracy) } })
      },
      () => {
        setAsking(false)
        setTrouble('没有取得位置，可以不填，检查照常进行。')
      },
      { enableHighAccuracy: true, timeout: patience, maximumAge: 0 },
    )
  }

  return (
    <section className="m-arrival" aria-label="到场">
      {observedAt === null ? (
        <button type="button" className="m-link" onClick={() => onArrive({ observedAt: Date.now() })}>
          记录到场时间
        </button>
      ) : (
        <p>到场 {momentOf(observedAt)}</p>
      )}
      {position ? (
        <p>
          {placeWords(position)}{' '}
          <button type="button" className="m-link" onClick={() => onArrive({ position: null })}>
            不记位置
          </button>
        </p>
      ) : (
        'geolocation' in navigator && (
          <button type="button" className="m-link" disabled={asking} onClick={locate}>
            {asking ? '正在定位…' : '记录到场位置（可不填）'}
          </button>
        )
      )}
      {trouble && (
        <p className="m-hint" role="status">
          {trouble}
        </p>
      )}
    </section>
  )
}

const placeWords = ({ latitude, longitude, accuracy }: Position) =>
  `位置已记录（${latitude.toFixed(5)}，${longitude.toFixed(5)}${accuracy === null ? '' : `，误差约 ${Math.round(accuracy)} 米`}）`
