import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { hazardQueries } from '../queries'
import type { OpenedProps } from './opened-record'
import './street-record.css'

// A list is read before any of its records is opened.
const OpenedRecord = lazy(async () => ({ default: (await import('./opened-record')).OpenedRecord }))

interface StreetRecordProps extends Omit<OpenedProps, 'open' | 'asked'> {
  /** Null while no record is open. */
  readonly hazardId: string | null
}

/** A record as its own street works on it; what shows it is fetched once the first is opened. */
export function StreetRecord({ hazardId, ...props }: StreetRecordProps) {
  const open = hazardId !== null
  const asked = useQuery({ ...hazardQueries.record(props.street.id, hazardId ?? ''), enabled: open })
  const [wanted, setWanted] = useState(open)
  if (open && !wanted) setWanted(true)
  if (!wanted) return null
  return (
    <Suspense
      fallback={
        <p className="record-coming" role="status">
          正在打开记录…
        </p>
      }
    >
      <OpenedRecord {...props} open={open} asked={asked} />
    </Suspense>
  )
}
