import type { Answer } from '@app/shared/checklists/schema'
import { nineSmall } from '@app/shared/checklists/shipped/nine-small'
import type { EnterpriseId, InspectionId, PhotoId, SelfcheckId } from '@app/shared/ids'
import type { NewInspection } from '@app/shared/inspections/schema'
import type { NewSelfcheck } from '@app/shared/selfchecks/schema'
import { statement } from '@app/shared/selfchecks/words'
import { anId } from './street'

/** An item as somebody touches it; without words it is worded as the checklist does. */
export const answer = (item: string, photos: readonly PhotoId[], change: Partial<Answer> = {}): Answer => ({
  item,
  result: 'fail',
  words: null,
  suspected: null,
  dueOn: null,
  photos: [...photos],
  after: [],
  ...change,
})

/** A signed check of a unit of the nine small kinds, where everything was right. */
export function aCheck(enterpriseId: EnterpriseId, change: Partial<NewInspection> = {}): NewInspection {
  return {
    id: anId<InspectionId>('insp'),
    enterpriseId,
    kind: 'patrol',
    template: { id: nineSmall.id, version: 1 },
    others: [],
    companions: [],
    signedAt: null,
    observedAt: Date.now(),
    position: null,
    answers: [],
    signature: { how: 'typed', name: '测试grid-worker' },
    ending: { how: 'signed', name: '张三', signature: { how: 'typed', name: '张三' }, opinion: null },
    ...change,
  }
}

/** A unit of the nine small kinds going through its own checklist, where everything was right. */
export function aSelfcheck(change: Partial<NewSelfcheck> = {}): NewSelfcheck {
  return {
    id: anId<SelfcheckId>('sck'),
    template: { id: nineSmall.id, version: 1 },
    observedAt: Date.now(),
    answers: [],
    statement,
    ...change,
  }
}
