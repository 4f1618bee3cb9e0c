import { roles, type Role } from '@app/shared/capabilities'
import type { PersonCard } from '@app/shared/people/schema'
import { Select } from 'antd'
import type { Control } from './field'

/** Somebody who can be chosen; `initials` are of the name's pinyin. */
export interface Choosable {
  readonly id: string
  readonly name: string
  readonly initials: string
  /** What they are, to tell namesakes apart. */
  readonly what: string
}

interface SelectProps {
  readonly control: Control
  readonly people: readonly Choosable[]
  readonly value: string | null
  readonly onChange: (id: string | null) => void
  readonly placeholder?: string
  readonly clearable?: boolean
}

/** Chooses a person by name or by the initials of its pinyin. */
export function PersonSelect({
  control,
  people,
  value,
  onChange,
  placeholder = '输入姓名或拼音首字母',
  clearable = false,
}: SelectProps) {
  return (
    <Select<string | null>
      {...control}
      allowClear={clearable}
      showSearch={{
        filterOption: (typed, option) => {
          const person = people.find(({ id }) => id === option?.value)
          return person !== undefined && isNamed(person, typed)
        },
      }}
      placeholder={placeholder}
      value={value}
      options={people.map(({ id, name, what }) => ({ value: id, label: what ? `${name}（${what}）` : name }))}
      onChange={(id) => onChange(id ?? null)}
      notFoundContent="没有符合的人员"
    />
  )
}

/** Those who hold a post now (one of these, where any are named), as they can be chosen. */
export function choosableOf(people: readonly PersonCard[], now: number, allowed?: readonly Role[]): Choosable[] {
  return people.flatMap(({ id, name, initials, posts }) => {
    const first = posts.find(
      ({ role, until }) => (until === null || until > now) && (!allowed || allowed.includes(role)),
    )
    return first ? [{ id, name, initials, what: first.title ?? roles[first.role].label }] : []
  })
}

/** Whether somebody is meant by what was typed: a part of the name, or the initials of its pinyin. */
export function isNamed({ name, initials }: { name: string; initials: string }, typed: string): boolean {
  const words = typed.trim()
  return words === '' || name.includes(words) || initials.startsWith(words.toLowerCase())
}
