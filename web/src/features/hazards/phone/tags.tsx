import { isOpen, type Level, levels, type State, states } from '@app/shared/hazards/words'
import { type Day, dayOf } from '@app/shared/time'
import { dueWords } from '../../../ui/phone/when'

/** Where a hazard stands, in a word. */
export function StateTag({ state }: { state: State }) {
  return <span className={`m-tag m-tag-${state}`}>{states[state]}</span>
}

/** How grave it is; an ordinary one needs no word. */
export function LevelTag({ level }: { level: Level }) {
  return level === 'ordinary' ? null : <span className={`m-tag m-tag-${level}`}>{levels[level]}</span>
}

/** By when it is to be put right, as long as that is still to be done. */
export function DueTag({ hazard: { dueOn, state } }: { hazard: { dueOn: Day | null; state: State } }) {
  if (!dueOn || !isOpen(state)) return null
  const { words, tone } = dueWords(dueOn, dayOf(Date.now()))
  return <span className={`m-due m-due-${tone}`}>{words}</span>
}
