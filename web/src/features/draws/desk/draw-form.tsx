import { roles } from '@app/shared/capabilities'
import { type DrawFrom, type DrawPool, mostDrawn, mostPerUnit, NewDraw } from '@app/shared/draws/schema'
import { colours, kinds } from '@app/shared/enterprises/words'
import { sectors } from '@app/shared/hazards/words'
import type { DrawId } from '@app/shared/ids'
import type { Places } from '@app/shared/places/schema'
import { Problem } from '@app/shared/problem'
import { addDays, dayOf } from '@app/shared/time'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { safeParse } from 'valibot'
import { Answer } from '../../../ui/desk/answer'
import { Choice, optionsOf } from '../../../ui/desk/choice'
import { Field } from '../../../ui/desk/field'
import { freshId } from '../../../ui/desk/fresh-id'
import { Sheet } from '../../../ui/desk/page'
import { wordsOf } from '../../../ui/states'
import { drawNow, drawQueries } from '../queries'
import './draws.css'

const everything: DrawFrom = { kind: null, sector: null, colour: null, communityId: null, uncheckedSince: null }
const choices = [
  ['kind', '类别', optionsOf(kinds)],
  ['sector', '行业', optionsOf(sectors)],
  ['colour', '风险', optionsOf(colours)],
] as const

interface Asked {
  readonly purpose: string
  readonly count: number | null
  readonly perUnit: number | null
  readonly until: string
  readonly why: string
  /** Who is left out of the pool, and who is excused from it for a reason. */
  readonly without: readonly string[]
  readonly excused: readonly { readonly personId: string; readonly why: string }[]
}

/** A draw to be done: what for, from whom, how many. */
export function DrawForm({
  streetId,
  places,
  onDrawn,
}: {
  streetId: string
  places: Places | undefined
  onDrawn: (id: DrawId) => void
}) {
  const [from, setFrom] = useState<DrawFrom>(everything)
  const query = Object.fromEntries(Object.entries(from).filter(([, value]) => value !== null))
  const pool = useQuery(drawQueries.pool(streetId, query))
  // Safe: every value below is one of its own list's, or a day.
  const narrow = (part: object) => setFrom((now) => ({ ...now, ...part }))
  return (
    <>
      <Sheet title="一、抽取范围">
        <div className="desk-form draw-fields">
          <Field label="社区">
            {({ status: _, ...control }) => (
              <Choice
                {...control}
                value={from.communityId ?? undefined}
                options={places?.communities.map(({ id, name }) => ({ value: id, label: name })) ?? []}
                onChange={(value) => narrow({ communityId: value ?? null })}
              />
            )}
          </Field>
          {choices.map(([name, label, options]) => (
            <Field key={name} label={label}>
              {({ status: _, ...control }) => (
                <Choice
                  {...control}
                  value={from[name] ?? undefined}
                  options={options}
                  onChange={(value) => narrow({ [name]: value ?? null })}
                />
              )}
            </Field>
          ))}
          <Field label="自哪天以来未检查" hint="不填即不限；从未检查过的总在范围内。">
            {(control) => (
              <Input
                {...control}
                type="date"
                max={dayOf(Date.now())}
                value={from.uncheckedSince ?? ''}
                onChange={({ target: { value } }) => narrow({ uncheckedSince: value || null })}
              />
            )}
          </Field>
        </div>
      </Sheet>
      <Answer of={pool} rows={8}>
        {(found) => <Rest streetId={streetId} from={from} pool={found} onDrawn={onDrawn} />}
      </Answer>
    </>
  )
}

