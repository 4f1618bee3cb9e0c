import * as v from 'valibot'
import { DistrictId, MoveId } from '../ids'

/** Where a street's move stands. */
export const moveStates = {
  preparing: '正在复制',
  copied: '已复制并核对',
  switched: '已迁入，原数据待释放',
  releasing: '正在清理原数据',
  released: '已完成',
  cancelling: '正在撤销',
  cancelled: '已撤销',
} as const
export type MoveState = keyof typeof moveStates

/** What can happen to it: the first three are the job's, the others are asked for by the operator. */
export const moveActs = ['copy', 'switch', 'clear', 'release', 'cancel'] as const
export type MoveAct = (typeof moveActs)[number]

const table: Record<MoveState, Partial<Record<MoveAct, MoveState>>> = {
  preparing: { copy: 'copied', cancel: 'cancelling' },
  copied: { switch: 'switched', cancel: 'cancelling' },
  switched: { release: 'releasing' },
  releasing: { clear: 'released' },
  cancelling: { clear: 'cancelled' },
  released: {},
  cancelled: {},
}

/** What an act makes of a move, or null where it does not belong. */
export function afterAct(state: MoveState, act: MoveAct): MoveState | null {
  return table[state][act] ?? null
}

/** Whether the move is over, and the street free to set out again. */
export const isOver = (state: MoveState): boolean => Object.keys(table[state]).length === 0

/** Whether the street only reads: from the first copied row until it is kept where it came from or where it went. */
export const holdsWrites = (state: MoveState): boolean => state === 'preparing' || state === 'copied'

/** Which side's rows the job may take away in this state; never those that the directory names. */
export function clearable(state: MoveState): 'source' | 'target' | null {
  if (state === 'releasing') return 'source'
  return state === 'cancelling' || state === 'preparing' ? 'target' : null
}

/** Why an act that the operator asks for is refused, or null when it is done. */
export function moveRefusal(state: MoveState, act: 'release' | 'cancel'): string | null {
  if (afterAct(state, act)) return null
  if (act === 'release') {
    return holdsWrites(state) ? '街道尚未迁入新的区，不能清理原数据。' : '原数据已经清理，或迁移已撤销。'
  }
  return state === 'cancelling' || state === 'cancelled' ? '迁移已经撤销。' : '街道已经迁入新的区，不能再撤销。'
}

export const NewMove = v.strictObject({ id: MoveId, districtId: DistrictId })
export type NewMove = v.InferOutput<typeof NewMove>

/** A move as the operator sees it: counts, never content. */
export const MoveCard = v.object({
  id: MoveId,
  state: v.picklist(Object.keys(moveStates) as [MoveState, ...MoveState[]]),
  from: v.object({ id: DistrictId, name: v.string(), ledger: v.string() }),
  to: v.object({ id: DistrictId, name: v.string(), ledger: v.string() }),
  at: v.number(),
  rows: v.number(),
  rowsInAll: v.number(),
  digest: v.nullable(v.string()),
  switchedAt: v.nullable(v.number()),
  releasedAt: v.nullable(v.number()),
  error: v.nullable(v.string()),
})
export type MoveCard = v.InferOutput<typeof MoveCard>
/** The street's last move, or null when it never moved. */
export const LastMove = v.object({ move: v.nullable(MoveCard) })
