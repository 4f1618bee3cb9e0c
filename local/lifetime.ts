const closers: (() => unknown)[] = []
let closing: Promise<void> | undefined

/** Registers what must be closed before this process may end; the last registered closes first. */
export function closeLast(close: () => unknown): void {
  closers.push(close)
}

/** Closes everything and ends the process. */
export function end(code: number): Promise<void> {
  closing ??= (async () => {
    // Whoever asks a second time no longer waits.
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(code || 130))
    for (const close of closers.toReversed()) {
      try {
        await close()
      } catch (error) {
        console.error(error)
      }
    }
    process.exit(code)
  })()
  return closing
}

/** Ends this process in good order when it is told to, and when the shell that npm started it with is gone. */
export function endWithParent(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void end(0))
  // npm's shell dies of a signal without passing it on, and the runtime would be left holding the port.
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) void end(0)
  }, 500).unref()
}
