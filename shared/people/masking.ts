/** What a phone's own keyboard, a copied address book or a form filled in full-width leaves between the digits. */
const between = /[\s()（）\-－—–‐·.]/g

/** Full-width digits and the plus sign as ASCII. */
function narrow(typed: string): string {
  return typed.replaceAll(/[０-９＋]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
}

/**
 * A telephone number of the mainland in its one spelling, or null for a text that is none: a mobile number as eleven
 * digits, a landline as area code, hyphen and number (`0759-2345678`), a service number (`12350`, `400…`) or a short one as its digits.
 */
export function readPhone(typed: string): string | null {
  const bare = narrow(typed).replaceAll(between, '')
  const digits = bare.replace(/^(?:\+|00)86/, '')
  if (!/^\d{3,13}$/.test(digits)) return null
  const mobile = /^(?:86)?(1[3-9]\d{9})$/.exec(digits)
  if (mobile?.[1]) return mobile[1]
  // Beijing, the municipalities and a few large cities have three digits of area code; all others have four.
  const landline = /^0?(10|2\d|[3-9]\d{2})([2-9]\d{6,7})$/.exec(digits)
  const [, area, number] = landline ?? []
  if (area && number && (digits.startsWith('0') || bare !== digits)) return `0${area}-${number}`
  return /^(?:[1-9]\d{2,5}|[48]00\d{7})$/.test(digits) ? digits : null
}

/** A telephone number as lists show it: `138****0000`, `0759-***5678`, `****10`. */
export function maskPhone(phone: string): string {
  if (/^\d{11}$/.test(phone)) return `${phone.slice(0, 3)}****${phone.slice(-4)}`
  const [area, number] = phone.split('-')
  if (area && number) return `${area}-${'*'.repeat(number.length - 4)}${number.slice(-4)}`
  return phone.length === 10 ? `${phone.slice(0, 3)}***${phone.slice(-4)}` : `****${phone.slice(-2)}`
}

/**
 * An identity number as lists show it: `44****1234`, of fifteen digits or eighteen alike. Null for a text that is no
 * identity number by its form; its check digit is not asked, since what is hidden need not be right.
 */
export function maskIdentity(typed: string): string | null {
  const bare = narrow(typed).replaceAll(between, '').replace('Ｘ', 'X').toUpperCase()
  return /^(?:\d{15}|\d{17}[\dX])$/.test(bare) ? `${bare.slice(0, 2)}****${bare.slice(-4)}` : null
}
