import { sources, type Workbench, type WorkbenchSource } from '@app/shared/workbench/schema'
import { Link } from '@tanstack/react-router'
import { Alert } from 'antd'
import { Alarm } from '../../../ui/desk/alarm'
import './workbench.css'

interface CountsProps {
  readonly workbench: Omit<Workbench, 'counts'> & {
    readonly counts: { readonly [S in WorkbenchSource]?: number | undefined }
  }
  /** The ledger that each number leads to, filtered. */
  readonly ledger: string
  /** Where 双包 is arranged. */
  readonly charges: string
}

/** What waits, by source, each number a way to the records it counts. */
export function WorkbenchCounts({
  workbench: { counts, capped, soonUntil, closedThisMonth, charges: gaps },
  ledger,
  charges,
}: CountsProps) {
  return (
    <>
      {capped && <Alert type="warning" showIcon title="数量超过 2000，仅显示下限。" />}
      {gaps.communities + gaps.grids > 0 && (
        <p className="workbench-alarm">
          <Alarm>
            <Link to={charges}>
              双包缺口：{gaps.communities} 个社区无包社区领导、{gaps.grids} 个网格无包网格干部
            </Link>
          </Alarm>
        </p>
      )}
      {gaps.overloaded > 0 && (
        <p className="workbench-alarm">
          <Alarm>
            <Link to={charges}>双包超负荷：{gaps.overloaded} 人</Link>
          </Alarm>
        </p>
      )}
      <ul className="counts">
        {(Object.keys(sources) as WorkbenchSource[]).map((key) => {
          const { label, filter, tone } = sources[key]
          const count = counts[key] ?? 0
          return (
            <li key={key}>
              <Link
                to={ledger}
                search={key === 'dueSoon' && soonUntil ? { ...filter, dueBy: soonUntil } : filter}
                data-tone={count > 0 ? tone : 'normal'}
              >
                <span className="count-label">{label}</span>
                <span className="count-number">
                  {count}
                  {capped && <span className="count-more">起</span>}
                </span>
              </Link>
            </li>
          )
        })}
        <li>
          <Link to={ledger} search={{ open: 'no', state: 'closed' }} data-tone="done">
            <span className="count-label">本月已销号</span>
            <span className="count-number">{closedThisMonth}</span>
          </Link>
        </li>
      </ul>
    </>
  )
}
