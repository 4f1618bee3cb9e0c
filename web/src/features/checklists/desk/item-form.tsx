import { type DraftItem, type DraftSection } from '@app/shared/checklists/drafts'
import type { Condition } from '@app/shared/checklists/schema'
import { facts, results, type Result, withoutBasis } from '@app/shared/checklists/words'
import type { CriterionCard, CriterionRef } from '@app/shared/criteria/schema'
import { categories, type Category, sectors, type Sector } from '@app/shared/hazards/words'
import { Button, Checkbox, Input, InputNumber, Select, Tag } from 'antd'
import { useState, type ReactNode } from 'react'
import { optionsOf } from '../../../ui/desk/choice'
import { Field } from '../../../ui/desk/field'

export interface Picking {
  readonly picked: readonly string[]
  readonly onPick: (card: CriterionCard) => void
  readonly onClose: () => void
}

interface FormProps {
  readonly item: DraftItem
  /** The items above it, which alone it may wait for. */
  readonly above: DraftSection['items']
  readonly cards: ReadonlyMap<string, CriterionCard>
  readonly errorAt: (field: string) => string | undefined
  readonly onChange: (part: Partial<DraftItem>) => void
  readonly onCited: (card: CriterionCard) => void
  readonly renderPicker: (picking: Picking) => ReactNode
}

// Safe: the keys of an object written out in this project.
const categoryOptions = (Object.keys(categories) as Category[]).map((value) => ({
  value,
  label: categories[value].label,
}))
const sectorOptions = optionsOf(sectors) as { value: Sector; label: string }[]
const resultOptions = optionsOf(results) as { value: Result; label: string }[]

const texts = [
  ['text', '检查内容', 60, '一句话，写成合格时的样子，例如“疏散通道畅通”。'],
  ['method', '怎么查', 200, '看什么、问什么、动手试什么。'],
  ['failing', '不合格是什么样', 200, undefined],
  ['wording', '默认隐患描述', 300, '查出问题时自动填入，检查人可以改。'],
] as const

export const keyOf = ({ id, version }: CriterionRef) => `${id}@${version}`

/** All of one item, each lack beside its field. */
export function ItemForm({ item, above, cards, errorAt, onChange, onCited, renderPicker }: FormProps) {
  const [picking, setPicking] = useState(false)
  const set = onChange
  return (
    <div className="desk-form checklist-form">
      {texts.map(([name, label, max, hint]) => (
        <Field key={name} label={label} required wide hint={hint} error={errorAt(name)}>
          {(control) => (
            <Input.TextArea
              {...control}
              autoSize={{ minRows: 1, maxRows: 5 }}
              maxLength={max}
              value={item[name]}
              onChange={({ target: { value } }) => set({ [name]: value })}
            />
          )}
        </Field>
      ))}
      <Field label="隐患类别" error={errorAt('category')}>
        {(control) => (
          <Select<Category>
            {...control}
            value={item.category}
            options={categoryOptions}
            onChange={(category) => set({ category, sector: categories[category].sector })}
          />
        )}
      </Field>
      <Field label="行业领域" error={errorAt('sector')}>
        {(control) => (
          <Select<Sector>
            {...control}
            value={item.sector}
            options={sectorOptions}
            onChange={(sector) => set({ sector })}
          />
        )}
      </Field>
      <Field label="整改天数" required hint="从检查之日算起，1 至 30 天。" error={errorAt('days')}>
        {(control) => (
          <InputNumber
            {...control}
            min={0}
            max={999}
            precision={0}
            value={item.days}
            onChange={(days) => set({ days })}
          />
        )}
      </Field>
      <Field
        label="默认级别"
        hint="勾选后，不合格时检查人须判断是否疑似重大；是否重大由有权部门认定。"
        error={errorAt('mayBeMajor')}
      >
        {({ status: _, ...control }) => (
          <Checkbox
            {...control}
            checked={item.mayBeMajor}
            onChange={({ target: { checked } }) => set({ mayBeMajor: checked })}
          >
            一般隐患，可能构成重大
          </Checkbox>
        )}
      </Field>
      <div className="wide checklist-basis" role="group" aria-label="依据">
        <div>依据</div>
        {item.basis.length === 0 && <p className="desk-quiet">{withoutBasis}</p>}
        <ul>
          {item.basis.map((ref) => {
            const card = cards.get(keyOf(ref))
            return (
              <li key={ref.id}>
                <span>
                  {card ? `${card.document} ${card.article ?? ''}：${card.text}` : ref.id}{' '}
                  {card?.warnings.map((warning) => (
                    <Tag key={warning} color="warning">
                      {warning}
                    </Tag>
                  ))}
                </span>
                <Button
                  type="link"
                  danger
                  aria-label={`去掉依据：${card?.document ?? ref.id} ${card?.article ?? ''}`}
                  onClick={() => set({ basis: item.basis.filter(({ id }) => id !== ref.id) })}
                >
                  去掉
                </Button>
              </li>
            )
          })}
        </ul>
        {errorAt('basis') && (
          <p className="desk-wrong" role="alert">
            {errorAt('basis')}
          </p>
        )}
        <Button disabled={item.basis.length >= 6} onClick={() => setPicking(true)}>
          从判定标准中选择
        </Button>
      </div>
      <ConditionFields
        condition={item.condition}
        above={above}
        error={errorAt('condition')}
        onChange={(condition) => set({ condition })}
      />
      {picking &&
        renderPicker({
          picked: item.basis.map(({ id }) => id),
          onPick: (card) => {
            onCited(card)
            set({ basis: [...item.basis, card.ref] })
            setPicking(false)
          },
          onClose: () => setPicking(false),
        })}
    </div>
  )
}

