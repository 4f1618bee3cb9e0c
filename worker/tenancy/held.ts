import { type SQL, and, eq, sql } from 'drizzle-orm'
import type { districtPosts, streetPosts } from '../db/directory'

/** A post opens the gate from its first instant until its last, and only once the ledger knows it. */
export function heldAt(post: typeof streetPosts | typeof districtPosts, now: number): SQL | undefined {
  return and(
    eq(post.state, 'active'),
    sql`${post.since} <= ${now}`,
    sql`(${post.until} is null or ${post.until} > ${now})`,
  )
}
