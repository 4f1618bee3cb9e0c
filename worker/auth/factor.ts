import { createHmac } from 'node:crypto'
import { and, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { Secret, TOTP } from 'otpauth/bare'
import type { PersonId } from '@app/shared/ids'
import { type Db, openDirectory } from '../db/client'
import { recoveryCodes, secondFactors } from '../db/directory'
import type { Env } from '../env'
import { decrypt, encrypt, keyedDigest } from './secrets'

const use = { secret: 'second factor', codes: 'recovery code' } as const
const period = 30
/** A phone's clock may be one step off. */
const window = 1
const codeCount = 10

function totpOf(username: string, secret: Secret): TOTP {
  return new TOTP({
    issuer: '治本',
    label: username,
    secret,
    algorithm: 'SHA1',
    digits: 6,
    period,
    // Node's own; the package would bring one written in JavaScript.
    hmac: (_algorithm, key, message) => new Uint8Array(createHmac('sha1', key).update(message).digest()),
  })
}

/** A new secret, as authenticators take it: by QR code or by hand. */
export async function newFactor(env: Env, id: PersonId, username: string) {
  const secret = new Secret({ size: 20 })
  return {
    sealed: await encrypt(env, use.secret, id, secret.base32),
    uri: totpOf(username, secret).toString(),
    key: secret.base32,
  }
}

/** The step that a six-digit code is of, or null for a wrong one. */
async function stepOf(env: Env, id: PersonId, sealed: string, code: string, now: number): Promise<number | null> {
  const secret = Secret.fromBase32(await decrypt(env, use.secret, id, sealed))
  const delta = totpOf('', secret).validate({ token: code, timestamp: now, window })
  return delta === null ? null : TOTP.counter({ period, timestamp: now }) + delta
}

/**
 * Takes a code of a person's second factor, or a recovery code: true for a right one that was not taken before. It is
 * used up by this, at once and for all Workers. `pending` takes one of a factor that waits to be confirmed.
 */
export async function takeCode(env: Env, id: PersonId, code: string, now: number, pending = false): Promise<boolean> {
  const directory = openDirectory(env)
  if (code.length > 6) {
    const used = await directory
      .update(recoveryCodes)
      .set({ usedAt: now })
      .where(
        and(
          eq(recoveryCodes.userId, id),
          eq(recoveryCodes.codeHash, keyedDigest(env, use.codes, `${id} ${code}`)),
          isNull(recoveryCodes.usedAt),
          sql`exists (select 1 from ${secondFactors} where ${and(eq(secondFactors.userId, id), isNotNull(secondFactors.confirmedAt))})`,
        ),
      )
      .returning({ userId: recoveryCodes.userId })
    return !pending && used.length === 1
  }
  const mine = and(
    eq(secondFactors.userId, id),
    pending ? isNull(secondFactors.confirmedAt) : isNotNull(secondFactors.confirmedAt),
  )
  const [found] = await directory.select({ secret: secondFactors.secret }).from(secondFactors).where(mine)
  if (!found) return false
  const step = await stepOf(env, id, found.secret, code, now)
  if (step === null) return false
  const taken = await directory
    .update(secondFactors)
    .set({ lastStep: step, ...(pending && { confirmedAt: now }) })
    .where(and(mine, eq(secondFactors.secret, found.secret), lt(secondFactors.lastStep, step)))
    .returning({ userId: secondFactors.userId })
  return taken.length === 1
}

const letters = 'abcdefghijklmnopqrstuvwxyz234567'

/** Ten codes of 80 random bits, and the statements that put them in the place of all earlier ones. */
export function newCodes(env: Env, id: PersonId) {
  const codes = Array.from({ length: codeCount }, () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => letters[byte % 32]).join(''),
  )
  const rows = codes.map((code) => ({ userId: id, codeHash: keyedDigest(env, use.codes, `${id} ${code}`) }))
  return {
    codes: codes.map((code) => code.replaceAll(/(.{4})(?=.)/g, '$1-')),
    statements: (directory: Db) => [
      directory.delete(recoveryCodes).where(eq(recoveryCodes.userId, id)),
      directory.insert(recoveryCodes).values(rows),
    ],
  }
}

/** Takes a person's second factor away, with its codes. */
export function withoutFactor(directory: Db, id: PersonId) {
  return [
    directory.delete(secondFactors).where(eq(secondFactors.userId, id)),
    directory.delete(recoveryCodes).where(eq(recoveryCodes.userId, id)),
  ]
}
