/** Whether an error, or what caused it, speaks of something: of a constraint or a table of our own, by its name. */
export function mentions(error: unknown, text: RegExp): boolean {
  return error instanceof Error && (text.test(error.message) || mentions(error.cause, text))
}
