import { dictionary } from '@zxcvbn-ts/language-common'

/** A password shorter than this is refused for its length alone. */
const wholeFrom = 12
/** So many of the shorter ones are taken as words: the list is in the order of use. */
const words = 1_500

/** The module `worker/auth/common-passwords.ts`, made of the list of passwords that zxcvbn-ts keeps. */
export function commonSource(): string {
  const all = namesOf(dictionary['passwords-common'])
  const whole = all.filter((one) => one.length >= wholeFrom)
  const short = all.filter((one) => /^[a-z][a-z0-9]{4,}$/.test(one) && one.length < wholeFrom).slice(0, words)
  return `// Made by \`node local/run.mjs passwords\` out of @zxcvbn-ts/language-common (MIT); not edited by hand.

/** Passwords of ${wholeFrom} characters or more that many people use, the most used first. */
export const wholeList =
  '${whole.join(' ')}'

/** The most used shorter ones, which with a number behind them make no good one. */
export const wordList =
  '${short.join(' ')}'
`
}

function namesOf(list: unknown): string[] {
  // Safe: either an array or a record of ranks, by the way it is packed.
  const names = Array.isArray(list) ? (list as string[]) : Object.keys(list as object)
  return names.filter((one) => /^[\w.@!#-]+$/.test(one))
}