function Rest({
  streetId,
  from,
  pool,
  onDrawn,
}: {
  streetId: string
  from: DrawFrom
  pool: DrawPool
  onDrawn: (id: DrawId) => void
}) {
  const [id] = useState(() => freshId<DrawId>('drw'))
  const [asked, setAsked] = useState<Asked>(() => ({
    purpose: '',
    count: 5,
    perUnit: 2,
    until: addDays(dayOf(Date.now()), 30),
    why: '',
    without: [],
    excused: [],
  }))
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  const { mutate, isPending, error, reset } = useMutation(drawNow(streetId))
  const set = (part: Partial<Asked>) => {
    setAsked((now) => ({ ...now, ...part }))
    setErrors({})
    reset()
  }
  const excused = new Set(asked.excused.map(({ personId }) => personId))
  const left = pool.inspectors.filter((one) => !excused.has(one.id))
  const chosen = left.filter((one) => !asked.without.includes(one.id)).map((one) => one.id)
  const options = left.map((one) => ({ value: one.id, label: `${one.name}（${roles[one.role].label}）` }))

  const refused = (pointer: string) => {
    const said = error instanceof Problem ? error.errors : undefined
    return (
      errors[pointer] ?? said?.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`))?.detail
    )
  }
  const submit = () => {
    const body = {
      id,
      purpose: asked.purpose,
      from,
      inspectors: chosen,
      excused: asked.excused.map(({ personId, why }) => ({ personId, why })),
      count: asked.count,
      perUnit: asked.perUnit,
      until: asked.until,
      why: asked.why.trim() || null,
    }
    const parsed = safeParse(NewDraw, body)
    if (parsed.success) return mutate(parsed.output, { onSuccess: () => onDrawn(id) })
    setErrors(
      Object.fromEntries(
        parsed.issues.map(({ path, message }) => [`/${(path ?? []).map(({ key }) => String(key)).join('/')}`, message]),
      ),
    )
  }
  const whys = refused('/why')
  const known = ['/purpose', '/count', '/perUnit', '/until', '/inspectors', '/excused', '/why']
  return (
    <form
      className="draw-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Sheet title="二、检查人员库">
        <div className="desk-form">
          <p>
            符合范围的在营单位 <strong>{pool.units}</strong> 家；可派检查人员 <strong>{left.length}</strong>{' '}
            人（在岗、可开展检查、负责范围包括所抽单位）。
          </p>
          <Field label="参加抽取的检查人员" wide error={refused('/inspectors')}>
            {(control) => (
              <Select<string[]>
                {...control}
                mode="multiple"
                showSearch={{ optionFilterProp: 'label' }}
                value={chosen}
                options={options}
                maxTagCount={12}
                onChange={(now) => set({ without: left.map((one) => one.id).filter((one) => !now.includes(one)) })}
              />
            )}
          </Field>
          <Field
            label="回避"
            wide
            hint="与被检单位有利害关系的人员，抽取前登记回避和理由，不参加抽取。"
            error={refused('/excused')}
          >
            {({ status: _, ...control }) => (
              <Choice
                {...control}
                value={undefined}
                placeholder="选择回避人员"
                options={options}
                onChange={(personId) =>
                  personId && set({ excused: [...asked.excused, { personId, why: '' }], without: asked.without })
                }
              />
            )}
          </Field>
          {asked.excused.map(({ personId, why }, at) => {
            const name = pool.inspectors.find((one) => one.id === personId)?.name ?? '不在库中'
            return (
              <div key={personId} className="draw-excused">
                <Field label={`${name}的回避理由`} required error={refused(`/excused/${at}/why`)}>
                  {(control) => (
                    <Input
                      {...control}
                      maxLength={100}
                      value={why}
                      onChange={({ target: { value } }) =>
                        set({ excused: asked.excused.with(at, { personId, why: value }) })
                      }
                    />
                  )}
                </Field>
                <Button onClick={() => set({ excused: asked.excused.toSpliced(at, 1) })}>取消回避</Button>
              </div>
            )
          })}
        </div>
      </Sheet>
      <Sheet title="三、抽取">
        <div className="desk-form draw-fields">
          <Field
            label="抽取事项"
            required
            wide
            hint="写明时段和对象，例如：2026 年第四季度九小场所双随机检查。同一事项重新抽取须说明理由。"
            error={refused('/purpose')}
          >
            {(control) => (
              <Input
                {...control}
                maxLength={60}
                value={asked.purpose}
                onChange={({ target: { value } }) => set({ purpose: value })}
              />
            )}
          </Field>
          <Field label="抽取单位数" required error={refused('/count')}>
            {(control) => (
              <InputNumber
                {...control}
                min={1}
                max={mostDrawn}
                precision={0}
                value={asked.count}
                onChange={(count) => set({ count })}
              />
            )}
          </Field>
          <Field label="每家派检查人员数" required error={refused('/perUnit')}>
            {(control) => (
              <InputNumber
                {...control}
                min={1}
                max={mostPerUnit}
                precision={0}
                value={asked.perUnit}
                onChange={(perUnit) => set({ perUnit })}
              />
            )}
          </Field>
          <Field label="完成期限" required error={refused('/until')}>
            {(control) => (
              <Input
                {...control}
                type="date"
                min={dayOf(Date.now())}
                value={asked.until}
                onChange={({ target: { value } }) => set({ until: value })}
              />
            )}
          </Field>
          {(whys !== undefined || asked.why !== '') && (
            <Field label="重新抽取的理由" required wide error={whys}>
              {(control) => (
                <Input.TextArea
                  {...control}
                  maxLength={200}
                  autoSize={{ minRows: 2, maxRows: 4 }}
                  value={asked.why}
                  onChange={({ target: { value } }) => setAsked((now) => ({ ...now, why: value }))}
                />
              )}
            </Field>
          )}
        </div>
        {error && !known.some((pointer) => refused(pointer)) && <Alert type="error" showIcon title={wordsOf(error)} />}
        <div className="desk-form-end">
          <Button type="primary" htmlType="submit" loading={isPending}>
            抽取
          </Button>
        </div>
        <p className="desk-hint">抽取后结果即留存，不能修改；所抽单位出现在检查人员手机的“今日”里，到期为止。</p>
      </Sheet>
    </form>
  )
}
