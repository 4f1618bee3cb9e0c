import type { IndicatorCode, Scheme } from '@app/shared/schemes/schema'
import type { ScoreLine } from '@app/shared/schemes/score'
import './scores.css'

interface LinesProps {
  readonly scheme: Scheme
  readonly lines: readonly ScoreLine[]
  /** The line whose records are shown below. */
  readonly chosen: IndicatorCode | undefined
  readonly onChoose: (code: IndicatorCode) => void
}

/** A score line by line: what was counted, what it weighs, what it gave, by which rule. */
export function ScoreLines({ scheme, lines, chosen, onChoose }: LinesProps) {
  return (
    <div className="desk-scroll">
      <table className="score-lines">
        <thead>
          <tr>
            <th scope="col">指标</th>
            <th scope="col">口径</th>
            <th scope="col" className="n">
              分子 / 分母
            </th>
            <th scope="col" className="n">
              权重
            </th>
            <th scope="col" className="n">
              得分
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ code, numerator, denominator, weight, points }) => {
            const indicator = scheme.indicators.find((one) => one.code === code)
            return (
              <tr key={code} className={code === chosen ? 'chosen' : undefined}>
                <th scope="row">
                  <button
                    type="button"
                    className="desk-link"
                    aria-expanded={code === chosen}
                    onClick={() => onChoose(code)}
                  >
                    {code} {indicator?.name}
                  </button>
                </th>
                <td>
                  {indicator?.words}
                  {indicator && <span className="desk-quiet"> 分母少于 {indicator.least} 的不适用。</span>}
                </td>
                <td className="n">
                  {numerator} / {denominator}
                </td>
                <td className="n">{points === null ? '—' : weight.toFixed(2)}</td>
                <td className="n">{points === null ? '不适用' : points.toFixed(2)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
