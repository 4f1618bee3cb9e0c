import type { Board, BoardCounts } from '@app/shared/enterprises/board'
import type { CommunityId, GridId } from '@app/shared/ids'
import { Link } from '@tanstack/react-router'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import type { RegisterSet } from './register-search'
import './board.css'

type Place = { readonly communityId: CommunityId; readonly gridId?: GridId }

const columns: readonly (readonly [keyof BoardCounts, string, RegisterSet, mark?: string])[] = [
  ['units', '单位', {}],
  ['red', '红', { colour: 'red', standing: 'active' }, 'red'],
  ['orange', '橙', { colour: 'orange', standing: 'active' }, 'orange'],
  ['yellow', '黄', { colour: 'yellow', standing: 'active' }, 'yellow'],
  ['blue', '蓝', { colour: 'blue', standing: 'active' }, 'blue'],
  ['uncoloured', '未评定', { uncoloured: 'yes', standing: 'active' }],
  ['highRisk', '高危行业', { highRisk: 'yes', standing: 'active' }],
  ['crowded', '人员密集', { crowded: 'yes', standing: 'active' }],
  ['due', '到期未检', { due: 'yes' }],
]

/** 网格视图: a table of communities and their grids; each number opens the list that it counts. */
export function BoardTable({ slug, board }: { slug: string; board: Board }) {
  if (board.communities.length === 0) return <p className="desk-quiet">负责范围内还没有社区和网格。</p>
  return (
    <>
      {board.capped && <p className="desk-quiet">未销号隐患过多，只统计了期限最早的一部分。</p>}
      <ScrollBox label="网格视图" least={920}>
        <table className="board">
          <thead>
            <tr>
              <th scope="col">社区 / 网格</th>
              {columns.map(([key, label, , mark]) => (
                <th key={key} scope="col">
                  {mark && <span className={`risk-mark risk-${mark}`} aria-hidden />}
                  {label}
                </th>
              ))}
              <th scope="col">未销号隐患</th>
            </tr>
          </thead>
          {board.communities.map(({ id, name, grids, ...counts }) => (
            <tbody key={id}>
              <Row slug={slug} name={name} place={{ communityId: id }} counts={counts} of="community" />
              {grids.map(({ id: gridId, name: gridName, ...own }) => (
                <Row
                  key={gridId}
                  slug={slug}
                  name={gridName}
                  place={{ communityId: id, gridId }}
                  counts={own}
                  of="grid"
                />
              ))}
            </tbody>
          ))}
        </table>
      </ScrollBox>
    </>
  )
}

interface RowProps {
  readonly slug: string
  readonly name: string
  readonly place: Place
  readonly counts: BoardCounts
  readonly of: 'community' | 'grid'
}

function Row({ slug, name, place, counts, of }: RowProps) {
  return (
    <tr className={`board-${of}`}>
      <th scope="row">{name}</th>
      {columns.map(([key, label, filter]) => (
        <td key={key}>
          {counts[key] === 0 ? (
            <span className="desk-quiet">0</span>
          ) : (
            <Link
              className={key === 'due' ? 'desk-link board-late' : 'desk-link'}
              to="/admin/s/$street/enterprises"
              params={{ street: slug }}
              search={{ ...filter, ...place }}
              aria-label={`${name}${label} ${counts[key]} 家`}
            >
              {counts[key]}
            </Link>
          )}
        </td>
      ))}
      <td>
        {counts.openHazards === 0 ? (
          <span className="desk-quiet">0</span>
        ) : (
          <Link
            className="desk-link"
            to="/admin/s/$street/hazards"
            params={{ street: slug }}
            search={place}
            aria-label={`${name}未销号隐患 ${counts.openHazards} 条`}
          >
            {counts.openHazards}
          </Link>
        )}
      </td>
    </tr>
  )
}
