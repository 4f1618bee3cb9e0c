import type { PersonId } from '../ids'
import type { Lapse } from '../risks/words'
import type { Day } from '../time'
import { isOpen, type Level, type State } from './words'

/**
 * Everything that is ever done to a hazard. Each is one event; a hazard's standing is what its events make of it.
 * `determine` is the district's (认定); all others are the street's.
 */
export const deeds = {
  file: { label: '上报', capability: 'hazard.file' },
  assign: { label: '交办', capability: 'hazard.assign' },
  rectify: { label: '整改完成', capability: 'hazard.rectify' },
  'name-measure': { label: '指明管控措施', capability: 'hazard.name-measure' },
  pass: { label: '复查通过', capability: 'hazard.recheck' },
  return: { label: '退回整改', capability: 'hazard.recheck' },
  close: { label: '销号', capability: 'hazard.close' },
  reopen: { label: '重新打开', capability: 'hazard.reopen' },
  'propose-void': { label: '申请作废', capability: 'hazard.propose-void' },
  keep: { label: '不予作废', capability: 'hazard.void' },
  void: { label: '作废', capability: 'hazard.void' },
  determine: { label: '认定', capability: 'hazard.determine' },
  'ask-extension': { label: '申请延期', capability: 'hazard.plead' },
  'grant-extension': { label: '同意延期', capability: 'hazard.answer' },
  'refuse-extension': { label: '不予延期', capability: 'hazard.answer' },
  object: { label: '提出异议', capability: 'hazard.plead' },
  uphold: { label: '异议成立', capability: 'hazard.answer' },
  overrule: { label: '异议不成立', capability: 'hazard.answer' },
  verify: { label: '抽查核验属实', capability: 'hazard.recheck' },
  refute: { label: '核验不符，转入整改', capability: 'hazard.recheck' },
  // Neither moves the machine: who answers for the work changes, or the place it is counted under.
  entrust: { label: '移交责任', capability: 'people.manage' },
  relocate: { label: '调整网格', capability: 'place.manage' },
} as const
export type Deed = keyof typeof deeds

/** Deeds that are not done upon one record, but come with a change of people or places. */
export const aside: readonly Deed[] = ['entrust', 'relocate']

/** How many different people must pass a re-check, by level (records-and-deadlines §2.2: a major takes two). */
const checkersNeeded = { ordinary: 1, suspected: 1, major: 2 } as const satisfies Record<Level, number>

/** What a unit asks of the street about one of its hazards, while that is unanswered. */
export interface Plea {
  readonly kind: 'extension' | 'objection'
  readonly by: PersonId
  /** Until when it asks to have; null for an objection. */
  readonly until: Day | null
  /** The day by which the street owes its answer. */
  readonly answerDueOn: Day
}

/** How the street answered. */
export type PleaAnswer = 'grant-extension' | 'refuse-extension' | 'uphold' | 'overrule'

/** All that decides what may be done next. People are those of the current round, but for `filedBy`. */
export interface Standing {
  readonly state: State
  readonly level: Level
  /** Pass through the loop, from 1; a reopened hazard starts the next one. */
  readonly round: number
  /** Found by its own enterprise (自查), and not by the government. */
  readonly selfFound: boolean
  readonly filedBy: PersonId
  readonly dueOn: Day | null
  /** Everyone who put it right in this round, those sent back included. */
  readonly rectifiers: readonly PersonId[]
  /** Everyone whose re-check of the present rectification passed. */
  readonly checkers: readonly PersonId[]
  readonly closedBy: PersonId | null
  /** Who asked for it to be voided, while that is undecided. */
  readonly voidAskedBy: PersonId | null
  readonly plea: Plea | null
  /** How the last plea was answered. */
  readonly answered: PleaAnswer | null
  /** How often it was put off in this round, and from which day at first. */
  readonly extensions: number
  readonly firstDueOn: Day | null
  /** How often the finding was objected to in this round. */
  readonly objections: number
  /** How the control measure that let it arise came to fail, once the street has named that measure in this round. */
  readonly lapse: Lapse | null
}

