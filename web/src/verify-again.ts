import { useSyncExternalStore } from 'react'

// Some deeds ask again who is there. Whatever was to be sent waits here, the window on the screen asks once for all of
// it, and then each is sent again under its own key.

type Settle = (given: boolean) => void
let waiting: readonly Settle[] = []
const watchers = new Set<() => void>()

function change(next: readonly Settle[]): void {
  waiting = next
  for (const watch of watchers) watch()
}

/** Waits until somebody proved again who they are; false when they would not, or no window is there to ask in. */
export function provedAgain(): Promise<boolean> {
  if (watchers.size === 0) return Promise.resolve(false)
  return new Promise((settle) => change([...waiting, settle]))
}

// One function for good: React subscribes anew for another one, and nobody would be left to ask in between.
function subscribe(watch: () => void): () => void {
  watchers.add(watch)
  return () => {
    watchers.delete(watch)
    // The window is gone, and whoever waits for it would wait for ever.
    if (watchers.size === 0) settleAll(false)
  }
}

/** Whether somebody is to be asked, for the one window that does. */
export function useAskedAgain(): boolean {
  return useSyncExternalStore(subscribe, () => waiting.length > 0)
}

/** Lets all that waits go on, or gives it up. */
export function settleAll(given: boolean): void {
  const all = waiting
  if (all.length === 0) return
  change([])
  for (const settle of all) settle(given)
}
