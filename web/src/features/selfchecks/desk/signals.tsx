import type { SignalPage, UnitSignals } from '@app/shared/selfchecks/schema'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { Answer } from '../../../ui/desk/answer'
import { selfcheckQueries } from '../queries'
import './selfchecks.css'

/** What each difference means; nothing else is said of it. */
function Definitions({ of }: { of: SignalPage['definitions'] }) {
  return (
    <ul className="desk-quiet signal-definitions">
      <li>自查与检查不一致：{of.differs}</li>
      <li>同类问题反复：{of.repeats}</li>
      <li>{of.least}</li>
    </ul>
  )
}

const names = { differs: '自查与检查不一致', repeats: '同类问题反复' } as const

/** Differences with the records that they rest on. */
function Signals({ signals, slug }: { signals: UnitSignals['signals']; slug: string }) {
  return (
    <ul className="signals">
      {signals.map(({ kind, words, selfchecks, inspections }) => (
        <li key={`${kind} ${inspections.join()} ${words}`}>
          <strong>{names[kind]}</strong> {words}
          <span className="signal-records">
            {selfchecks.map((selfcheckId) => (
              <Link
                key={selfcheckId}
                to="/admin/s/$street/selfchecks/$selfcheckId"
                params={{ street: slug, selfcheckId }}
              >
                自查记录
              </Link>
            ))}
            {inspections.map((inspectionId, at) => (
              <Link
                key={inspectionId}
                to="/admin/s/$street/inspections/$inspectionId"
                params={{ street: slug, inspectionId }}
              >
                检查记录{inspections.length > 1 ? ` ${at + 1}` : ''}
              </Link>
            ))}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Units among those checked lately where their own word and what was found differ. */
export function SignalList({ streetId, slug }: { streetId: string; slug: string }) {
  const list = useInfiniteQuery(selfcheckQueries.signals(streetId))
  return (
    <Answer of={list}>
      {({ pages }) => {
        const units = new Map(pages.flatMap(({ items }) => items).map((unit) => [unit.id, unit]))
        return (
          <>
            {pages[0] && <Definitions of={pages[0].definitions} />}
            {units.size === 0 && <p>{list.hasNextPage ? '近期的检查里没有。' : '没有记录之间的差别。'}</p>}
            {[...units.values()].map(({ id, name, signals }) => (
              <section key={id} className="signal-unit">
                <h3>
                  <Link to="/admin/s/$street/enterprises/$enterpriseId" params={{ street: slug, enterpriseId: id }}>
                    {name}
                  </Link>
                </h3>
                <Signals signals={signals} slug={slug} />
              </section>
            ))}
            {list.hasNextPage && (
              <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                看更早检查过的单位
              </Button>
            )}
          </>
        )
      }}
    </Answer>
  )
}

/** The same of one unit, in its file. */
export function UnitDifferences({
  streetId,
  slug,
  enterpriseId,
}: {
  streetId: string
  slug: string
  enterpriseId: string
}) {
  const asked = useQuery(selfcheckQueries.unitSignals(streetId, enterpriseId))
  return (
    <Answer of={asked}>
      {({ definitions, visits, signals }) => (
        <>
          {signals.length > 0 ? (
            <Signals signals={signals} slug={slug} />
          ) : (
            <p className="desk-quiet">没有提示。近 180 天检查过 {visits} 次。</p>
          )}
          <Definitions of={definitions} />
        </>
      )}
    </Answer>
  )
}
