import { colours } from '@app/shared/enterprises/words'
import { useQuery } from '@tanstack/react-query'
import { wordsOf } from '../../../ui/states'
import { riskQueries } from '../queries'

/** What can come to harm in a unit and what holds it in check, to be read where one stands. */
export function RiskList({ streetId, enterpriseId }: { streetId: string; enterpriseId: string }) {
  const { data, error } = useQuery(riskQueries.list(streetId, enterpriseId))
  const listed = data?.items.filter(({ retiredOn }) => retiredOn === null)
  return (
    <section className="m-block">
      <h2>风险清单</h2>
      {!listed && <p className="m-hint">{error ? wordsOf(error) : '正在加载…'}</p>}
      {listed?.length === 0 && <p className="m-hint">还没有登记风险点。</p>}
      {listed?.map(({ id, name, level, accident, measures }) => (
        <details key={id} className="m-details">
          <summary>
            {name}（{colours[level]}）
          </summary>
          <p>可能发生：{accident}</p>
          <ol>
            {measures.map((measure) => (
              <li key={measure.id}>
                {measure.words}
                <span className="m-hint">
                  （责任人 {measure.owner}，每 {measure.days} 天检查一次）
                </span>
              </li>
            ))}
          </ol>
        </details>
      ))}
    </section>
  )
}
