import { type Sector, sectors } from '@app/shared/hazards/words'
import type { UnitId } from '@app/shared/ids'
import { type UnitCard, UnitWords } from '@app/shared/organisation/schema'
import { leaderless } from '@app/shared/organisation/units'
import { useForm } from '@tanstack/react-form'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Select, Switch, Table, Tag } from 'antd'
import { useState } from 'react'
import { Alarm } from '../../../ui/desk/alarm'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { freshId } from '../../../ui/desk/fresh-id'
import { TextField } from '../../../ui/desk/text-field'
import { wordsOf } from '../../../ui/states'
import { type UnitOwner, keepUnit, retireUnit } from '../queries'

const namesOf = (list: readonly Sector[]) => list.map((sector) => sectors[sector]).join('、')
const sectorOptions = (Object.keys(sectors) as Sector[]).map((value) => ({ value, label: sectors[value] }))

interface TableProps {
  readonly owner: UnitOwner
  readonly units: readonly UnitCard[]
  readonly manages: boolean
}

/** 成员单位 with what each leads and joins, and the sectors that nobody leads. */
export function UnitsTable({ owner, units, manages }: TableProps) {
  const { message, modal } = App.useApp()
  const [editing, setEditing] = useState<UnitCard | 'new' | null>(null)
  const [past, setPast] = useState(false)
  const retire = useMutation({ ...retireUnit(owner), onError: (error) => void message.error(wordsOf(error)) })
  const without = leaderless(units)
  const standing = units.filter(({ retiredOn }) => retiredOn === null)
  const shown = past ? units : standing
  return (
    <>
      <p className="desk-sum" role="status">
        {without.length > 0 ? (
          <Alarm>
            {without.length} 个行业领域无牵头单位：{namesOf(without)}
          </Alarm>
        ) : (
          '每个行业领域都有牵头单位。'
        )}
      </p>
      <div className="desk-tools">
        {/* oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the switch is a button within it */}
        <label className="desk-switch">
          <Switch checked={past} onChange={setPast} /> 显示已撤销的单位
        </label>
        {manages && (
          <span className="desk-tools-end">
            <Button type="primary" onClick={() => setEditing('new')}>
              增加成员单位
            </Button>
          </span>
        )}
      </div>
      <Table<UnitCard>
        size="middle"
        rowKey="id"
        dataSource={shown}
        pagination={false}
        scroll={{ x: 860 }}
        locale={{ emptyText: '还没有登记成员单位。' }}
        columns={[
          {
            title: '单位',
            dataIndex: 'name',
            width: 220,
            render: (name: string, { retiredOn }) => (
              <>
                {name} {retiredOn !== null && <Tag>{retiredOn} 撤销</Tag>}
              </>
            ),
          },
          { title: '牵头', dataIndex: 'leads', render: (leads: Sector[]) => namesOf(leads) || '—' },
          { title: '配合', dataIndex: 'joins', render: (joins: Sector[]) => namesOf(joins) || '—' },
          { title: '依据', dataIndex: 'basis', width: 180, render: (basis: string | null) => basis ?? '—' },
          ...(manages
            ? [
                {
                  title: '操作',
                  key: 'actions',
                  width: 150,
                  render: (_: unknown, unit: UnitCard) =>
                    unit.retiredOn === null && (
                      <span className="desk-actions">
                        <Button type="link" aria-label={`修改：${unit.name}`} onClick={() => setEditing(unit)}>
                          修改
                        </Button>
                        <Button
                          type="link"
                          danger
                          aria-label={`撤销：${unit.name}`}
                          onClick={() =>
                            void modal.confirm({
                              title: `撤销“${unit.name}”？`,
                              content:
                                unit.leads.length > 0
                                  ? `从今天起不再是成员单位，${namesOf(unit.leads)}将没有牵头单位。以往记录保留。`
                                  : '从今天起不再是成员单位。以往记录保留。',
                              okText: '撤销',
                              okButtonProps: { danger: true },
                              autoFocusButton: 'cancel',
                              onOk: () => retire.mutateAsync(unit.id).catch(() => undefined),
                            })
                          }
                        >
                          撤销
                        </Button>
                      </span>
                    ),
                },
              ]
            : []),
        ]}
      />
      <p className="desk-pager">共 {shown.length} 个单位</p>
      {editing && (
        <UnitDialog
          key={editing === 'new' ? 'new' : editing.id}
          owner={owner}
          unit={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  )
}

interface DialogProps {
  readonly owner: UnitOwner
  readonly unit: UnitCard | null
  readonly onClose: () => void
}

function UnitDialog({ owner, unit, onClose }: DialogProps) {
  const [unitId] = useState(() => unit?.id ?? freshId<UnitId>('unt'))
  const { mutate, isPending, error } = useMutation(keepUnit(owner))
  const form = useForm({
    defaultValues: {
      name: unit?.name ?? '',
      leads: [...(unit?.leads ?? [])] as Sector[],
      joins: [...(unit?.joins ?? [])] as Sector[],
      basis: unit?.basis ?? '',
    },
    onSubmit: ({ value: { basis, ...words } }) =>
      mutate(
        { unitId, isNew: unit === null, json: { ...words, basis: basis.trim() === '' ? null : basis } },
        { onSuccess: onClose },
      ),
  })
  return (
    <FormDialog
      title={unit ? '修改成员单位' : '增加成员单位'}
      submit="保存"
      pending={isPending}
      error={refusedElse(error, ['/name', '/leads', '/joins', '/basis'])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <form.Field name="name" validators={{ onSubmit: UnitWords.entries.name }}>
        {(field) => <TextField of={field} label="单位名称" required wide refused={refusedAt(error, '/name')} />}
      </form.Field>
      {(
        [
          ['leads', '牵头的行业领域', '一个行业领域只有一个牵头单位。'],
          ['joins', '配合的行业领域', undefined],
        ] as const
      ).map(([name, label, hint]) => (
        <form.Field key={name} name={name}>
          {(field) => (
            <Field
              label={label}
              wide
              hint={hint}
              error={messageOf(field.state.meta.errors) ?? refusedAt(error, `/${name}`)}
            >
              {(control) => (
                <Select<Sector[]>
                  {...control}
                  mode="multiple"
                  showSearch={{ optionFilterProp: 'label' }}
                  placeholder="可多选"
                  value={field.state.value}
                  options={sectorOptions}
                  onChange={field.handleChange}
                />
              )}
            </Field>
          )}
        </form.Field>
      ))}
      <form.Field name="basis">
        {(field) => (
          <TextField
            of={field}
            label="依据（选填）"
            wide
            hint={`写明分工文件，例如${owner.kind === 'street' ? '街道' : '区安委会'}的任务分工表。`}
            refused={refusedAt(error, '/basis')}
          />
        )}
      </form.Field>
    </FormDialog>
  )
}