function ConditionFields({
  condition,
  above,
  error,
  onChange,
}: {
  condition: Condition | null
  above: DraftSection['items']
  error: string | undefined
  onChange: (condition: Condition | null) => void
}) {
  const others = above.map(({ key, text }) => ({ value: key, label: text || '（还没有填写检查内容）' }))
  const options = [
    { value: 'always', label: '每次都查' },
    ...(others.length > 0 || condition?.on === 'item' ? [{ value: 'item', label: '看前面某一项的结果' }] : []),
    { value: 'unit', label: '看被检单位' },
  ]
  return (
    <>
      <Field label="什么时候查" error={condition === null ? error : undefined}>
        {(control) => (
          <Select<string>
            {...control}
            value={condition?.on ?? 'always'}
            options={options}
            onChange={(on) =>
              onChange(
                on === 'item'
                  ? { on, item: others[0]?.value ?? '', is: ['fail', 'fixed'] }
                  : on === 'unit'
                    ? { on, fact: 'crowded', is: true }
                    : null,
              )
            }
          />
        )}
      </Field>
      {condition?.on === 'unit' && (
        <Field label="被检单位" error={error}>
          {(control) => (
            <Select<string>
              {...control}
              value={`${condition.fact} ${condition.is ? 'yes' : 'no'}`}
              options={Object.entries(facts).flatMap(([fact, label]) => [
                { value: `${fact} yes`, label: `属于${label}` },
                { value: `${fact} no`, label: `不属于${label}` },
              ])}
              onChange={(chosen) => {
                const [fact, is] = chosen.split(' ')
                // Safe: one of the values above.
                onChange({ on: 'unit', fact: fact as keyof typeof facts, is: is === 'yes' })
              }}
            />
          )}
        </Field>
      )}
      {condition?.on === 'item' && (
        <>
          <Field label="前面的哪一项" error={error}>
            {(control) => (
              <Select<string>
                {...control}
                value={others.some(({ value }) => value === condition.item) ? condition.item : null}
                placeholder="请重新选择"
                options={others}
                onChange={(item) => onChange({ ...condition, item })}
              />
            )}
          </Field>
          <Field label="结果是" wide>
            {(control) => (
              <Select<Result[]>
                {...control}
                mode="multiple"
                value={condition.is}
                options={resultOptions}
                onChange={(is) => onChange({ ...condition, is: is.length > 0 ? is : condition.is })}
              />
            )}
          </Field>
        </>
      )}
    </>
  )
}
