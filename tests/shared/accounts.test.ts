import fc from 'fast-check'
import { describe, it } from 'vitest'
import { addressBucket } from '@app/shared/accounts/address'
import { type SecurityLine, beginning, firstLoose, sealLine } from '@app/shared/accounts/chain'
import { type Counter, accountLimit, addressLimit, mayTry, tried } from '@app/shared/accounts/limits'
import { passwordRefusal } from '@app/shared/accounts/passwords'
import {
  type SecurityPolicy,
  defaultPolicy,
  fieldRoles,
  isFresh,
  isLive,
  policyBasis,
  sessionKind,
  sessionSpans,
  strictest,
  touchDue,
} from '@app/shared/accounts/policy'
import { type Role, roles } from '@app/shared/capabilities'
import { wholeList, wordList } from '../../worker/auth/common-passwords'

const minute = 60_000

describe('a session', () => {
  it('by the defaults lives half an hour idle and twelve hours in all at a desk, 14 and 90 days on a phone', ({
    expect,
  }) => {
    expect(sessionSpans('desk', defaultPolicy)).toEqual({ idle: 30 * minute, total: 12 * 60 * minute })
    expect(sessionSpans('phone', defaultPolicy)).toEqual({ idle: 14 * 24 * 60 * minute, total: 90 * 24 * 60 * minute })
    expect(Object.keys(policyBasis).sort()).toEqual(Object.keys(defaultPolicy).sort())
  })

  it('is a phone’s only for who works in the field with every post', ({ expect }) => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...(Object.keys(roles) as Role[]))), (held) => {
        expect(sessionKind('desk', held)).toBe('desk')
        const field = held.length > 0 && held.every((role) => fieldRoles.has(role))
        expect(sessionKind('phone', held)).toBe(field ? 'phone' : 'desk')
      }),
    )
  })

  it('never outlives its end, however it is used, nor an idle span without use', ({ expect }) => {
    const step = fc.integer({ min: 0, max: 45 * minute })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.constantFrom('desk', 'phone'), (pauses, kind) => {
        const { idle, total } = sessionSpans(kind, { ...defaultPolicy, phoneIdle: 60, phoneTotal: 600 })
        let [now, lastSeenAt, lastUsed] = [0, 0, 0]
        const times = () => ({ expiresAt: total, lastSeenAt, idleFor: idle })
        for (const pause of pauses) {
          now += pause
          const live = isLive(times(), now)
          if (now >= total || now - lastUsed >= idle) expect(live).toBe(false)
          // Use is written down a little late, so it may end that much early, and no more.
          if (now < total && now - lastUsed < idle - 3 * minute) expect(live).toBe(true)
          if (!live) return
          lastUsed = now
          if (touchDue(times(), now)) lastSeenAt = now
          expect(now - lastSeenAt).toBeLessThan(3 * minute)
        }
      }),
    )
  })

  it('obeys the strictest of all policies that bind its owner', ({ expect }) => {
    const policy = fc.record<SecurityPolicy>({
      secondFactorRoles: fc.subarray(['inspector', 'street-admin', 'district-admin'] as const),
      deskIdle: fc.integer({ min: 5, max: 480 }),
      deskTotal: fc.integer({ min: 30, max: 1440 }),
      phoneIdle: fc.integer({ min: 60, max: 43_200 }),
      phoneTotal: fc.integer({ min: 60, max: 259_200 }),
      verifyAgain: fc.integer({ min: 1, max: 60 }),
      composedPasswords: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(policy, { minLength: 1, maxLength: 5 }), (all) => {
        const bound = strictest(all)
        for (const one of all) {
          for (const key of ['deskIdle', 'deskTotal', 'phoneIdle', 'phoneTotal', 'verifyAgain'] as const)
            expect(bound[key]).toBeLessThanOrEqual(one[key])
          for (const role of one.secondFactorRoles) expect(bound.secondFactorRoles).toContain(role)
          if (one.composedPasswords) expect(bound.composedPasswords).toBe(true)
        }
        expect(strictest([bound])).toEqual(bound)
      }),
    )
    expect(strictest([])).toEqual(defaultPolicy)
  })

  it('is fresh for ten minutes after it was proved', ({ expect }) => {
    expect(isFresh(0, defaultPolicy, 10 * minute - 1)).toBe(true)
    expect(isFresh(0, defaultPolicy, 10 * minute)).toBe(false)
    expect(isFresh(null, defaultPolicy, 0)).toBe(false)
  })
})