/** One deed as the machine sees it. */
export type Act = { readonly by: PersonId } & (
  | {
      readonly deed: 'file'
      readonly level: 'ordinary' | 'suspected'
      readonly selfFound: boolean
      /** By when it is to be put right, where the unit was told so at once. */
      readonly dueOn?: Day
      /**
       * Put right before the eyes of who found it (当场整改): what is left is the re-check. Where the unit itself found
       * it, that was all of it (自查自改), and a share of them is looked at by somebody else (抽查核验).
       */
      readonly onTheSpot?: boolean
      /** Found by the unit, which sets about it by itself: nobody has to order it to. */
      readonly undertaken?: boolean
    }
  | { readonly deed: 'assign'; readonly dueOn: Day }
  | { readonly deed: 'determine'; readonly level: 'ordinary' | 'major' }
  | { readonly deed: 'ask-extension'; readonly until: Day; readonly answerDueOn: Day }
  | { readonly deed: 'object'; readonly answerDueOn: Day }
  | { readonly deed: 'grant-extension'; readonly dueOn: Day }
  | { readonly deed: 'name-measure'; readonly lapse: Lapse }
  | {
      readonly deed: Exclude<
        Deed,
        'file' | 'assign' | 'determine' | 'ask-extension' | 'object' | 'grant-extension' | 'name-measure'
      >
    }
)

/** Which deeds each state knows; everything else about a deed is in `refusal`. */
const from: Record<Exclude<Deed, 'file'>, readonly State[]> = {
  assign: ['filed', 'assigned'],
  rectify: ['assigned'],
  'name-measure': ['filed', 'assigned', 'rectified', 'checked'],
  pass: ['rectified'],
  return: ['rectified', 'checked'],
  close: ['checked'],
  reopen: ['closed'],
  'propose-void': ['filed', 'assigned', 'rectified', 'checked'],
  keep: ['filed', 'assigned', 'rectified', 'checked'],
  void: ['filed', 'assigned', 'rectified', 'checked'],
  determine: ['filed', 'assigned', 'rectified', 'checked'],
  'ask-extension': ['filed', 'assigned'],
  'grant-extension': ['filed', 'assigned'],
  'refuse-extension': ['filed', 'assigned'],
  object: ['filed', 'assigned'],
  uphold: ['filed', 'assigned'],
  overrule: ['filed', 'assigned'],
  verify: ['settled'],
  refute: ['settled'],
  entrust: ['filed', 'assigned', 'rectified', 'checked'],
  relocate: ['filed', 'assigned', 'rectified', 'checked'],
}

const wrongState: Record<Exclude<Deed, 'file'>, string> = {
  assign: '只有待交办或整改中的隐患可以交办。',
  rectify: '只有整改中的隐患可以填报整改，请先交办。',
  'name-measure': '已办结的隐患不再指明管控措施。',
  pass: '只有待复查的隐患可以复查。',
  return: '只有待复查或待销号的隐患可以退回。',
  close: '只有复查通过的隐患可以销号。',
  reopen: '只有已销号的隐患可以重新打开。',
  'propose-void': '已办结的隐患不能申请作废。',
  keep: '该隐患没有待审核的作废申请。',
  void: '该隐患没有待审核的作废申请。',
  determine: '已办结的隐患不能再认定等级。',
  'ask-extension': '已报整改完成或已办结的隐患不必申请延期。',
  'grant-extension': '该隐患没有待答复的延期申请。',
  'refuse-extension': '该隐患没有待答复的延期申请。',
  object: '已报整改完成或已办结的隐患不能再提异议。',
  uphold: '该隐患没有待答复的异议。',
  overrule: '该隐患没有待答复的异议。',
  verify: '只有自查自改的隐患可以抽查核验。',
  refute: '只有自查自改的隐患可以抽查核验。',
  entrust: '已办结的隐患不再移交。',
  relocate: '已办结的隐患留在原网格。',
}

/**
 * Why this deed may not be done now by this person, in a sentence for people, or `null` when it may.
 * Separation of duties is stated pairwise (design §5): who put it right neither re-checks nor closes; for what
 * government found, who found it does not put it right; a major is passed by two people and closed by a third.
 *
 * A major passes no re-check until the street has named the control measure that was missing or failed (clause 1.1-a).
 * The re-check is the one place no major gets round: an assignment may lie before the determination, and so may the
 * rectification, but what is suspected is never passed, and nothing is closed that was not passed. Nor does it delay
 * putting right what is dangerous. One that was passed before this was asked for is closed as it stands.
 */
