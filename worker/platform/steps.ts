/**
 * Takes steps one after another, each whatever became of those before it. Throws an `AggregateError` of all that failed
 * once all were taken, so that a failure is seen and stops nothing but itself.
 */
export async function eachStep(steps: Iterable<() => Promise<unknown>>): Promise<void> {
  const errors: unknown[] = []
  for (const step of steps) {
    try {
      await step()
    } catch (error) {
      errors.push(error)
    }
  }
  // A database's message quotes parameters; its cause names columns only.
  const told = errors.map((error) => (error instanceof Error && error.cause instanceof Error ? error.cause : error))
  if (told.length > 0) throw new AggregateError(errors, told.map(String).join('; '))
}
