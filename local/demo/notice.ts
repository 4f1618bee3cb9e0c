import { randomUUID } from 'node:crypto'
import { addMonths, monthOf } from '@app/shared/time'
import { demoPassword } from './accounts'
import { demoSlug } from './demo'

/**
 * Has last closed month's notice drafted by one district user and published by another, through the API as people
 * would. `baseUrl` is where the product answers. Throws when it refuses.
 */
export async function publishLastNotice(baseUrl: string, closedAt: number): Promise<void> {
  const drafter = await signIn(baseUrl, 'zone.admin')
  const publisher = await signIn(baseUrl, 'zone.deputy')
  const notices = `/api/districts/${drafter.districtId}/notices`
  const { id } = (await drafter.send('POST', notices, { period: addMonths(monthOf(closedAt), -1) })) as { id: string }
  const { version } = (await publisher.send('GET', `${notices}/${id}`)) as { version: number }
  await publisher.send('PUT', `${notices}/${id}/publication`, { version })
}

async function signIn(baseUrl: string, username: string) {
  let cookie = ''
  const send = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(baseUrl + path, {
      method,
      headers: {
        origin: baseUrl,
        cookie,
        ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    const set = response.headers.getSetCookie().map((one) => one.split(';')[0])
    if (set.length > 0) cookie = set.join('; ')
    return text ? JSON.parse(text) : null
  }
  await send('POST', '/api/session', { username, password: demoPassword })
  const { posts } = (await send('GET', '/api/me')) as { posts: { kind: string; slug: string; id: string }[] }
  const district = posts.find(({ kind, slug }) => kind === 'district' && slug === demoSlug)
  if (!district) throw new Error(`${username} has no post in ${demoSlug}`)
  return { districtId: district.id, send }
}
