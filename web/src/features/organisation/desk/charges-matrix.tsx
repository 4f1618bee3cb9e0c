import type { CommunityId, GridId, PersonId } from '@app/shared/ids'
import { answersFor, gapsOn, overloadedOn, overloadFrom } from '@app/shared/organisation/charges'
import type { ChargeCard } from '@app/shared/organisation/schema'
import { type ChargeKind, chargeKinds } from '@app/shared/organisation/words'
import type { PersonCard } from '@app/shared/people/schema'
import type { PlaceTree } from '@app/shared/places/schema'
import type { Day } from '@app/shared/time'
import { PrinterOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { Alarm } from '../../../ui/desk/alarm'
import { Nothing } from '../../../ui/desk/answer'
import { csvOf, saveCsv } from '../../../ui/desk/csv'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import { ChargeDrawer } from './charge-drawer'
import './organisation.css'

/** A place of the matrix, as a charge names it. */
export interface Charged {
  readonly id: CommunityId | GridId
  readonly name: string
  readonly kind: ChargeKind
}

interface MatrixProps {
  readonly streetId: string
  readonly streetName: string
  readonly tree: PlaceTree
  readonly charges: readonly ChargeCard[]
  readonly people: readonly PersonCard[] | undefined
  /** The day that is looked at, and today. */
  readonly on: Day
  readonly today: Day
  readonly onDay: (day: Day) => void
  readonly manages: boolean
}

/** 双包 on a day: communities with their leader, grids with their cadre, what is nobody's, and who has too much. */
export function ChargesMatrix({ streetId, streetName, tree, charges, people, on, today, onDay, manages }: MatrixProps) {
  const [opened, setOpened] = useState<Charged | null>(null)
  const there = (place: { retiredOn: Day | null }) => place.retiredOn === null || on < place.retiredOn
  const communities = tree.communities.filter(there).map((community) => ({
    ...community,
    grids: community.grids.filter(there),
  }))
  const places = communities.flatMap(({ id, retiredOn, grids }) => [
    { id, retiredOn, kind: 'community' as const },
    ...grids.map((grid) => ({ id: grid.id, retiredOn: grid.retiredOn, kind: 'grid' as const })),
  ])
  const gaps = gapsOn(places, charges, on)
  const without = (kind: 'community' | 'grid') => gaps.filter((gap) => gap.kind === kind).length
  const overloaded = overloadedOn(charges, on)
  const nameOf = (id: PersonId) => charges.find(({ personId }) => personId === id)?.name ?? '已离岗人员'
  const cell = (place: Charged) => <Cell place={place} charges={charges} on={on} onOpen={() => setOpened(place)} />
  const exported = () =>
    saveCsv(
      `双包责任表 ${streetName} ${on}`,
      csvOf([
        ['社区', '包社区领导', '网格', '包网格干部'],
        ...communities.flatMap((community) => {
          const leader = answersFor(charges, community.id, on)?.name ?? '无'
          if (community.grids.length === 0) return [[community.name, leader, null, null]]
          return community.grids.map((grid) => [
            community.name,
            leader,
            grid.name,
            answersFor(charges, grid.id, on)?.name ?? '无',
          ])
        }),
      ]),
    )
  return (
    <>
      <div className="desk-sum" role="status">
        {gaps.length > 0 ? (
          <Alarm>
            双包缺口：{without('community')} 个社区无包社区领导、{without('grid')} 个网格无包网格干部
          </Alarm>
        ) : (
          <span>{on} 每个社区、每个网格都有人负责。</span>
        )}
        {overloaded.map(({ personId, kind, places: count }) => (
          <Alarm key={`${kind} ${personId}`}>
            超负荷：{nameOf(personId)}包 {count} 个{kind === 'leader' ? '社区' : '网格'}（超过 {overloadFrom[kind]} 个）
          </Alarm>
        ))}
      </div>
      <div className="desk-tools">
        <label className="organisation-day">
          看某一天
          <input
            type="date"
            value={on}
            onChange={({ target: { value } }) => {
              // Safe: a date input holds a day or nothing.
              if (value) onDay(value as Day)
            }}
          />
        </label>
        {on !== today && <Button onClick={() => onDay(today)}>回到今天</Button>}
        <span className="desk-tools-end">
          <Button icon={<PrinterOutlined aria-hidden />} onClick={() => print()}>
            打印
          </Button>
          <Button onClick={exported}>导出 CSV</Button>
        </span>
      </div>
      {communities.length === 0 ? (
        <Nothing>还没有社区。请先在“组织与网格”中新增。</Nothing>
      ) : (
        <ScrollBox label="双包责任表" least={680}>
          <table className="charges">
            <thead>
              <tr>
                <th scope="col">社区</th>
                <th scope="col">{chargeKinds.leader.label}</th>
                <th scope="col">网格</th>
                <th scope="col">{chargeKinds.cadre.label}</th>
              </tr>
            </thead>
            {communities.map((community) => {
              const rows = Math.max(community.grids.length, 1)
              return (
                <tbody key={community.id}>
                  {Array.from({ length: rows }, (_, at) => {
                    const grid = community.grids[at]
                    return (
                      <tr key={grid?.id ?? community.id}>
                        {at === 0 && (
                          <>
                            <th scope="rowgroup" rowSpan={rows}>
                              {community.name}
                            </th>
                            <td rowSpan={rows}>{cell({ id: community.id, name: community.name, kind: 'leader' })}</td>
                          </>
                        )}
                        {grid ? (
                          <>
                            <th scope="row">{grid.name}</th>
                            <td>{cell({ id: grid.id, name: grid.name, kind: 'cadre' })}</td>
                          </>
                        ) : (
                          <td colSpan={2} className="desk-quiet">
                            还没有网格
                          </td>
                        )}
                      </tr>
                    )
                  })}
                </tbody>
              )
            })}
          </table>
        </ScrollBox>
      )}
      <ChargeDrawer
        streetId={streetId}
        place={opened}
        current={opened ? answersFor(charges, opened.id, today) : null}
        people={people}
        today={today}
        manages={manages}
        onClose={() => setOpened(null)}
      />
    </>
  )
}

interface CellProps {
  readonly place: Charged
  readonly charges: readonly ChargeCard[]
  readonly on: Day
  readonly onOpen: () => void
}

/** Who answers for a place, or that nobody does; a press leads to all who ever did and to whoever shall. */
function Cell({ place, charges, on, onOpen }: CellProps) {
  const charge = answersFor(charges, place.id, on)
  const next = charges
    .filter(({ placeId, from, until }) => placeId === place.id && from > on && until !== from)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))[0]
  const who = charge ? (charge.name ?? '已离岗人员') : '无人负责'
  return (
    <button type="button" className="charge" aria-label={`${place.name}：${who}`} onClick={onOpen}>
      {charge ? who : <Alarm>无人负责</Alarm>}
      {next && (
        <span className="desk-quiet">
          {next.from} 起 {next.name ?? '已离岗人员'}
        </span>
      )}
    </button>
  )
}
