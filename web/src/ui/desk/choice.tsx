import { Select } from 'antd'

interface ChoiceProps {
  readonly id: string
  readonly value: string | undefined
  readonly options: { value: string; label: string }[]
  readonly disabled?: boolean
  readonly placeholder?: string
  readonly onChange: (value: string | undefined) => void
}

/** One of a list, or all of them. */
export function Choice({ value, placeholder = '全部', onChange, ...rest }: ChoiceProps) {
  return (
    <Select<string | null>
      {...rest}
      value={value ?? null}
      placeholder={placeholder}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      onChange={(chosen) => onChange(chosen ?? undefined)}
    />
  )
}

/** The words of a closed vocabulary, to choose from. */
export const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))
