import { colours, kinds, standings } from '@app/shared/enterprises/words'
import { sectors } from '@app/shared/hazards/words'
import type { Places } from '@app/shared/places/schema'
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { Choice } from '../../../ui/desk/choice'
import { Field } from '../../../ui/desk/field'
import type { RegisterSet } from './register-search'

interface FormProps {
  readonly filter: RegisterSet
  readonly places: Places | undefined
  readonly onSearch: (filter: RegisterSet) => void
}

const optionsOf = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))
const choices = [
  ['kind', '类别', optionsOf(kinds)],
  ['sector', '行业', optionsOf(sectors)],
  ['colour', '风险', optionsOf(colours)],
  ['standing', '状态', optionsOf(standings)],
] as const

/** The search area of the register. Nothing is searched before 查询 or Enter; 重置 searches for everything. */
export function RegisterFilterForm({ filter, places, onSearch }: FormProps) {
  const [draft, setDraft] = useState<RegisterSet>(filter)
  // Only a narrow screen folds the search area away.
  const [unfolded, setUnfolded] = useState(false)
  // Safe: every value below is one of its own list's.
  const set = (change: object) => setDraft((now) => ({ ...now, ...change }))
  const used = Object.values(filter).filter((value) => value !== undefined).length
  return (
    <form
      className="register-filter"
      role="search"
      aria-label="查询企业"
      data-unfolded={unfolded}
      onSubmit={(event) => {
        event.preventDefault()
        onSearch({ ...draft, q: draft.q?.trim() || undefined })
      }}
    >
      <Button
        className="register-unfold"
        aria-expanded={unfolded}
        onClick={() => setUnfolded(!unfolded)}
      >{`${unfolded ? '收起' : '展开'}查询条件${used > 0 ? `（已设 ${used} 项）` : ''}`}</Button>
      <div className="register-fields">
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
        <Field label="社区">
          {({ status: _, ...control }) => (
            <Choice
              {...control}
              value={draft.communityId}
              options={places?.communities.map(({ id, name }) => ({ value: id, label: name })) ?? []}
              onChange={(communityId) => set({ communityId, gridId: undefined })}
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
              onChange={(gridId) => set({ gridId })}
            />
          )}
        </Field>
        {choices.map(([name, label, options]) => (
          <Field key={name} label={label}>
            {({ status: _, ...control }) => (
              <Choice {...control} value={draft[name]} options={options} onChange={(value) => set({ [name]: value })} />
            )}
          </Field>
        ))}
        <div className="register-go">
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
          <Button type="primary" htmlType="submit">
            查询
          </Button>
          <Button
            onClick={() => {
              setDraft({})
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
