import { states } from '@app/shared/hazards/words'
import { chargeKinds, seatWords } from '@app/shared/organisation/words'
import { HandOver, type OpenUnder, type PersonCard } from '@app/shared/people/schema'
import { useForm } from '@tanstack/react-form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, App } from 'antd'
import { useState } from 'react'
import * as v from 'valibot'
import { Answer, Nothing } from '../../../ui/desk/answer'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { choosableOf, PersonSelect } from '../../../ui/desk/person-select'
import { TextField } from '../../../ui/desk/text-field'
import { handOverAll, peopleQueries } from '../queries'
import './people.css'

interface DialogProps {
  readonly streetId: string
  readonly person: PersonCard
  readonly people: readonly PersonCard[]
  /** It was opened because a post could not be ended. */
  readonly because: boolean
  readonly onClose: () => void
}

/** 移交: all that is open under somebody is shown, and goes to another in portions until nothing is left. */
export function HandOverDialog({ streetId, person, people, because, onClose }: DialogProps) {
  const { message } = App.useApp()
  const [gone, setGone] = useState(0)
  const open = useQuery({ ...peopleQueries.open(streetId, person.id), staleTime: 0 })
  const { mutate, isPending, error } = useMutation(handOverAll(streetId, person.id, setGone))
  const form = useForm({
    defaultValues: { to: null as string | null, words: '' },
    onSubmit: ({ value: { to, words } }) =>
      to !== null &&
      mutate(
        { to, words },
        {
          onSuccess: (count) => {
            void message.success(`${person.name}名下 ${count} 项已全部移交。`)
            onClose()
          },
        },
      ),
  })
  const choosable = choosableOf(people, Date.now()).filter(({ id }) => id !== person.id)
  const nothing = open.data !== undefined && countOf(open.data) === 0
  return (
    <FormDialog
      title={`移交：${person.name}`}
      submit={nothing ? '关闭' : error ? '继续移交' : '全部移交'}
      pending={isPending}
      error={refusedElse(error, ['/to', '/words'])}
      width="46rem"
      onSubmit={() => (nothing ? onClose() : void form.handleSubmit())}
      onClose={onClose}
    >
      {because && !nothing && (
        <Alert type="warning" showIcon title="此人名下还有未了事项，须先移交给他人，才能停用最后一个岗位。" />
      )}
      <div className="wide">
        <Answer of={open}>
          {(under) => (nothing ? <Nothing>名下没有未了事项。</Nothing> : <OpenList open={under} />)}
        </Answer>
      </div>
      {!nothing && (
        <>
          <form.Field name="to" validators={{ onSubmit: v.string('请选择接手的人') }}>
            {(field) => (
              <Field label="移交给" required wide error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/to')}>
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
          <form.Field name="words" validators={{ onSubmit: HandOver.entries.words }}>
            {(field) => (
              <TextField
                of={field}
                label="移交说明"
                required
                wide
                type="lines"
                hint="记入每条隐患的办理过程，例如：工作调动。"
                refused={refusedAt(error, '/words')}
              />
            )}
          </form.Field>
        </>
      )}
      {gone > 0 && (
        <p className="wide" role="status">
          已移交 {gone} 项{error ? '，其余可以继续' : '…'}
        </p>
      )}
    </FormDialog>
  )
}

const countOf = ({ hazards, charges, seats }: OpenUnder) => hazards.length + charges.length + seats.length

function OpenList({ open: { hazards, more, charges, seats } }: { open: OpenUnder }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by a keyboard
    <div className="people-open" tabIndex={0} role="region" aria-label="未了事项">
      {hazards.length > 0 && (
        <>
          <h3>
            未办结隐患 {hazards.length} 条{more && '以上'}
          </h3>
          <ul>
            {hazards.map(({ id, number, place, dueOn, state }) => (
              <li key={id}>
                {number} {place}（{states[state]}
                {dueOn && `，期限 ${dueOn}`}）
              </li>
            ))}
          </ul>
          {more && <p className="desk-quiet">其余会分批移交，直到全部移完。</p>}
        </>
      )}
      {charges.length > 0 && (
        <>
          <h3>双包责任 {charges.length} 项</h3>
          <ul>
            {charges.map(({ id, placeName, kind, from }) => (
              <li key={id}>
                {placeName} {chargeKinds[kind].label}（{from} 起）
              </li>
            ))}
          </ul>
        </>
      )}
      {seats.length > 0 && (
        <>
          <h3>领导小组职务 {seats.length} 项</h3>
          <ul>
            {seats.map(({ id, seat, title }) => (
              <li key={id}>
                {seatWords[seat].label}（{title}）
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
