import type { SeatId } from '@app/shared/ids'
import { NewSeat, type SeatCard } from '@app/shared/organisation/schema'
import { type Seat, seatWords } from '@app/shared/organisation/words'
import type { PersonCard } from '@app/shared/people/schema'
import { Day } from '@app/shared/time'
import { useForm } from '@tanstack/react-form'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Select } from 'antd'
import { useState } from 'react'
import type { InferInput } from 'valibot'
import { Alarm } from '../../../ui/desk/alarm'
import { Field, refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { freshId } from '../../../ui/desk/fresh-id'
import { choosableOf, PersonSelect } from '../../../ui/desk/person-select'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import { TextField } from '../../../ui/desk/text-field'
import { wordsOf } from '../../../ui/states'
import { endSeat, takeSeat } from '../queries'
import './organisation.css'

const order = Object.keys(seatWords) as Seat[]

interface ListProps {
  readonly streetId: string
  readonly seats: readonly SeatCard[]
  readonly people: readonly PersonCard[] | undefined
  readonly on: Day
  readonly today: Day
  readonly onDay: (day: Day) => void
  readonly manages: boolean
}

/** 领导小组 on a day, by seat in the order of clause 4.1-a. */
export function SeatsList({ streetId, seats, people, on, today, onDay, manages }: ListProps) {
  const { message, modal } = App.useApp()
  const [adding, setAdding] = useState<Seat | null>(null)
  const end = useMutation({ ...endSeat(streetId), onError: (error) => void message.error(wordsOf(error)) })
  return (
    <>
      <div className="desk-tools">
        <label className="organisation-day">
          看某一天
          <input
            type="date"
            value={on}
            onChange={({ target: { value } }) => {
              // Safe: a date input holds a day or nothing.
              if (value) onDay(value as Day)
            }}
          />
        </label>
        {on !== today && <Button onClick={() => onDay(today)}>回到今天</Button>}
        {manages && (
          <span className="desk-tools-end">
            <Button type="primary" onClick={() => setAdding('member')}>
              增加成员
            </Button>
          </span>
        )}
      </div>
      <ScrollBox label="领导小组" least={620}>
        <table className="charges">
          <thead>
            <tr>
              <th scope="col">小组职务</th>
              <th scope="col">姓名</th>
              <th scope="col">单位职务</th>
              <th scope="col">任职</th>
              {manages && <th scope="col">操作</th>}
            </tr>
          </thead>
          {order.map((seat) => {
            const own = seats.filter((one) => one.seat === seat)
            const { label, usual } = seatWords[seat]
            return (
              <tbody key={seat}>
                {own.length === 0 && (
                  <tr>
                    <th scope="row">{label}</th>
                    <td colSpan={3}>
                      <Alarm>空缺</Alarm> <span className="desk-quiet">一般由{usual}担任</span>
                    </td>
                    {manages && (
                      <td>
                        <Button type="link" aria-label={`安排${label}`} onClick={() => setAdding(seat)}>
                          安排
                        </Button>
                      </td>
                    )}
                  </tr>
                )}
                {own.map((one, at) => (
                  <tr key={one.id}>
                    {at === 0 && (
                      <th scope="rowgroup" rowSpan={own.length}>
                        {label}
                      </th>
                    )}
                    <td>{one.name}</td>
                    <td>{one.title}</td>
                    <td>
                      {one.from} 起{one.until === null ? '' : `，至 ${one.until}（不含）`}
                    </td>
                    {manages && (
                      <td>
                        {one.until === null && (
                          <Button
                            type="link"
                            danger
                            aria-label={`结束：${one.name}`}
                            onClick={() =>
                              void modal.confirm({
                                title: `结束${one.name}的${label}职务？`,
                                content: '从今天起不再任此职务，以往任职保留。',
                                okText: '结束',
                                okButtonProps: { danger: true },
                                autoFocusButton: 'cancel',
                                onOk: () => end.mutateAsync({ seatId: one.id, on: today }).catch(() => undefined),
                              })
                            }
                          >
                            结束
                          </Button>
                        )}
                      </td>
                    )}
                  </tr>
                ))}
              </tbody>
            )
          })}
        </table>
      </ScrollBox>
      {adding && (
        <SeatDialog
          streetId={streetId}
          seat={adding}
          people={people ?? []}
          today={today}
          onClose={() => setAdding(null)}
        />
      )}
    </>
  )
}

interface DialogProps {
  readonly streetId: string
  readonly seat: Seat
  readonly people: readonly PersonCard[]
  readonly today: Day
  readonly onClose: () => void
}

function SeatDialog({ streetId, seat, people, today, onClose }: DialogProps) {
  const [id] = useState(() => freshId<SeatId>('sea'))
  const { mutate, isPending, error } = useMutation(takeSeat(streetId))
  const defaultValues: InferInput<typeof NewSeat> = { id, seat, personId: null, name: '', title: '', from: today }
  const form = useForm({
    defaultValues,
    onSubmit: ({ value }) => mutate(value, { onSuccess: onClose }),
  })
  const choosable = choosableOf(people, Date.now())
  return (
    <FormDialog
      title="安排领导小组成员"
      submit="保存"
      pending={isPending}
      error={refusedElse(error, ['/seat', '/personId', '/name', '/title', '/from'])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <form.Field name="seat">
        {(field) => (
          <Field
            label="小组职务"
            required
            hint={
              field.state.value === 'head' || field.state.value === 'executive-deputy'
                ? '同一时间只有一人，现任到下方日期为止。'
                : undefined
            }
            error={refusedAt(error, '/seat')}
          >
            {(control) => (
              <Select<Seat>
                {...control}
                value={field.state.value}
                options={order.map((value) => ({ value, label: seatWords[value].label }))}
                onChange={field.handleChange}
              />
            )}
          </Field>
        )}
      </form.Field>
      <form.Field name="from" validators={{ onSubmit: Day }}>
        {(field) => <TextField of={field} label="从哪天起" required type="date" refused={refusedAt(error, '/from')} />}
      </form.Field>
      <form.Field name="personId">
        {(field) => (
          <Field
            label="有账号的人员（选填）"
            hint="选了会带出姓名和职务；没有账号的人直接填姓名。"
            error={refusedAt(error, '/personId')}
          >
            {(control) => (
              <PersonSelect
                control={control}
                people={choosable}
                clearable
                value={field.state.value ?? null}
                onChange={(personId) => {
                  field.handleChange(personId)
                  const person = choosable.find((one) => one.id === personId)
                  if (!person) return
                  form.setFieldValue('name', person.name)
                  form.setFieldValue('title', person.what)
                }}
              />
            )}
          </Field>
        )}
      </form.Field>
      <form.Field name="name" validators={{ onSubmit: NewSeat.entries.name }}>
        {(field) => <TextField of={field} label="姓名" required refused={refusedAt(error, '/name')} />}
      </form.Field>
      <form.Subscribe selector={({ values }) => values.seat}>
        {(chosen) => (
          <form.Field name="title" validators={{ onSubmit: NewSeat.entries.title }}>
            {(field) => (
              <TextField
                of={field}
                label="单位职务"
                required
                placeholder={`例如：${seatWords[chosen].usual}`}
                refused={refusedAt(error, '/title')}
              />
            )}
          </form.Field>
        )}
      </form.Subscribe>
    </FormDialog>
  )
}
