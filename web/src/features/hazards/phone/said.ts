/** What was said and decided on the spot so far. */
export interface Said {
  /** Null while nobody has touched it. */
  readonly words: string | null
  readonly outcome: 'pass' | 'return' | 'verify' | 'refute' | null
  readonly observedAt: number | null
}

/** A form nobody has touched. */
export const nothingSaid: Said = { words: null, outcome: null, observedAt: null }

/** What is done on the spot, with pictures. */
export type FieldDoing = 'rectify' | 'recheck' | 'object' | 'verify'

/** The name of the draft of one of these in this round. */
export const fieldDraft = (doing: FieldDoing, { id, round }: { id: string; round: number }) =>
  `${doing}/${id}.${round}` as const