describe('a limit', () => {
  it('lets so many tries through in any quarter of an hour, however they are spread', ({ expect }) => {
    const pauses = fc.array(fc.integer({ min: 0, max: 6 * minute }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(pauses, fc.constantFrom(accountLimit, addressLimit), (all, limit) => {
        let seen: Counter | null = null
        let now = 0
        const let_: number[] = []
        for (const pause of all) {
          now += pause
          seen = tried(seen, limit, now)
          if (mayTry(seen, limit)) let_.push(now)
          else expect(seen.shutUntil).toBeGreaterThan(now)
        }
        for (const [at, first] of let_.entries()) {
          const within = let_.slice(at).filter((one) => one < first + limit.shutFor).length
          // Shut after the last of them: so many at the end of one span, and so many at the start of the next.
          expect(within).toBeLessThanOrEqual(2 * limit.most)
        }
        const span = (let_.at(-1) ?? 0) + limit.shutFor
        expect(let_.length).toBeLessThanOrEqual(limit.most * Math.ceil(1 + span / limit.shutFor))
      }),
    )
  })
})

describe('an address', () => {
  it('of a /64 is one, however it is spelled; IPv4 in IPv6 clothes is IPv4', ({ expect }) => {
    const same = [
      '2001:db8:1:2::1',
      '2001:0DB8:0001:0002:ffff:ffff:ffff:ffff',
      '2001:db8:1:2:0:0:0:9%eth0',
      ' 2001:db8:1:2::1.2.3.4 ',
    ]
    expect(new Set(same.map(addressBucket))).toEqual(new Set(['2001:db8:1:2::/64']))
    expect(addressBucket('2001:db8:1:3::1')).not.toBe(addressBucket('2001:db8:1:2::1'))
    expect(addressBucket('::ffff:192.0.2.7')).toBe('192.0.2.7')
    expect(addressBucket('::ffff:c000:207')).toBe('192.0.2.7')
    expect(addressBucket('192.0.2.7')).toBe('192.0.2.7')
    for (const rubbish of [null, '', 'x', '1.2.3', '1.2.3.256', '1::2::3', ':', '1:2:3:4:5:6:7:8:9', 'g::1', '::1.2.3'])
      expect(addressBucket(rubbish), String(rubbish)).toBe('unknown')
  })

  it('of any eight words falls into the bucket of its first four', ({ expect }) => {
    const word = fc.integer({ min: 0, max: 0xffff })
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), fc.array(word, { minLength: 4, maxLength: 4 }), (net, host) => {
        fc.pre(net.some((part) => part !== 0))
        const spell = (parts: number[]) => parts.map((part) => part.toString(16)).join(':')
        const own = addressBucket(spell([...net, ...host]))
        expect(own).toBe(`${spell(net)}::/64`)
        expect(addressBucket(spell([...net, ...host]).toUpperCase())).toBe(own)
      }),
    )
  })
})

describe('a new password', () => {
  const common = { whole: new Set(wholeList.split(' ')), words: new Set(wordList.split(' ')) }
  const subject = { username: 'lehua.zhangsan', name: '张三', units: ['lehua'] }
  const refused = (typed: string, composed = false) => passwordRefusal(typed, subject, common, composed)

  it('is refused when it is common, repeats, runs along a keyboard, or says who and where', ({ expect }) => {
    const passed = [
      ...wholeList.split(' '),
      'aaaaaaaaaaaa',
      'abababababab',
      'abcabcabcabc',
      '121212121212',
      'abcdefghijkl',
      '123456789012',
      '987654321098',
      'qwertyuiop123',
      'asdfghjkl12345',
      '1qaz2wsx3edc',
      'Qwertyuiop!!12',
      'lehua.zhangsan',
      'Zhangsan-2026!',
      'zhangsan123456',
      'lehua20262026',
      'Zhiben-2026-demo',
      'Password123456',
      'password2026!!',
      'monkeydragon12',
      'woaini5201314',
      '张三张三张三张三123',
      '治本安全生产2026',
    ].filter((typed) => !refused(typed)?.includes('请换一'))
    expect(passed).toEqual([])
  })

  it('needs no classes of characters, and no more than twelve ordinary ones', ({ expect }) => {
    for (const typed of [
      'correct horse battery',
      'good long words here',
      '我家门前有三棵很大的榕树呀',
      'mnq7k-2hd9p-x4wze',
      'tuesdays are for soup',
      'KJH#8s6DkLq01',
    ]) {
      expect(refused(typed), typed).toBe(null)
    }
  })

  it('needs three of four classes where 等保 practice is asked for', ({ expect }) => {
    expect(refused('good long words here', true)).toMatch(/至少三类/)
    expect(refused('Good long words here', true)).toBe(null)
  })

  it('is never refused by chance: fifteen random characters pass', ({ expect }) => {
    const letter = fc.constantFrom(...Array.from('abcdefghijkmnpqrstuvwxyz23456789'))
    const made = fc.array(letter, { minLength: 15, maxLength: 15 }).filter((all) => new Set(all).size > 8)
    let refusals = 0
    fc.assert(
      fc.property(made, (all) => {
        if (refused(all.join(''))) refusals++
      }),
      { numRuns: 2_000 },
    )
    // Two letters in fifteen and thirteen digits: it happens, and another one is drawn.
    expect(refusals).toBeLessThan(20)
  })
})

describe('the chain of lines', () => {
  const digest = async (text: string) => {
    const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
    return Buffer.from(bytes).toString('hex')
  }
  const chained = async (words: readonly string[]) => {
    const lines: SecurityLine[] = []
    let previous = beginning.hash
    for (const [at, word] of words.entries()) {
      const line = { seq: at + 1, kind: word }
      previous = await sealLine(previous, line, digest)
      lines.push({ ...line, hash: previous })
    }
    return lines
  }

  it('holds whole and from any kept anchor, and names the first line that was touched', async ({ expect }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string(), { minLength: 2, maxLength: 20 }),
        fc.nat(),
        fc.constantFrom('change', 'remove', 'swap'),
        async (words, pick, how) => {
          const lines = await chained(words)
          expect(await firstLoose(lines, beginning, digest)).toBe(null)
          const at = pick % (lines.length - 1)
          const anchor = lines[at]
          if (anchor) expect(await firstLoose(lines.slice(at + 1), anchor, digest)).toBe(null)
          const touched = lines.map((line) => ({ ...line }))
          const [one, two] = [touched[at], touched[at + 1]]
          if (!one || !two) return
          if (how === 'change') touched[at] = { ...one, kind: `${String(one['kind'])}x` }
          if (how === 'remove') touched.splice(at, 1)
          if (how === 'swap') touched.splice(at, 2, two, one)
          expect(await firstLoose(touched, beginning, digest)).toBe(at + 1)
        },
      ),
      { numRuns: 100 },
    )
  })
})
