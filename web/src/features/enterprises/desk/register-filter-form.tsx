import { colours, kinds, standings } from '@app/shared/enterprises/words'
import { sectors } from '@app/shared/hazards/words'
import type { Places } from '@app/shared/places/schema'
import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import { Choice, optionsOf } from '../../../ui/desk/choice'
import { Field } from '../../../ui/desk/field'
import { PlaceFields, SearchForm } from '../../../ui/desk/search-form'
import type { RegisterSet } from './register-search'

interface FormProps {
  readonly filter: RegisterSet
  readonly places: Places | undefined
  readonly onSearch: (filter: RegisterSet) => void
}

const choices = [
  ['kind', '类别', optionsOf(kinds)],
  ['sector', '行业', optionsOf(sectors)],
  ['colour', '风险', optionsOf(colours)],
  ['standing', '状态', optionsOf(standings)],
] as const

/** The search area of the register. */
export function RegisterFilterForm({ filter, places, onSearch }: FormProps) {
  const [draft, setDraft] = useState<RegisterSet>(filter)
  // Safe: every value below is one of its own list's.
  const set = (change: object) => setDraft((now) => ({ ...now, ...change }))
  return (
    <SearchForm
      label="查询企业"
      columns={4}
      filter={filter}
      onSearch={() => onSearch({ ...draft, q: draft.q?.trim() || undefined })}
      onReset={() => {
        setDraft({})
        onSearch({})
      }}
      checks={
        <>
          <Checkbox
            checked={draft.highRisk === 'yes'}
            onChange={({ target: { checked } }) => set({ highRisk: checked ? 'yes' : undefined })}
          >
            高危行业
          </Checkbox>
          <Checkbox
            checked={draft.crowded === 'yes'}
            onChange={({ target: { checked } }) => set({ crowded: checked ? 'yes' : undefined })}
          >
            人员密集
          </Checkbox>
          <Checkbox
            checked={draft.due === 'yes'}
            onChange={({ target: { checked } }) => set({ due: checked ? 'yes' : undefined })}
          >
            到期未检
          </Checkbox>
          <Checkbox
            checked={draft.uncoloured === 'yes'}
            onChange={({ target: { checked } }) => set({ uncoloured: checked ? 'yes' : undefined })}
          >
            未评定风险
          </Checkbox>
        </>
      }
    >
      <Field label="搜索" wide>
        {(control) => (
          <Input
            {...control}
            placeholder="名称、拼音首字母、信用代码或地址"
            allowClear
            maxLength={60}
            value={draft.q ?? ''}
            onChange={({ target: { value } }) => set({ q: value || undefined })}
          />
        )}
      </Field>
      <PlaceFields places={places} chosen={draft} onChoose={set} />
      {choices.map(([name, label, options]) => (
        <Field key={name} label={label}>
          {({ status: _, ...control }) => (
            <Choice {...control} value={draft[name]} options={options} onChange={(value) => set({ [name]: value })} />
          )}
        </Field>
      ))}
    </SearchForm>
  )
}
