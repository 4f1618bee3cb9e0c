import type { Query, QueryClient } from '@tanstack/react-query'
import type { Me } from '@app/shared/people/schema'
import { day } from '@app/shared/time'
import { namedPost } from '../post'
import { phone } from './database'

/** What is worth seeing without a network: who one is, the places, and the hazards that were looked at. */
const domains: ReadonlySet<unknown> = new Set(['places', 'workbench', 'hazards', 'inspections', 'selfchecks'])
const worthKeeping = (key: readonly unknown[]) => key[0] === 'me' || (key[0] === 'street' && domains.has(key[2]))

/** Older answers mislead more than they help. */
const keptFor = 7 * day

const meKey = ['me'] as const
const postOf = (key: readonly unknown[]) => (key[0] === 'street' ? namedPost(String(key[1])) : null)

/** Who used this phone last, for a page that loads without a network. */
export async function keptMe(): Promise<{ me: Me; at: number } | null> {
  const kept = await (await phone()).get('answers', JSON.stringify(meKey))
  // Safe: only `meQuery`'s own answer is kept under this key.
  if (!kept || Date.now() - kept.at >= keptFor) return null
  const me = kept.data as Me
  // One that an older version of the client kept says too little.
  return 'security' in me ? { me, at: kept.at } : null
}

/** Shows this person what was answered last, until something newer comes; forgets what is old or somebody else's. */
export async function restoreAnswers(client: QueryClient, userId: string): Promise<void> {
  const database = await phone()
  for (const { key, queryKey, data, at, userId: owner, post = null } of await database.getAll('answers')) {
    if (owner !== userId || Date.now() - at > keptFor) await database.delete('answers', key)
    // Safe: the key was a query's own when its answer was kept.
    else if (post === postOf(queryKey) && client.getQueryData(queryKey as typeof meKey) === undefined) {
      putBack(client, queryKey as typeof meKey, data, at)
    }
  }
}

/** Shows what was answered once, and asks again as soon as it is looked at, however young it is. */
export function putBack(client: QueryClient, queryKey: typeof meKey, data: unknown, at: number): void {
  client.setQueryData(queryKey, data, { updatedAt: at })
  void client.invalidateQueries({ queryKey, exact: true, refetchType: 'none' })
}

/** Keeps every answer that is worth it, those that are there already and those to come. */
export async function keepAnswers(client: QueryClient): Promise<void> {
  const cache = client.getQueryCache()
  cache.subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success' || event.action.manual) return
    if (worthKeeping(event.query.queryKey)) void keep(client, event.query).catch(() => undefined)
  })
  const there = cache.getAll().filter(({ queryKey, state }) => worthKeeping(queryKey) && state.status === 'success')
  await Promise.all(there.map((query) => keep(client, query)))
}

async function keep(client: QueryClient, { queryKey, state }: Query): Promise<void> {
  const me = client.getQueryData(meKey) as Me | null | undefined
  const database = await phone()
  // Signed out: nothing of theirs stays, but for what they have yet to send.
  if (me === null) return database.clear('answers')
  if (!me) return
  const post = postOf(queryKey)
  await database.put('answers', {
    key: JSON.stringify(post ? [post, ...queryKey] : queryKey),
    userId: me.id,
    post,
    queryKey: [...queryKey],
    data: state.data,
    at: state.dataUpdatedAt,
  })
}

/** Forgets all that was answered, when somebody signs out. */
export async function forgetAnswers(): Promise<void> {
  await (await phone()).clear('answers')
}
