import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { usePlace } from '../../../ui/desk/place'
import { hazardQueries, openedPhotoUrl } from '../queries'
import { DeterminationForm } from './determination-form'
import type { Rows } from './neighbours'
import { RecordDrawer } from './record-drawer'
import { RecordView } from './record-view'

interface DistrictRecordProps {
  readonly districtId: string
  /** Null while no record is open. */
  readonly opened: { readonly streetId: string; readonly hazardId: string } | null
  /** What the street is called; null while that is not known. */
  readonly streetName: string | null
  readonly onClose: () => void
  readonly rows?: Rows
}

/** A street's record as its district opens it, which the street sees, and the finding on a suspected major. */
export function DistrictRecord({ districtId, opened, streetName, onClose, rows }: DistrictRecordProps) {
  const { demo } = usePlace()
  const asked = useQuery({
    ...hazardQueries.opened(districtId, opened?.streetId ?? '', opened?.hazardId ?? ''),
    enabled: opened !== null,
    // Each opening is written down where the street reads it; looking away and back is not another.
    staleTime: 5 * 60_000,
    refetchOnWindowFocus: false,
  })
  return (
    <RecordDrawer open={opened !== null} asked={asked} onClose={onClose} rows={rows}>
      {(record) => (
        <RecordView
          record={record}
          tenant={streetName ?? '街道'}
          demo={demo}
          url={(photoId, size) => openedPhotoUrl(districtId, record, photoId, size)}
          slug={null}
          nameless
        >
          <Alert type="info" showIcon title={`${streetName ?? '街道'}的记录。调阅将留痕，街道可见。`} />
          {record.next.includes('determine') && (
            <DeterminationForm key={record.id} districtId={districtId} record={record} />
          )}
        </RecordView>
      )}
    </RecordDrawer>
  )
}
