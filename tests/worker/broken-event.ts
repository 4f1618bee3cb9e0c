import { env } from 'cloudflare:workers'
import { type Anchor, beginning, firstLoose } from '@app/shared/accounts/chain'
import { openDirectory } from '../../worker/db/client'
import { securityAnchors, securityEvents } from '../../worker/db/directory'
import { asc, desc, gt } from '../../worker/db/operators'
import { sha256 } from '../../worker/sha256'

/** The first line that does not fit onto the one before it, or null: reads the whole record, page by page. */
export async function brokenEvent(): Promise<number | null> {
  const directory = openDirectory(env)
  const [anchor] = await directory.select().from(securityAnchors).orderBy(desc(securityAnchors.seq)).limit(1)
  let from: Anchor = anchor ?? beginning
  for (;;) {
    const lines = await directory
      .select()
      .from(securityEvents)
      .where(gt(securityEvents.seq, from.seq))
      .orderBy(asc(securityEvents.seq))
      .limit(1_000)
    if (lines.length === 0) return null
    const loose = await firstLoose(lines, from, sha256)
    if (loose !== null) return loose
    from = lines.at(-1) ?? from
  }
}
