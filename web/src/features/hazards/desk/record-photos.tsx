import type { HazardRecord } from '@app/shared/hazards/schema'
import { isOpen, type Stage, stages } from '@app/shared/hazards/words'
import { PhotoFigure, type PhotoUrl } from './photo-figure'

interface PhotosProps {
  readonly record: HazardRecord
  readonly tenant: string
  readonly demo: boolean
  readonly url: PhotoUrl
}

/** Before and after side by side, a pair for each round, the latest round first. */
export function RecordPhotos({ record, tenant, demo, url }: PhotosProps) {
  const rounds = Array.from({ length: record.round }, (_, at) => record.round - at)
  return rounds.map((round) => {
    const taken = (stage: Stage) => record.photos.filter((photo) => photo.round === round && photo.stage === stage)
    // What is asked of every round is shown even where it is missing.
    const shown = (['before', 'after', 'recheck', 'objection'] as const).filter(
      (stage) => stage === 'before' || stage === 'after' || taken(stage).length > 0,
    )
    return (
      <div key={round} className="record-photos" role="group" aria-label={`第${round}轮照片`}>
        {shown.map((stage) => (
          <div key={stage}>
            <h4>
              {stages[stage]}
              {record.round > 1 && <span className="desk-quiet">（第{round}轮）</span>}
            </h4>
            {taken(stage).map((photo) => (
              <PhotoFigure key={photo.id} photo={photo} record={record} tenant={tenant} url={url} />
            ))}
            {taken(stage).length === 0 && <p className="photo-none">{noneWords(record, round, stage, demo)}</p>}
          </div>
        ))}
      </div>
    )
  })
}

/** Why there is no photo: not taken yet, not kept by the demonstration, or none at all. */
function noneWords(record: HazardRecord, round: number, stage: Stage, demo: boolean): string {
  if (wasTaken(record, round, stage)) return demo ? '照片已归档（演示）' : '没有照片'
  return stage === 'after' && round === record.round && isOpen(record.state) ? '尚未整改' : '没有照片'
}

/** Whether the round has come so far that such a photo was once taken. */
function wasTaken(record: HazardRecord, round: number, stage: Stage): boolean {
  // A reopening and a re-check may do without.
  const needed = { before: 'file', after: 'rectify', recheck: null, objection: null }[stage]
  return record.deeds.some((deed) => deed.round === round && deed.deed === needed)
}