export function refusal(standing: Standing | null, act: Act): string | null {
  if (act.deed === 'file') return standing ? '该隐患已经上报过。' : null
  if (!standing) return '该隐患尚未上报。'
  const { state, level, rectifiers, checkers, voidAskedBy } = standing
  if (!from[act.deed].includes(state)) return wrongState[act.deed]
  if (act.deed === 'entrust' || act.deed === 'relocate') return null
  if (voidAskedBy && !['void', 'keep', 'determine'].includes(act.deed)) return '该隐患已申请作废，请先审核作废申请。'

  switch (act.deed) {
    case 'assign':
      return standing.dueOn && act.dueOn > standing.dueOn ? '重新交办不能推迟原整改期限。' : null
    case 'rectify':
      return !standing.selfFound && act.by === standing.filedBy
        ? '上报人不能填报自己所查隐患的整改，请由整改责任人填报。'
        : null
    case 'pass':
      if (level === 'suspected') return '疑似重大隐患须先由区级认定，再行复查。'
      if (rectifiers.includes(act.by)) return '整改人不能复查自己的整改，请由他人复查。'
      if (level === 'major' && standing.lapse === null)
        return '重大隐患须先指明是哪一条管控措施缺失或失效，再行复查；可以由街道管理员或检查员指明。'
      return checkers.includes(act.by) ? '您已复查通过，重大隐患须由另一人再次复查。' : null
    case 'name-measure':
      return null
    case 'return':
      return rectifiers.includes(act.by) ? '整改人不能复查自己的整改，请由他人复查。' : null
    case 'close':
      if (level === 'suspected') return '疑似重大隐患须先由区级认定，再行销号。'
      if (rectifiers.includes(act.by)) return '整改人不能销号，请由他人销号。'
      return level === 'major' && checkers.includes(act.by) ? '重大隐患的复查人不能销号，请由他人销号。' : null
    case 'reopen':
      return act.by === standing.closedBy ? '销号人不能重新打开自己所销的隐患，请由他人提出。' : null
    case 'propose-void':
      return level === 'ordinary' ? null : '疑似重大或重大隐患不能作废，须由区级认定。'
    case 'keep':
      return voidAskedBy ? null : wrongState.keep
    case 'void':
      if (!voidAskedBy) return wrongState.void
      return act.by === voidAskedBy ? '申请人不能审核自己的作废申请，请由他人审核。' : null
    case 'determine':
      return level === 'suspected' ? null : '只有疑似重大隐患可以认定。'
    case 'ask-extension':
      if (standing.plea) return '已有一项申请待答复。'
      if (standing.dueOn === null) return '该隐患还没有整改期限。'
      return act.until > standing.dueOn ? null : '申请的新期限应晚于原整改期限。'
    case 'object':
      if (standing.plea) return '已有一项申请待答复。'
      if (standing.selfFound) return '本单位自查发现的隐患不必提异议。'
      if (level === 'major') return '重大隐患由区级认定，请向认定部门提出。'
      return standing.objections > 0 ? '本轮已提出过异议，街道已答复。' : null
    case 'grant-extension':
    case 'refuse-extension': {
      const { plea } = standing
      if (plea?.kind !== 'extension') return wrongState[act.deed]
      if (act.by === plea.by) return '申请人不能答复自己的申请，请由他人答复。'
      if (act.deed !== 'grant-extension') return null
      return standing.dueOn !== null && act.dueOn > standing.dueOn ? null : '新期限应晚于原整改期限。'
    }
    case 'uphold':
    case 'overrule':
      if (standing.plea?.kind !== 'objection') return wrongState[act.deed]
      if (act.by === standing.plea.by) return '提出人不能答复自己的异议，请由他人答复。'
      if (act.by === standing.filedBy) return '查出该隐患的人不能答复对它的异议，请由他人答复。'
      return act.deed === 'uphold' && level !== 'ordinary'
        ? '疑似重大或重大隐患不能作废，须先由区级认定；认定为一般隐患后再答复。'
        : null
    case 'verify':
    case 'refute':
      if (act.by === standing.filedBy || rectifiers.includes(act.by)) return '自查自改须由他人抽查核验。'
      return checkers.length > 0 ? '该隐患已经抽查核验过。' : null
  }
}

