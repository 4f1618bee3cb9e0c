import { readHazardNumber } from '@app/shared/hazards/number'
import { categories, levels, openStates, states, type State } from '@app/shared/hazards/words'
import type { EnterpriseCard, Places } from '@app/shared/places/schema'
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { Choice } from '../../../ui/desk/choice'
import { Field } from '../../../ui/desk/field'
import type { LedgerFilter } from './ledger-search'

interface FormProps {
  readonly open: 'yes' | 'no'
  readonly filter: LedgerFilter
  readonly places: Places | undefined
  /** Enterprises of the community or grid that is chosen in the form. */
  readonly enterprises: readonly EnterpriseCard[] | undefined
  /** Tells which community or grid is chosen before it is searched by. */
  readonly onPlace: (place: Pick<LedgerFilter, 'communityId' | 'gridId'>) => void
  readonly onSearch: (filter: LedgerFilter) => void
}

const optionsOf = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))
const pick = (keys: readonly State[]) => keys.map((value) => ({ value, label: states[value] }))

/** The search area of the ledger. Nothing is searched before 查询 or Enter; 重置 searches for everything. */
export function LedgerFilterForm({ open, filter, places, enterprises, onPlace, onSearch }: FormProps) {
  const [draft, setDraft] = useState<LedgerFilter>(filter)
  const [wrong, setWrong] = useState<string>()
  // Only a narrow screen folds the search area away.
  const [unfolded, setUnfolded] = useState(false)
  const set = (change: LedgerFilter) => setDraft((now) => ({ ...now, ...change }))
  const used = Object.values(filter).filter((value) => value !== undefined).length
  return (
    <form
      className="ledger-filter"
      role="search"
      aria-label="查询隐患"
      data-unfolded={unfolded}
      onSubmit={(event) => {
        event.preventDefault()
        const number = draft.number?.trim()
        if (number && !readHazardNumber(number)) return setWrong('请写明年份和序号，例如 2026-12')
        setWrong(undefined)
        // A number names one record, whatever else is set.
        onSearch(number ? { number } : { ...draft, number: undefined })
      }}
    >
      <Button
        className="ledger-unfold"
        aria-expanded={unfolded}
        onClick={() => setUnfolded(!unfolded)}
      >{`${unfolded ? '收起' : '展开'}查询条件${used > 0 ? `（已设 ${used} 项）` : ''}`}</Button>
      <div className="ledger-fields">
        <Field label="状态">
          {({ status: _, ...control }) => (
            <Choice
              {...control}
              value={draft.state}
              options={open === 'yes' ? pick(openStates) : pick(['closed', 'voided'])}
              onChange={(state) => set({ state: state as LedgerFilter['state'] })}
            />
          )}
        </Field>
        <Field label="等级">
          {({ status: _, ...control }) => (
            <Choice
              {...control}
              value={draft.level}
              options={optionsOf(levels)}
              onChange={(level) => set({ level: level as LedgerFilter['level'] })}
            />
          )}
        </Field>
        <Field label="期限">
          {({ status: _, ...control }) => (
            <Choice
              {...control}
              value={open === 'yes' ? draft.overdue : undefined}
              disabled={open === 'no'}
              options={[
                { value: 'yes', label: '已逾期' },
                { value: 'today', label: '今日到期' },
                // Comes with the day that the workbench counts up to.
                ...(draft.overdue === 'soon' ? [{ value: 'soon', label: '即将到期' }] : []),
              ]}
              onChange={(overdue) => set({ overdue: overdue as LedgerFilter['overdue'], dueBy: undefined })}
            />
          )}
        </Field>
        <Field label="类别">
          {({ status: _, ...control }) => (
            <Choice
              {...control}
              value={draft.category}
              options={Object.entries(categories).map(([value, { label }]) => ({ value, label }))}
              onChange={(category) => set({ category: category as LedgerFilter['category'] })}
            />
          )}
        </Field>
        <Field label="编号" error={wrong}>
          {(control) => (
            <Input
              {...control}
              placeholder="如 2026-12"
              allowClear
              value={draft.number ?? ''}
              onChange={({ target: { value } }) => set({ number: value || undefined })}
            />
          )}
        </Field>
        <Field label="社区">
          {({ status: _, ...control }) => (
            <Choice
              {...control}
              value={draft.communityId}
              options={places?.communities.map(({ id, name }) => ({ value: id, label: name })) ?? []}
              onChange={(chosen) => {
                const communityId = chosen as LedgerFilter['communityId']
                set({ communityId, gridId: undefined, enterpriseId: undefined })
                onPlace({ communityId, gridId: undefined })
              }}
            />
          )}
        </Field>
        <Field label="网格">
          {({ status: _, ...control }) => (
            <Choice
              {...control}
              value={draft.gridId}
              disabled={!draft.communityId}
              placeholder={draft.communityId ? '全部' : '先选社区'}
              options={
                places?.grids
                  .filter(({ communityId }) => communityId === draft.communityId)
                  .map(({ id, name }) => ({ value: id, label: name })) ?? []
              }
              onChange={(chosen) => {
                const gridId = chosen as LedgerFilter['gridId']
                set({ gridId, enterpriseId: undefined })
                onPlace({ communityId: draft.communityId, gridId })
              }}
            />
          )}
        </Field>
        <Field label="单位">
          {({ status: _, ...control }) => (
            <Choice
              {...control}
              value={draft.enterpriseId}
              disabled={!draft.communityId}
              placeholder={draft.communityId ? '全部' : '先选社区'}
              options={enterprises?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
              onChange={(enterpriseId) => set({ enterpriseId: enterpriseId as LedgerFilter['enterpriseId'] })}
            />
          )}
        </Field>
        <div className="ledger-go">
          <Checkbox
            checked={draft.mine === 'yes'}
            disabled={open === 'no'}
            onChange={({ target: { checked } }) => set({ mine: checked ? 'yes' : undefined })}
          >
            只看由我负责整改
          </Checkbox>
          <Button type="primary" htmlType="submit">
            查询
          </Button>
          <Button
            onClick={() => {
              setDraft({})
              setWrong(undefined)
              onPlace({})
              onSearch({})
            }}
          >
            重置
          </Button>
        </div>
      </div>
    </form>
  )
}
