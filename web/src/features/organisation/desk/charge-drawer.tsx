import type { ChargeId } from '@app/shared/ids'
import type { ChargeCard } from '@app/shared/organisation/schema'
import { chargeKinds, chargeRoles } from '@app/shared/organisation/words'
import type { PersonCard } from '@app/shared/people/schema'
import { Day } from '@app/shared/time'
import { useForm } from '@tanstack/react-form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, App, Button, Drawer, Table } from 'antd'
import { useState } from 'react'
import * as v from 'valibot'
import { Answer } from '../../../ui/desk/answer'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { freshId } from '../../../ui/desk/fresh-id'
import { choosableOf, PersonSelect } from '../../../ui/desk/person-select'
import { TextField } from '../../../ui/desk/text-field'
import { wordsOf } from '../../../ui/states'
import { endCharge, type NewChargeInput, organisationQueries, takeCharge } from '../queries'
import type { Charged } from './charges-matrix'

interface DrawerProps {
  readonly streetId: string
  /** Null while none is open. */
  readonly place: Charged | null
  readonly current: ChargeCard | null
  readonly people: readonly PersonCard[] | undefined
  readonly today: Day
  readonly manages: boolean
  readonly onClose: () => void
}

/** Who answers for one place: whoever shall from now on, and all who ever did. */
export function ChargeDrawer({ streetId, place, current, people, today, manages, onClose }: DrawerProps) {
  return (
    <Drawer
      open={place !== null}
      onClose={onClose}
      size="min(40rem, 100vw)"
      destroyOnHidden
      closable={{ 'aria-label': '关闭' }}
      title={place ? `${place.name} · ${chargeKinds[place.kind].label}` : ''}
    >
      {place && (
        <div className="organisation-drawer">
          {current ? (
            <p>
              现由 <strong>{current.name ?? '已离岗人员'}</strong> 负责，{current.from} 起
              {current.until === null ? '' : `，至 ${current.until} 止（不含当日）`}。
            </p>
          ) : (
            <Alert type="error" showIcon title={`今天没有${chargeKinds[place.kind].label}，请尽快安排。`} />
          )}
          {manages && people && (
            <TakeForm
              key={place.id}
              streetId={streetId}
              place={place}
              people={people}
              today={today}
              replaces={current}
            />
          )}
          {manages && current && <EndForm key={current.id} streetId={streetId} charge={current} today={today} />}
          <section>
            <h3>历任</h3>
            <History streetId={streetId} placeId={place.id} />
          </section>
        </div>
      )}
    </Drawer>
  )
}

interface TakeProps {
  readonly streetId: string
  readonly place: Charged
  readonly people: readonly PersonCard[]
  readonly today: Day
  readonly replaces: ChargeCard | null
}

function TakeForm({ streetId, place, people, today, replaces }: TakeProps) {
  const { message } = App.useApp()
  const [id, setId] = useState(() => freshId<ChargeId>('chg'))
  const { mutate, isPending, error } = useMutation(takeCharge(streetId))
  const choosable = choosableOf(people, Date.now(), chargeRoles[place.kind])
  const defaultValues: { personId: string | null; from: string } = { personId: null, from: today }
  const form = useForm({
    defaultValues,
    onSubmit: ({ value: { personId, from } }) =>
      mutate(
        // Safe: the server parses them again, and says at its field what is wrong.
        { id, placeId: place.id, kind: place.kind, personId, from } as NewChargeInput,
        {
          onSuccess: () => {
            setId(freshId<ChargeId>('chg'))
            form.reset()
            void message.success(`${place.name}的${chargeKinds[place.kind].label}已安排。`)
          },
        },
      ),
  })
  const other = refusedElse(error, ['/personId', '/from'])
  return (
    <form
      className="desk-form"
      noValidate
      aria-label="安排责任人"
      onSubmit={(event) => {
        event.preventDefault()
        void form.handleSubmit()
      }}
    >
      <form.Field name="personId" validators={{ onSubmit: v.string('请选择责任人') }}>
        {(field) => (
          <Field
            label={replaces ? '改由谁负责' : '由谁负责'}
            required
            hint={place.kind === 'leader' ? '在岗的街道领导。' : '在岗的街道干部。'}
            error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/personId')}
          >
            {(control) => (
              <PersonSelect
                control={control}
                people={choosable}
                value={field.state.value}
                onChange={field.handleChange}
              />
            )}
          </Field>
        )}
      </form.Field>
      <form.Field name="from" validators={{ onSubmit: Day }}>
        {(field) => (
          <TextField
            of={field}
            label="从哪天起"
            required
            type="date"
            hint={replaces ? '前一任到这天为止，不用另行结束。' : undefined}
            refused={refusedAt(error, '/from') ?? refusedAt(error, '/placeId')}
          />
        )}
      </form.Field>
      {Boolean(other) && <Alert type="error" showIcon title={wordsOf(other)} />}
      <div className="desk-form-end">
        <Button type="primary" htmlType="submit" loading={isPending}>
          {replaces ? '更换' : '安排'}
        </Button>
      </div>
    </form>
  )
}

function EndForm({ streetId, charge, today }: { streetId: string; charge: ChargeCard; today: Day }) {
  const { message, modal } = App.useApp()
  const end = useMutation({
    ...endCharge(streetId),
    onSuccess: async (...args) => {
      await endCharge(streetId).onSuccess?.(...args)
      void message.success('已结束。')
    },
    onError: (error) => void message.error(wordsOf(error)),
  })
  return (
    <p>
      <Button
        danger
        loading={end.isPending}
        onClick={() =>
          void modal.confirm({
            title: `结束${charge.name ?? '此人'}的责任？`,
            content: '从今天起这里没有人负责，会在工作台报缺口。如有人接任，请直接更换。',
            okText: '结束',
            okButtonProps: { danger: true },
            autoFocusButton: 'cancel',
            onOk: () => end.mutateAsync({ chargeId: charge.id, on: today }).catch(() => undefined),
          })
        }
      >
        今天结束，暂无人接任
      </Button>
    </p>
  )
}

function History({ streetId, placeId }: { streetId: string; placeId: string }) {
  const asked = useQuery(organisationQueries.chargesOf(streetId, placeId))
  return (
    <Answer of={asked}>
      {({ items }) => (
        <Table<ChargeCard>
          size="small"
          rowKey="id"
          dataSource={items.filter(({ from, until }) => from !== until)}
          pagination={false}
          locale={{ emptyText: '还没有人负责过这里。' }}
          columns={[
            { title: '责任人', dataIndex: 'name', render: (name: string | null) => name ?? '已离岗人员' },
            { title: '从', dataIndex: 'from', width: 120 },
            { title: '到（不含）', dataIndex: 'until', width: 120, render: (until: string | null) => until ?? '至今' },
          ]}
        />
      )}
    </Answer>
  )
}
