import type { CommunityId, GridId } from '@app/shared/ids'
import { type PlaceTree, Renaming } from '@app/shared/places/schema'
import { useForm } from '@tanstack/react-form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Progress as Bar, Select } from 'antd'
import { useState } from 'react'
import * as v from 'valibot'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { freshId } from '../../../ui/desk/fresh-id'
import { TextField } from '../../../ui/desk/text-field'
import { placeQueries } from '../queries'
import { type GridWork, type Progress, workOnGrid } from './tree-queries'
import { remember } from './unfinished'

type Communities = PlaceTree['communities']

/** What is meant to be done with a grid, with what is chosen already. */
export type GridPlan =
  | { readonly kind: 'merge'; readonly to?: GridId; readonly why?: string }
  | { readonly kind: 'pass'; readonly communityId?: CommunityId; readonly why?: string }
  | { readonly kind: 'split' }

const words = {
  merge: {
    title: '合并',
    submit: '开始合并',
    about: '单位和未办结隐患全部划到所选网格，负责这里的人改为负责那里，然后撤销本网格。已办结的隐患留在原名下。',
  },
  pass: {
    title: '移到另一社区',
    submit: '开始移动',
    about:
      '在所选社区新设同名网格，单位、未办结隐患和负责的人全部转过去，然后撤销原来的网格。已办结的隐患仍算在原社区。',
  },
  split: {
    title: '拆分',
    submit: '拆分',
    about: '所选单位连同其未办结隐患划到新网格，其余不动。拆分后请给新网格安排网格员和包网格干部。',
  },
} as const

const newGrid = 'new'

interface Filled {
  readonly to: string | null
  readonly communityId: string | null
  readonly name: string
  readonly enterprises: string[]
  readonly why: string
}

interface WorkProps {
  readonly streetId: string
  readonly grid: Communities[number]['grids'][number]
  readonly communityId: CommunityId
  readonly plan: GridPlan
  /** Those that are not retired. */
  readonly communities: Communities
  readonly onClose: () => void
}

