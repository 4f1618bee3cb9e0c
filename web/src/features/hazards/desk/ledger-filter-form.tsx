import { readHazardNumber } from '@app/shared/hazards/number'
import { categories, levels, openStates, states, type State } from '@app/shared/hazards/words'
import type { EnterpriseCard, Places } from '@app/shared/places/schema'
import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import { Choice, optionsOf } from '../../../ui/desk/choice'
import { Field } from '../../../ui/desk/field'
import { PlaceFields, SearchForm } from '../../../ui/desk/search-form'
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

const pick = (keys: readonly State[]) => keys.map((value) => ({ value, label: states[value] }))

/** The search area of the ledger. */
export function LedgerFilterForm({ open, filter, places, enterprises, onPlace, onSearch }: FormProps) {
  const [draft, setDraft] = useState<LedgerFilter>(filter)
  const [wrong, setWrong] = useState<string>()
  const set = (change: LedgerFilter) => setDraft((now) => ({ ...now, ...change }))
  return (
    <SearchForm
      label="查询隐患"
      columns={5}
      filter={filter}
      onSearch={() => {
        const number = draft.number?.trim()
        if (number && !readHazardNumber(number)) return setWrong('请写明年份和序号，例如 2026-12')
        setWrong(undefined)
        // A number names one record, whatever else is set.
        onSearch(number ? { number } : { ...draft, number: undefined })
      }}
      onReset={() => {
        setDraft({})
        setWrong(undefined)
        onPlace({})
        onSearch({})
      }}
      checks={
        <Checkbox
          checked={draft.mine === 'yes'}
          disabled={open === 'no'}
          onChange={({ target: { checked } }) => set({ mine: checked ? 'yes' : undefined })}
        >
          只看由我负责整改
        </Checkbox>
      }
    >
      <Field label="状态">
        {({ status: _, ...control }) => (
          <Choice
            {...control}
            value={draft.state}
            options={open === 'yes' ? pick(openStates) : pick(['closed', 'settled', 'voided'])}
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
      <PlaceFields
        places={places}
        chosen={draft}
        onChoose={(place) => {
          set({ ...place, enterpriseId: undefined })
          onPlace(place)
        }}
      />
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
    </SearchForm>
  )
}
