/** What was said and decided on the spot so far. */
export interface Said {
  readonly words: string
  readonly outcome: 'pass' | 'return' | null
  readonly observedAt: number | null
}

/** A form nobody has touched. */
export const nothingSaid: Said = { words: '', outcome: null, observedAt: null }

/** The name of the draft of putting right, or of re-checking, this round. */
export const fieldDraft = (doing: 'rectify' | 'recheck', { id, round }: { id: string; round: number }) =>
  `${doing}/${id}.${round}` as const
