import fc from 'fast-check'
import { describe, it } from 'vitest'
import { maskIdentity, maskPhone, readPhone } from '@app/shared/people/masking'
import { runs } from './runs'

describe('a telephone number', () => {
  it.for([
    ['13800000000', '13800000000', '138****0000'],
    ['１３８００００００００', '13800000000', '138****0000'],
    ['+86 138-0000-0000', '13800000000', '138****0000'],
    ['＋８６ 138 0000 0000', '13800000000', '138****0000'],
    ['008613800000000', '13800000000', '138****0000'],
    ['8613800000000', '13800000000', '138****0000'],
    ['0759-2345678', '0759-2345678', '0759-***5678'],
    ['（0759）2345678', '0759-2345678', '0759-***5678'],
    ['07592345678', '0759-2345678', '0759-***5678'],
    ['+86 759 2345678', '0759-2345678', '0759-***5678'],
    ['010-65000000', '010-65000000', '010-****0000'],
    ['02087654321', '020-87654321', '020-****4321'],
    ['663012', '663012', '****12'],
    ['12350', '12350', '****50'],
    ['4001234567', '4001234567', '400***4567'],
  ] as const)('%s is read and masked', ([typed, phone, mask], { expect }) => {
    expect(readPhone(typed)).toBe(phone)
    expect(maskPhone(phone)).toBe(mask)
  })

  it.for([
    '',
    '12',
    '23800000000',
    '1380000000',
    '138000000001',
    'abc',
    '2345678 转 12',
    '13800000000;13900000000',
    '0000',
  ])('%s is none', (typed, { expect }) => {
    expect(readPhone(typed)).toBe(null)
  })

  it('is read the same however it is spelled, and its mask tells less than half of it', ({ expect }) => {
    const digits = (length: number) =>
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''))
    const mobile = fc.tuple(fc.constantFrom('13', '15', '17', '18', '19'), digits(9)).map((parts) => parts.join(''))
    fc.assert(
      fc.property(mobile, (phone) => {
        const wide = Array.from(phone, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join(' ')
        for (const typed of [phone, wide, `+86${phone}`, `${phone.slice(0, 3)} ${phone.slice(3, 7)}-${phone.slice(7)}`])
          expect(readPhone(typed)).toBe(phone)
        expect(readPhone(readPhone(phone) ?? '')).toBe(phone)
        expect(maskPhone(phone).replaceAll(/\D/g, '')).toHaveLength(7)
        expect(maskPhone(phone)).not.toContain(phone.slice(3, 7) + phone.slice(7))
      }),
      { numRuns: runs(2_000) },
    )
  })
})

describe('an identity number', () => {
  it.for([
    ['440803199001011234', '44****1234'],
    ['44080319900101123x', '44****123X'],
    ['４４０８０３１９９００１０１１２３４', '44****1234'],
    ['440803 19900101 1234', '44****1234'],
    ['440803900101123', '44****1123'],
    ['4408031990010112', null],
    ['不是号码', null],
  ] as const)('%s is masked', ([typed, mask], { expect }) => {
    expect(maskIdentity(typed)).toBe(mask)
  })
})