/** Merges, splits or passes on a grid, in portions, showing how far it is; what was broken off goes on from there. */
export function GridWorkDialog({ streetId, grid, communityId, plan, communities, onClose }: WorkProps) {
  const { message } = App.useApp()
  const [made] = useState(() => freshId<GridId>('grd'))
  const [progress, setProgress] = useState<Progress | null>(null)
  const { mutate, isPending, error } = useMutation(workOnGrid(streetId, grid, setProgress))
  const enterprises = useQuery({
    ...placeQueries.enterprises(streetId, { gridId: grid.id }),
    enabled: plan.kind === 'split',
  })
  const { title, submit, about } = words[plan.kind]
  const defaultValues: Filled = {
    to: plan.kind === 'merge' ? (plan.to ?? null) : newGrid,
    communityId: plan.kind === 'pass' ? (plan.communityId ?? null) : communityId,
    name: '',
    enterprises: [],
    why: ('why' in plan ? plan.why : undefined) ?? '',
  }
  const form = useForm({
    defaultValues,
    onSubmit: ({ value }) => {
      const work = workOf(value)
      if (!work) return
      if (work.kind !== 'split') remember(streetId, grid.id, work)
      mutate(work, {
        onSuccess: () => {
          if (work.kind !== 'split') remember(streetId, grid.id, null)
          void message.success(`“${grid.name}”已完成${title}。`)
          onClose()
        },
      })
    },
  })

  // An earlier attempt may have made it there already; or there is one of that name, which then takes all in.
  const namesake = (id: string | null) =>
    communities.find((one) => one.id === id)?.grids.find((one) => one.name === grid.name && one.retiredOn === null)

  function workOf(value: Filled): GridWork | null {
    const { why } = value
    if (plan.kind === 'merge') return value.to ? { kind: 'merge', to: value.to as GridId, why } : null
    if (plan.kind === 'pass') {
      if (!value.communityId) return null
      const there = namesake(value.communityId)
      // Safe: it was chosen among the ids of communities.
      const chosen = value.communityId as CommunityId
      return { kind: 'pass', to: there?.id ?? made, isNew: !there, communityId: chosen, why }
    }
    const isNew = value.to === newGrid
    return {
      kind: 'split',
      to: isNew ? made : (value.to as GridId),
      isNew,
      communityId,
      name: value.name,
      enterprises: value.enterprises,
      why,
    }
  }

  const others = communities.flatMap((community) =>
    community.grids
      .filter(({ id, retiredOn }) => id !== grid.id && retiredOn === null)
      .map(({ id, name }) => ({
        value: id as string,
        label: `${community.name} · ${name}`,
        near: community.id === communityId,
      })),
  )
  const near = others.toSorted((a, b) => Number(b.near) - Number(a.near))
  const done = progress ? progress.hazards + progress.enterprises : 0
  return (
    <FormDialog
      title={`${title}：${grid.name}`}
      submit={error ? '继续' : submit}
      pending={isPending}
      error={refusedElse(error, ['/to', '/communityId', '/name', '/why'])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <p className="wide">
        现有单位 {grid.enterprises} 家、未办结隐患 {grid.openHazards} 条。{about}
      </p>
      {plan.kind === 'merge' && (
        <form.Field name="to" validators={{ onSubmit: v.string('请选择合并到哪个网格') }}>
          {(field) => (
            <Field label="合并到" required wide error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/to')}>
              {(control) => (
                <Select<string | null>
                  {...control}
                  showSearch={{ optionFilterProp: 'label' }}
                  placeholder="选择网格"
                  value={field.state.value}
                  options={near}
                  onChange={field.handleChange}
                />
              )}
            </Field>
          )}
        </form.Field>
      )}
      {plan.kind === 'pass' && (
        <form.Field name="communityId" validators={{ onSubmit: v.string('请选择移到哪个社区') }}>
          {(field) => (
            <Field
              label="移到"
              required
              wide
              hint={namesake(field.state.value) ? `那里已有“${grid.name}”，将并入其中。` : undefined}
              error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/communityId')}
            >
              {(control) => (
                <Select<string | null>
                  {...control}
                  showSearch={{ optionFilterProp: 'label' }}
                  placeholder="选择社区"
                  value={field.state.value}
                  options={communities
                    .filter(({ id }) => id !== communityId)
                    .map(({ id, name }) => ({ value: id, label: name }))}
                  onChange={field.handleChange}
                />
              )}
            </Field>
          )}
        </form.Field>
      )}
      {plan.kind === 'split' && (
        <>
          <form.Field name="to">
            {(field) => (
              <Field label="划到" required error={refusedAt(error, '/to')}>
                {(control) => (
                  <Select<string | null>
                    {...control}
                    showSearch={{ optionFilterProp: 'label' }}
                    value={field.state.value}
                    options={[{ value: newGrid, label: '新设网格' }, ...near]}
                    onChange={field.handleChange}
                  />
                )}
              </Field>
            )}
          </form.Field>
          <form.Subscribe selector={({ values }) => values.to}>
            {(to) =>
              to === newGrid && (
                <form.Field name="name" validators={{ onSubmit: Renaming.entries.name }}>
                  {(field) => <TextField of={field} label="新网格名称" required refused={refusedAt(error, '/name')} />}
                </form.Field>
              )
            }
          </form.Subscribe>
          <form.Field name="enterprises" validators={{ onSubmit: v.array(v.string()) }}>
            {(field) => (
              <Field
                label="随之划走的单位"
                wide
                hint={
                  grid.enterprises > (enterprises.data?.items.length ?? grid.enterprises)
                    ? '单位较多，只列出前 200 家；其余可再拆分一次。'
                    : '可输入名称查找，可多选。'
                }
                error={refusedAt(error, '/what')}
              >
                {(control) => (
                  <Select<string[]>
                    {...control}
                    mode="multiple"
                    showSearch={{ optionFilterProp: 'label' }}
                    loading={enterprises.isPending}
                    placeholder="选择单位"
                    value={field.state.value}
                    options={(enterprises.data?.items ?? []).map(({ id, name }) => ({
                      value: id as string,
                      label: name,
                    }))}
                    onChange={field.handleChange}
                  />
                )}
              </Field>
            )}
          </form.Field>
        </>
      )}
      <form.Field name="why" validators={{ onSubmit: Renaming.entries.why }}>
        {(field) => <TextField of={field} label="原因" required wide type="lines" refused={refusedAt(error, '/why')} />}
      </form.Field>
      {progress && (
        <div className="wide" role="status">
          <Bar
            percent={Math.round((100 * done) / Math.max(done + progress.left, 1))}
            aria-label="进度"
            status={error ? 'exception' : 'active'}
          />
          已划转隐患 {progress.hazards} 条、单位 {progress.enterprises} 家，还剩 {progress.left} 项。
          {error && '已划转的不会丢，可以继续。'}
        </div>
      )}
    </FormDialog>
  )
}
