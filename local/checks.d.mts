/** Runs a command whose vitest writes its counts to `SUMMARY_FILE`, and returns them. */
export function countsOf(command: string): { passed: number; failed: number; skipped: number }
