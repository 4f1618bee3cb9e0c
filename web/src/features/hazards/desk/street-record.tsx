import type { PersonCard } from '@app/shared/people/schema'
import { useQuery } from '@tanstack/react-query'
import { usePlace } from '../../../ui/desk/place'
import { hazardQueries, photoUrl } from '../queries'
import { DeedPanel } from './deed-panel'
import type { Rows } from './neighbours'
import { RecordDrawer } from './record-drawer'
import { RecordView } from './record-view'

interface StreetRecordProps {
  readonly street: { readonly id: string; readonly slug: string }
  /** Null while no record is open. */
  readonly hazardId: string | null
  /** Who may be named as responsible; undefined until it is known. */
  readonly people?: readonly PersonCard[] | undefined
  readonly onClose: () => void
  readonly rows?: Rows
}

/** A record as its own street works on it. */
export function StreetRecord({ street, hazardId, people, onClose, rows }: StreetRecordProps) {
  const place = usePlace()
  const asked = useQuery({ ...hazardQueries.record(street.id, hazardId ?? ''), enabled: hazardId !== null })
  return (
    <RecordDrawer open={hazardId !== null} asked={asked} onClose={onClose} rows={rows}>
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
