import * as v from 'valibot'

// GB 32100: digits and capitals without I, O, S, V and Z; each of the first 17 weighs a power of 3 modulo 31.
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const shape = /^[0-9A-HJ-NP-RTUWXY]{18}$/

/** The check character that belongs to the first 17 of a unified social credit code (GB 32100). */
export function checkOf(first17: string): string {
  let sum = 0
  let weight = 1
  for (let at = 0; at < 17; at++) {
    sum += alphabet.indexOf(first17.charAt(at)) * weight
    weight = (weight * 3) % 31
  }
  return alphabet.charAt((31 - (sum % 31)) % 31)
}

/** What is wrong with a code in its one spelling, in words; null when nothing is. */
export function wrongWithCode(code: string): string | null {
  if (code.length !== 18) return `统一社会信用代码应为 18 位，现有 ${code.length} 位`
  if (!shape.test(code)) return '统一社会信用代码只用数字和大写字母，不含 I、O、S、V、Z'
  if (checkOf(code.slice(0, 17)) !== code[17]) return '统一社会信用代码的校验位不符，请核对是否抄错'
  return null
}

/** A unified social credit code as people type or paste it, in its one spelling afterwards. */
export const CreditCode = v.pipe(
  v.string('请填写统一社会信用代码'),
  v.maxLength(60, '统一社会信用代码应为 18 位'),
  v.transform((typed) => typed.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase()),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const wrong = wrongWithCode(dataset.value)
    if (wrong !== null) addIssue({ message: wrong })
  }),
  v.brand('CreditCode'),
)
export type CreditCode = v.InferOutput<typeof CreditCode>
