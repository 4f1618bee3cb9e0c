import type { QueryClient } from '@tanstack/react-query'
import type { Me } from '@app/shared/people/schema'
import { hour } from '@app/shared/time'
import { postIn } from '../post'
import { keepAnswers, keptMe, putBack, restoreAnswers } from './kept-answers'
import { startOutbox } from './outbox'

/** So long a page waits to be told who is here before it believes what it remembers. */
const patience = 4_000

const meKey = ['me'] as const

let entered: Promise<void> | undefined

/**
 * Who is here, or null when nobody is signed in; `ask` asks the server, through the cache. Without a network, who was
 * here last, and what they saw last is there again too. Rejects when nothing is remembered and nobody answers.
 * Starts the outbox.
 */
export async function enter(client: QueryClient, ask: () => Promise<Me | null>): Promise<Me | null> {
  // Safe: only the query of who is here is kept under this key.
  const known = client.getQueryData(meKey) as Me | null | undefined
  if (known !== undefined && entered) return known
  // What was read stays for a day, and is asked for even where the system believes there is no network.
  const { queries, ...defaults } = client.getDefaultOptions()
  client.setDefaultOptions({ ...defaults, queries: { ...queries, networkMode: 'always', gcTime: 24 * hour } })
  const me = known ?? (await askOrRemember(client, ask))
  if (me) await (entered ??= begin(client, me))
  return me
}

async function begin(client: QueryClient, me: Me): Promise<void> {
  // What is remembered was answered to one of their posts: which it is now has to be known first.
  for (const { slug } of me.posts) postIn(me, slug)
  await keepAnswers(client).catch(() => undefined)
  await restoreAnswers(client, me.id).catch(() => undefined)
  startOutbox()
}

async function askOrRemember(client: QueryClient, ask: () => Promise<Me | null>): Promise<Me | null> {
  const asked = ask()
  const remembered = await keptMe().catch(() => null)
  if (!remembered) return asked
  const late = new Promise<'silent'>((resolve) => setTimeout(() => resolve('silent'), patience))
  const first = await Promise.race([asked.catch(() => 'silent' as const), late])
  if (first !== 'silent') return first
  // The answer that may still come replaces this.
  if (client.getQueryData(meKey) === undefined) {
    putBack(client, meKey, remembered.me, remembered.at)
  }
  return remembered.me
}
