import type { HazardRecord } from '@app/shared/hazards/schema'
import type { PersonCard } from '@app/shared/people/schema'
import type { UseQueryResult } from '@tanstack/react-query'
import { usePlace } from '../../../ui/desk/place'
import { photoUrl } from '../queries'
import { DeedPanel } from './deed-panel'
import type { Rows } from './neighbours'
import { RecordDrawer } from './record-drawer'
import { RecordView } from './record-view'

export interface OpenedProps {
  readonly street: { readonly id: string; readonly slug: string }
  readonly open: boolean
  /** What is known so far of the record that is open. */
  readonly asked: UseQueryResult<HazardRecord>
  /** Who may be named as responsible; undefined until it is known. */
  readonly people?: readonly PersonCard[] | undefined
  readonly onClose: () => void
  readonly rows?: Rows
}

/** A record as its own street works on it. */
export function OpenedRecord({ street, open, asked, people, onClose, rows }: OpenedProps) {
  const place = usePlace()
  return (
    <RecordDrawer open={open} asked={asked} onClose={onClose} rows={rows}>
      {(record) => (
        <RecordView
          record={record}
          tenant={place.name}
          demo={place.demo}
          url={(photoId, size) => photoUrl(street.id, photoId, size)}
          slug={street.slug}
        >
          {/* Another record starts with its own empty forms. */}
          <DeedPanel key={record.id} record={record} people={people} />
        </RecordView>
      )}
    </RecordDrawer>
  )
}
