// Work too long for one run of a queue's consumer: cut into units, each of which may be repeated, with a row that
// remembers how far it has come.

const minute = 60_000
/** How long a run has a job to itself without a sign of life; a run that was killed is taken over after this. */
export const heldFor = 5 * minute

/** A job's row as its units know it. */
export interface Remembered {
  readonly step: number
}

/** Where a job is remembered, and what a unit of it is. */
export interface LongJob<R extends Remembered> {
  /** Takes the job until then; null when another run has it, `over` when nothing is left to be done. */
  take(now: number, until: number): Promise<R | 'over' | null>
  /** Does the next unit and answers what has to be remembered; `later` to wait, null when all is done. */
  unit(row: R, now: number): Promise<Partial<R> | 'later' | null>
  /** Remembers, provided that the row is still at the step that was read; says whether it was. */
  keep(row: R, change: Partial<R>, until: number): Promise<boolean>
  /** Gives the job back. */
  free(): Promise<void>
}

/** How a run ended: all done; more to do; waiting; or another run has it. */
export type Outcome = 'over' | 'more' | 'later' | 'taken'

/** Runs at most so many units. What a unit throws is thrown, and the job is free for the next try. */
export async function runUnits<R extends Remembered>(
  job: LongJob<R>,
  clock: () => number,
  most: number,
): Promise<Outcome> {
  const began = clock()
  const taken = await job.take(began, began + heldFor)
  if (taken === null) return 'taken'
  if (taken === 'over') return 'over'
  let row = taken
  try {
    for (let n = 0; n < most; n++) {
      const now = clock()
      const change = await job.unit(row, now)
      if (change === null) return 'over'
      if (change === 'later') return 'later'
      if (!(await job.keep(row, change, now + heldFor))) return 'taken'
      row = Object.assign({}, row, change, { step: row.step + 1 })
    }
    return 'more'
  } finally {
    await job.free()
  }
}
