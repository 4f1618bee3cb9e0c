import type { CommunityId, GridId } from '@app/shared/ids'
import { gridCode, type PlaceTree, Renaming } from '@app/shared/places/schema'
import { useForm } from '@tanstack/react-form'
import { useMutation } from '@tanstack/react-query'
import { App, Select } from 'antd'
import { useState } from 'react'
import * as v from 'valibot'
import { Field, refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { freshId } from '../../../ui/desk/fresh-id'
import { TextField } from '../../../ui/desk/text-field'
import { addCommunity, addGrid, type PlaceRef, renamePlace, retirePlace } from './tree-queries'

type Communities = PlaceTree['communities']

const none: Communities = []

interface AddProps {
  readonly streetId: string
  /** The community that a grid is added to; null adds a community. */
  readonly within: CommunityId | null
  readonly communities?: Communities
  readonly onClose: () => void
}

/** 新增社区, or 新增网格 in one of them. */
export function AddDialog({ streetId, within, communities = none, onClose }: AddProps) {
  const { message } = App.useApp()
  const [communityId] = useState(() => freshId<CommunityId>('com'))
  const [gridId] = useState(() => freshId<GridId>('grd'))
  const community = useMutation(addCommunity(streetId))
  const grid = useMutation(addGrid(streetId))
  const { error } = within ? grid : community
  const form = useForm({
    defaultValues: { communityId: within, name: '', code: '' },
    onSubmit: ({ value: { communityId: chosen, name, code } }) => {
      const done = {
        onSuccess: () => {
          void message.success(`“${name.trim()}”已新增。`)
          onClose()
        },
      }
      if (chosen) grid.mutate({ id: gridId, communityId: chosen, name, code: code.trim() || null }, done)
      else community.mutate({ id: communityId, name, statCode: code.trim() || null }, done)
    },
  })
  return (
    <FormDialog
      title={within ? '新增网格' : '新增社区'}
      submit="新增"
      pending={community.isPending || grid.isPending}
      error={refusedElse(error, ['/name', '/code', '/statCode', '/communityId'])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      {within && (
        <form.Field name="communityId">
          {(field) => (
            <Field label="所属社区" required wide error={refusedAt(error, '/communityId')}>
              {(control) => (
                <Select<CommunityId | null>
                  {...control}
                  value={field.state.value}
                  options={communities.map(({ id, name }) => ({ value: id, label: name }))}
                  onChange={field.handleChange}
                />
              )}
            </Field>
          )}
        </form.Field>
      )}
      <form.Field name="name" validators={{ onSubmit: Renaming.entries.name }}>
        {(field) => <TextField of={field} label="名称" required refused={refusedAt(error, '/name')} />}
      </form.Field>
      <form.Field
        name="code"
        validators={{
          onSubmit: within ? v.union([v.literal(''), gridCode], '网格编码只能用数字、字母和 -') : v.string(),
        }}
      >
        {(field) => (
          <TextField
            of={field}
            label={within ? '网格编码（选填）' : '统计用区划代码（选填）'}
            hint={within ? '以上级下发的网格编码为准。' : '9 至 15 位数字。'}
            refused={refusedAt(error, within ? '/code' : '/statCode')}
          />
        )}
      </form.Field>
    </FormDialog>
  )
}

interface PlaceProps {
  readonly streetId: string
  readonly place: PlaceRef
  readonly onClose: () => void
}

/** 更名, with its reason; what it was called stays in its history. */
export function RenameDialog({ streetId, place, onClose }: PlaceProps) {
  const { message } = App.useApp()
  const { mutate, isPending, error } = useMutation(renamePlace(streetId, place))
  const form = useForm({
    defaultValues: { name: place.name, why: '' },
    validators: { onSubmit: Renaming },
    onSubmit: ({ value }) =>
      mutate(value, {
        onSuccess: () => {
          void message.success('已更名，原名留在沿革中。')
          onClose()
        },
      }),
  })
  return (
    <FormDialog
      title={`更名：${place.name}`}
      submit="更名"
      pending={isPending}
      error={refusedElse(error, ['/name', '/why'])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <form.Field name="name">
        {(field) => <TextField of={field} label="新名称" required wide refused={refusedAt(error, '/name')} />}
      </form.Field>
      <form.Field name="why">
        {(field) => <TextField of={field} label="原因" required wide type="lines" refused={refusedAt(error, '/why')} />}
      </form.Field>
    </FormDialog>
  )
}

/** 撤销: refused while anything lies in it. */
export function RetireDialog({ streetId, place, communities, onClose }: PlaceProps & { communities: Communities }) {
  const { message } = App.useApp()
  const { mutate, isPending, error } = useMutation(retirePlace(streetId, place))
  const own = communities.flatMap((community) => community.grids.map((grid) => ({ community, grid })))
  const others =
    place.kind === 'community'
      ? communities.filter(({ id }) => id !== place.id).map(({ id, name }) => ({ value: id as string, label: name }))
      : own
          .filter(({ grid }) => grid.id !== place.id && grid.retiredOn === null)
          .map(({ community, grid }) => ({ value: grid.id as string, label: `${community.name} · ${grid.name}` }))
  const form = useForm({
    defaultValues: { to: null as string | null, why: '' },
    onSubmit: ({ value: { to, why } }) =>
      // Safe: it was chosen among the ids of places of the same kind.
      mutate(
        { to: to as GridId | null, why },
        {
          onSuccess: () => {
            void message.success(`“${place.name}”已撤销。`)
            onClose()
          },
        },
      ),
  })
  const what = place.kind === 'community' ? '社区' : '网格'
  return (
    <FormDialog
      title={`撤销${what}：${place.name}`}
      submit="撤销"
      danger
      pending={isPending}
      error={refusedElse(error, ['/to', '/why'])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <p className="wide">
        撤销后不能再在这里上报或安排人员，也不能恢复；已办结的隐患和沿革留在原名下。里面还有
        {place.kind === 'community' ? '网格' : '单位或未办结隐患'}时不能撤销，请先
        {place.kind === 'community' ? '把各网格合并或移到另一社区' : '“合并到…”另一网格'}。
      </p>
      <form.Field name="to">
        {(field) => (
          <Field
            label={`原来负责这里的人改为负责（选填）`}
            wide
            hint="有人只负责这里时必须选择。"
            error={refusedAt(error, '/to')}
          >
            {(control) => (
              <Select<string | null>
                {...control}
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                placeholder={`选择另一${what}`}
                value={field.state.value}
                options={others}
                onChange={(to) => field.handleChange(to ?? null)}
              />
            )}
          </Field>
        )}
      </form.Field>
      <form.Field name="why" validators={{ onSubmit: Renaming.entries.why }}>
        {(field) => <TextField of={field} label="原因" required wide type="lines" refused={refusedAt(error, '/why')} />}
      </form.Field>
    </FormDialog>
  )
}
