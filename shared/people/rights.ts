/** What an erased person is called from then on: a pseudonym that still tells two of them apart. */
export function anonymousName(id: string): string {
  return `已注销人员${id.slice(-4)}`
}

/** What still stands against erasing somebody's data (PIPL art. 47: the purpose is achieved). */
export interface Erasable {
  readonly until: number | null
  readonly erasedAt: number | null
  /** Numbers of hazards that are still open under this person. */
  readonly open: readonly string[]
}

/** Why somebody's data cannot be erased yet, and what to do first; null when they can. */
export function erasureRefusal({ until, erasedAt, open }: Erasable): string | null {
  if (erasedAt !== null) return '此人的个人信息已经删除。'
  if (open.length > 0) return `名下还有未办结的隐患，请先交给他人：${open.join('、')}。`
  return until === null ? '此人仍在岗，请先停用其岗位。' : null
}
