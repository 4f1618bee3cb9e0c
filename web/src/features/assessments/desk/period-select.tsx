import { monthWords } from '@app/shared/notices/rules'
import type { Snapshot } from '@app/shared/schemes/snapshot'
import { Select } from 'antd'
import { useId } from 'react'

interface PeriodProps {
  readonly periods: readonly Snapshot[]
  readonly value: string
  readonly onChange: (period: string) => void
}

/** The scored months, newest first. */
export function PeriodSelect({ periods, value, onChange }: PeriodProps) {
  const id = useId()
  return (
    <>
      <label htmlFor={id}>评分月份</label>
      <Select
        id={id}
        value={value}
        style={{ width: 160 }}
        options={periods.map(({ period }) => ({ value: period as string, label: monthWords(period) }))}
        onChange={onChange}
      />
    </>
  )
}
