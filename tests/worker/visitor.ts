import { env } from 'cloudflare:workers'
import type { PersonId } from '@app/shared/ids'
import { createApp } from '../../worker/app'
import { hashPassword } from '../../worker/auth/passwords'
import { openDirectory } from '../../worker/db/client'
import { accounts, users } from '../../worker/db/directory'
import type { Env } from '../../worker/env'
import { anId } from './street'

/** The product's own app, cookies and all. */
export const product = createApp()
const directory = openDirectory(env)

export const password = 'good long words here'
const hashed = await hashPassword(password)

/** An account with that password, or with none yet. */
export async function anAccount(change: { password?: null; oneTime?: boolean; id?: PersonId } = {}) {
  const id = change.id ?? anId<PersonId>('usr')
  const username = `u.${id.slice(-8)}`
  const at = new Date()
  const made = { createdAt: at, updatedAt: at }
  await directory
    .insert(users)
    .values({ id, name: '测试', email: `${username}@test.invalid`, username, ...made })
    .onConflictDoUpdate({ target: users.id, set: { username } })
  await directory.insert(accounts).values({
    id: `acc-${id}`,
    accountId: id,
    providerId: 'credential',
    userId: id,
    password: change.password === null ? null : hashed,
    oneTime: change.oneTime ?? false,
    ...made,
  })
  return { id, username }
}

export interface Ask {
  readonly body?: unknown
  readonly headers?: Record<string, string>
  readonly now?: number
  readonly bindings?: Partial<Env>
}

let visitors = 0

/** A browser: keeps its cookies, and comes from an address of its own. */
export class Visitor {
  readonly cookies = new Map<string, string>()
  readonly host: string
  address: string

  constructor({ host = 'https://zhiben.example', address = `10.0.${visitors >> 8}.${visitors++ & 255}` } = {}) {
    this.host = host
    this.address = address
  }

  /** The same browser at this moment, with copies of its cookies. */
  copy(): Visitor {
    const other = new Visitor({ host: this.host, address: this.address })
    for (const [name, value] of this.cookies) other.cookies.set(name, value)
    return other
  }

  get session(): string | undefined {
    return this.cookies.get(this.#named('zhiben'))
  }

  forgetDevice(): void {
    this.cookies.delete(this.#named('zhiben-device'))
  }

  async ask(method: string, path: string, { body, headers, now, bindings }: Ask = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await product.fetch(
      new Request(`${this.host}${path}`, {
        method,
        headers: {
          ...(method !== 'GET' && { origin: this.host, 'idempotency-key': crypto.randomUUID() }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(cookie && { cookie }),
          ...(this.address && { 'cf-connecting-ip': this.address }),
          'user-agent': 'Mozilla/5.0 (Test)',
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
      { ...env, ...bindings, ...(now !== undefined && { NOW: String(now) }) },
    )
    const set = response.headers.getSetCookie()
    for (const one of set) {
      const [name = '', value = ''] = (one.split(';')[0] ?? '').split(/=(.*)/s)
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    const text = await response.text()
    return {
      status: response.status,
      set,
      text,
      // Of what is compared byte for byte, only the request's own number may differ.
      bytes: text.replace(/urn:request:[\w-]+/, ''),
      retryAfter: response.headers.get('retry-after'),
      json: text.startsWith('{') ? JSON.parse(text) : null,
    }
  }

  signIn(username: string, word = password, more: Ask & { from?: 'desk' | 'phone' } = {}) {
    const { from, ...ask } = more
    return this.ask('POST', '/api/session', { ...ask, body: { username, password: word, ...(from && { from }) } })
  }

  me(more: Ask = {}) {
    return this.ask('GET', '/api/me', more)
  }

  #named(name: string): string {
    return this.host.startsWith('https:') ? `__Host-${name}` : name
  }
}

/** Signed in with the password alone. */
export async function signedIn(username: string, more: Parameters<Visitor['signIn']>[2] = {}): Promise<Visitor> {
  const visitor = new Visitor()
  const { status, text } = await visitor.signIn(username, password, more)
  if (status !== 200) throw new Error(`Not signed in: ${status} ${text}`)
  return visitor
}
