import type { HazardRecord } from '@app/shared/hazards/schema'
import type { State } from '@app/shared/hazards/words'

/** What is done on a page of its own, and how each is called. A re-check decides between passing and returning. */
export const doings = {
  assign: '交办整改',
  rectify: '填报整改',
  'name-measure': '指明管控措施',
  recheck: '复查',
  close: '销号',
  reopen: '重新打开',
  'propose-void': '申请作废',
  'decide-void': '审核作废申请',
  'ask-extension': '申请延期',
  'decide-extension': '答复延期申请',
  object: '提出异议',
  'decide-objection': '答复异议',
  verify: '抽查核验',
} as const
export type Doing = keyof typeof doings

/** Whether an address names one of them. */
export const isDoing = (name: string): name is Doing => Object.hasOwn(doings, name)

const doingOf: Record<string, Doing> = {
  assign: 'assign',
  rectify: 'rectify',
  'name-measure': 'name-measure',
  pass: 'recheck',
  return: 'recheck',
  close: 'close',
  reopen: 'reopen',
  'propose-void': 'propose-void',
  keep: 'decide-void',
  void: 'decide-void',
  'ask-extension': 'ask-extension',
  'grant-extension': 'decide-extension',
  'refuse-extension': 'decide-extension',
  object: 'object',
  uphold: 'decide-objection',
  overrule: 'decide-objection',
  verify: 'verify',
  refute: 'verify',
}

/** The step that a hazard of this state waits for. */
const awaited: Partial<Record<State, Doing>> = {
  filed: 'assign',
  assigned: 'rectify',
  rectified: 'recheck',
  checked: 'close',
}

/** What the reader may do now: the step that the hazard waits for first, and everything else. */
export function doingsFor({ next, state }: Pick<HazardRecord, 'next' | 'state'>): {
  first: Doing | null
  others: Doing[]
} {
  const allowed = [...new Set(next.flatMap((deed) => doingOf[deed] ?? []))]
  // What a unit asked is answered before anything else is done.
  const asked = allowed.find((doing) => doing === 'decide-extension' || doing === 'decide-objection')
  const first = asked ?? allowed.find((doing) => doing === awaited[state]) ?? null
  return { first, others: allowed.filter((doing) => doing !== first) }
}

/** How a doing is called for this hazard: what was passed can only be returned, what is assigned only reassigned. */
export function nameOf(doing: Doing, { next, state }: Pick<HazardRecord, 'next' | 'state'>): string {
  if (doing === 'recheck' && !next.includes('pass')) return '退回整改'
  if (doing === 'assign' && state === 'assigned') return '重新交办'
  return doings[doing]
}