/** The standing after a deed that `refusal` lets pass. Pure, so that a hazard's events replayed give its row. */
export function after(standing: Standing | null, act: Act): Standing {
  if (act.deed === 'file') {
    return {
      state: stateOfFiling(act),
      level: act.level,
      round: 1,
      selfFound: act.selfFound,
      filedBy: act.by,
      dueOn: act.dueOn ?? null,
      rectifiers: act.selfFound && act.onTheSpot ? [act.by] : [],
      checkers: [],
      closedBy: null,
      voidAskedBy: null,
      plea: null,
      answered: null,
      extensions: 0,
      firstDueOn: null,
      objections: 0,
      lapse: null,
    }
  }
  if (!standing) throw new Error(`A hazard that was never filed cannot be ${act.deed}`)
  switch (act.deed) {
    case 'assign':
      return { ...standing, state: 'assigned', dueOn: act.dueOn }
    case 'rectify':
      // Whatever was asked is without object then.
      return {
        ...standing,
        state: 'rectified',
        rectifiers: withPerson(standing.rectifiers, act.by),
        checkers: [],
        plea: null,
      }
    case 'pass': {
      const checkers = withPerson(standing.checkers, act.by)
      return {
        ...standing,
        checkers,
        state: checkers.length >= checkersNeeded[standing.level] ? 'checked' : 'rectified',
      }
    }
    case 'return':
      return { ...standing, state: 'assigned', checkers: [] }
    case 'close':
      return { ...standing, state: 'closed', closedBy: act.by }
    case 'reopen':
      return {
        ...standing,
        state: 'filed',
        round: standing.round + 1,
        dueOn: null,
        rectifiers: [],
        checkers: [],
        closedBy: null,
        answered: null,
        extensions: 0,
        firstDueOn: null,
        objections: 0,
        // It came back: what was done about the measure did not hold either.
        lapse: null,
      }
    case 'propose-void':
      return { ...standing, voidAskedBy: act.by }
    case 'keep':
      return { ...standing, voidAskedBy: null }
    case 'void':
      return { ...standing, state: 'voided', plea: null }
    case 'determine':
      return { ...standing, level: act.level }
    case 'ask-extension': {
      const { by, until, answerDueOn } = act
      return { ...standing, plea: { kind: 'extension', by, until, answerDueOn } }
    }
    case 'object': {
      const { by, answerDueOn } = act
      return {
        ...standing,
        plea: { kind: 'objection', by, until: null, answerDueOn },
        objections: standing.objections + 1,
      }
    }
    case 'grant-extension':
      return {
        ...standing,
        plea: null,
        answered: act.deed,
        dueOn: act.dueOn,
        extensions: standing.extensions + 1,
        firstDueOn: standing.firstDueOn ?? standing.dueOn,
      }
    case 'refuse-extension':
    case 'overrule':
      return { ...standing, plea: null, answered: act.deed }
    case 'uphold':
      // Nothing is voided by one person alone: the answer is the proposal, which another one decides.
      return { ...standing, plea: null, answered: act.deed, voidAskedBy: act.by }
    case 'verify':
      return { ...standing, checkers: [act.by] }
    case 'refute':
      // Now it is one that has to be put right, in the round that it was found in.
      return { ...standing, state: 'filed', rectifiers: [], dueOn: null }
    case 'name-measure':
      return { ...standing, lapse: act.lapse }
    case 'entrust':
    case 'relocate':
      return standing
  }
}

function stateOfFiling({ onTheSpot, undertaken, selfFound }: Extract<Act, { deed: 'file' }>): State {
  if (onTheSpot) return selfFound ? 'settled' : 'rectified'
  return undertaken && selfFound ? 'assigned' : 'filed'
}

const withPerson = (people: readonly PersonId[], one: PersonId) => (people.includes(one) ? people : [...people, one])

/** Every deed that this person may do next as far as the machine decides; capabilities are asked elsewhere. */
export function nextDeeds(standing: Standing, by: PersonId): Exclude<Deed, 'file'>[] {
  return deedsAfterFiling.filter((deed) => {
    return refusal(standing, anyAct(standing, deed, by)) === null
  })
}

/** A deed with the due date and level that may stand in none's way. */
function anyAct({ dueOn }: Standing, deed: Exclude<Deed, 'file'>, by: PersonId): Act {
  // Safe: a text that comes after every day of this calendar.
  const [none, late] = ['' as Day, '9999-12-31' as Day]
  switch (deed) {
    case 'assign':
      return { deed, by, dueOn: dueOn ?? none }
    case 'determine':
      return { deed, by, level: 'ordinary' }
    case 'ask-extension':
      return { deed, by, until: late, answerDueOn: none }
    case 'object':
      return { deed, by, answerDueOn: none }
    case 'grant-extension':
      return { deed, by, dueOn: late }
    case 'name-measure':
      return { deed, by, lapse: 'failed' }
    default:
      return { deed, by }
  }
}

// Safe: `deeds` is this very record.
const deedsAfterFiling = (Object.keys(deeds) as Deed[]).filter((deed) => !['file', ...aside].includes(deed)) as Exclude<
  Deed,
  'file'
>[]

/** Whether work is late: open, with a due date that has passed. Computed from the clock, never stored. */
export function isOverdue(hazard: { state: State; dueOn: Day | null }, today: Day): boolean {
  return isOpen(hazard.state) && hazard.dueOn !== null && hazard.dueOn < today
}
