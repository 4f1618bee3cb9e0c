import type { CommunityId, GridId } from '@app/shared/ids'
import type { Places } from '@app/shared/places/schema'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { Choice } from './choice'
import { Field } from './field'
import './search-form.css'

interface SearchFormProps {
  /** What is searched, to those who hear the page. */
  readonly label: string
  /** How many fields lie side by side on a wide screen. */
  readonly columns: 4 | 5
  /** What is searched by now; a narrow screen says how much that is while the area is folded. */
  readonly filter: object
  /** Stands before the buttons. */
  readonly checks: ReactNode
  readonly onSearch: () => void
  readonly onReset: () => void
  readonly children: ReactNode
}

/** The search area of a list. Nothing is searched before 查询 or Enter; 重置 searches for everything. */
export function SearchForm({ label, columns, filter, checks, onSearch, onReset, children }: SearchFormProps) {
  // Only a narrow screen folds the search area away.
  const [unfolded, setUnfolded] = useState(false)
  const used = Object.values(filter).filter((value) => value !== undefined).length
  return (
    <form
      className="desk-search"
      role="search"
      aria-label={label}
      data-unfolded={unfolded}
      onSubmit={(event) => {
        event.preventDefault()
        onSearch()
      }}
    >
      <Button
        className="desk-search-unfold"
        aria-expanded={unfolded}
        onClick={() => setUnfolded(!unfolded)}
      >{`${unfolded ? '收起' : '展开'}查询条件${used > 0 ? `（已设 ${used} 项）` : ''}`}</Button>
      <div className="desk-search-fields" data-columns={columns}>
        {children}
        <div className="desk-search-go">
          {checks}
          <Button type="primary" htmlType="submit">
            查询
          </Button>
          <Button onClick={onReset}>重置</Button>
        </div>
      </div>
    </form>
  )
}

interface Placed {
  readonly communityId?: CommunityId | undefined
  readonly gridId?: GridId | undefined
}

interface PlaceFieldsProps {
  readonly places: Places | undefined
  readonly chosen: Placed
  readonly onChoose: (place: Placed) => void
}

/** A community, and of one that is chosen a grid. */
export function PlaceFields({ places, chosen: { communityId, gridId }, onChoose }: PlaceFieldsProps) {
  return (
    <>
      <Field label="社区">
        {({ status: _, ...control }) => (
          <Choice
            {...control}
            value={communityId}
            options={places?.communities.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            // Safe: one of the list's own.
            onChange={(id) => onChoose({ communityId: id as CommunityId | undefined, gridId: undefined })}
          />
        )}
      </Field>
      <Field label="网格">
        {({ status: _, ...control }) => (
          <Choice
            {...control}
            value={gridId}
            disabled={!communityId}
            placeholder={communityId ? '全部' : '先选社区'}
            options={
              places?.grids
                .filter((grid) => grid.communityId === communityId)
                .map(({ id, name }) => ({ value: id, label: name })) ?? []
            }
            // Safe: likewise.
            onChange={(id) => onChoose({ communityId, gridId: id as GridId | undefined })}
          />
        )}
      </Field>
    </>
  )
}
