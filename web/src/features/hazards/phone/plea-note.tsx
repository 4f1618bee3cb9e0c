import type { HazardRecord } from '@app/shared/hazards/schema'

/** What its unit asks of the street, and by when that is to be answered; and the day it was due at first. */
export function PleaNote({ record: { plea, firstDueOn } }: { record: Pick<HazardRecord, 'plea' | 'firstDueOn'> }) {
  return (
    <>
      {plea && (
        <p className="m-note" role="note">
          {plea.kind === 'extension' ? `单位申请延期至 ${plea.until}` : '单位对此提出异议'}，街道应于 {plea.answerDueOn}{' '}
          前答复（工作日按街道的节假日安排推算）。
        </p>
      )}
      {firstDueOn && <p className="m-hint">原整改期限 {firstDueOn}，经批准延期。</p>}
    </>
  )
}
