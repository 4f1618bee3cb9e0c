interface PageOf<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

/** How often a filtered list is asked on for one page of the screen. */
const mostAsked = 4

/**
 * A page of the screen out of pages that may come short: asks on until `wanted` rows are there or the list ends, but
 * no more than a few times; then `next` says that there is more to look through.
 */
export async function gather<T>(
  ask: (cursor: string | undefined) => Promise<PageOf<T>>,
  start: string | undefined,
  wanted: number,
  most = mostAsked,
): Promise<{ items: T[]; next: string | null }> {
  const items: T[] = []
  let cursor = start
  for (let asked = 0; asked < most; asked++) {
    const page = await ask(cursor)
    items.push(...page.items)
    if (page.next === null) return { items, next: null }
    cursor = page.next
    if (items.length >= wanted) break
  }
  return { items, next: cursor ?? null }
}
