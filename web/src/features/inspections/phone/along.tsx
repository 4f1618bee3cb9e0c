import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { roles } from '@app/shared/capabilities'
import type { PersonId } from '@app/shared/ids'
import type { Companion } from '@app/shared/inspections/schema'
import { Field, TextField } from '../../../ui/phone/fields'
import { inspectionQueries } from '../queries'
import type { Checking } from './checking'

interface AlongProps {
  readonly streetId: string
  readonly others: readonly PersonId[]
  readonly companions: readonly Companion[]
  readonly error: string | undefined
  readonly onChange: (part: Partial<Checking>) => void
}

/** Who took part besides the one who signs: people of the street, and names of other units. */
export function Along({ streetId, others, companions, error, onChange }: AlongProps) {
  const { data } = useQuery(inspectionQueries.colleagues(streetId))
  const [unit, setUnit] = useState('')
  const [name, setName] = useState('')
  const called = (id: PersonId) => data?.items.find((one) => one.id === id)?.name ?? '街道人员'
  const add = () => {
    onChange({ companions: [...companions, { unit: unit.trim(), name: name.trim() }] })
    setName('')
  }
  return (
    <>
      <Field label="同行人员（本街道）" error={error}>
        {(tie) => (
          <select
            {...tie}
            value=""
            // Safe: the options are people's ids.
            onChange={({ target: { value } }) => value && onChange({ others: [...others, value as PersonId] })}
          >
            <option value="">{data ? '选择同行人员' : '联网后可选择'}</option>
            {data?.items
              .filter(({ id }) => !others.includes(id))
              .map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}（{roles[one.role].label}）
                </option>
              ))}
          </select>
        )}
      </Field>
      <ul className="m-along">
        {others.map((id) => (
          <li key={id}>
            {called(id)}
            <button
              type="button"
              className="m-link"
              aria-label={`去掉${called(id)}`}
              onClick={() => onChange({ others: others.filter((one) => one !== id) })}
            >
              去掉
            </button>
          </li>
        ))}
        {companions.map((one, at) => (
          <li key={`${one.unit} ${one.name}`}>
            {one.unit} {one.name}
            <button
              type="button"
              className="m-link"
              aria-label={`去掉${one.unit}${one.name}`}
              onClick={() => onChange({ companions: companions.toSpliced(at, 1) })}
            >
              去掉
            </button>
          </li>
        ))}
      </ul>
      <TextField label="参加单位（外单位）" value={unit} max={40} onChange={setUnit} />
      <TextField label="外单位人员姓名" value={name} max={30} onChange={setName} />
      <button type="button" className="button plain" disabled={!unit.trim() || !name.trim()} onClick={add}>
        添加外单位人员
      </button>
    </>
  )
}
