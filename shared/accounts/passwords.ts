/** What a new password is held against; words of the account it is for. */
export interface PasswordSubject {
  readonly username: string
  readonly name: string
  /** Names of the person's units, and what is known of them in public. */
  readonly units: readonly string[]
}

/** The lists that a new password is held against, all in lower case. */
export interface CommonPasswords {
  /** Passwords that many people use. */
  readonly whole: ReadonlySet<string>
  /** Shorter ones, which with a number behind them make no good one. */
  readonly words: ReadonlySet<string>
}

const productWords = [
  'zhiben',
  'demo',
  'admin',
  'test',
  'pass',
  '治本',
  '安全生产',
  '隐患',
  '街道',
  '应急办',
  'anquan',
  'jiedao',
  'yinhuan',
  'yingji',
]
/** Names and numbers that are loved in China, and not in lists made elsewhere. */
const lovedWords = ['woaini', '5201314', '1314520', 'zhongguo', 'beijing', 'guangdong', 'zhanjiang', 'wangyi', 'taobao']
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn',
]

/** What is left of a password besides what anybody would guess must be at least so long. */
const least = 4

/**
 * Why a new password will not do, in words for the person who chose it; null when it will. Length is the schema's
 * matter. No classes of characters (ASVS 6.2.5) unless `composed` asks for them.
 */
export function passwordRefusal(
  password: string,
  { username, name, units }: PasswordSubject,
  common: CommonPasswords,
  composed = false,
): string | null {
  const folded = password.normalize('NFKC').toLowerCase()
  if (common.whole.has(folded)) return '这个密码太常见，很容易被猜到，请换一个。'
  if (repeats(folded)) return '密码不能是同样的字符或片段反复出现，请换一个。'
  if (runs(folded)) return '密码不能是键盘或数字、字母的顺序排列，请换一个。'
  const own = [username, ...username.split(/[._-]/), name, ...units.flatMap((unit) => [unit, ...unit.split(/[._-]/)])]
  if (restOf(folded, own) < least) return '密码不能主要由用户名、姓名或单位名称组成，请换一个。'
  const known = [...productWords, ...lovedWords, ...wordsIn(folded, common.words), ...own]
  if (restOf(folded, known) < least) return '密码不能主要由常见词和数字组成，请换一句自己好记的话。'
  if (composed && !isComposed(password)) return '本单位要求密码含有大写字母、小写字母、数字、其他字符中的至少三类。'
  return null
}

/** Three of four classes; only where a unit follows 等保 practice. */
export function isComposed(password: string): boolean {
  return [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{L}\p{Nd}]/u].filter((kind) => kind.test(password)).length >= 3
}

/** One to five characters over and over, or hardly any different ones at all. */
function repeats(text: string): boolean {
  const characters = Array.from(text)
  if (new Set(characters).size < 4) return true
  for (let unit = 1; unit <= Math.min(5, characters.length / 2); unit++) {
    if (characters.every((character, at) => character === characters[at % unit])) return true
  }
  return false
}

/** Made of at most three runs along an alphabet, the digits or a keyboard, in either direction. */
function runs(text: string): boolean {
  const letters = text.replaceAll(/[\s._\-@!#*]/g, '')
  let at = 0
  let count = 0
  while (at < letters.length) {
    let longest = 1
    for (const row of [...rows, ...rows.map((one) => Array.from(one).reverse().join(''))]) {
      let length = longest + 1
      while (at + length <= letters.length && row.includes(letters.slice(at, at + length))) longest = length++
    }
    count++
    at += longest
  }
  return letters.length === 0 || (count <= 3 && letters.length >= 3 * count)
}

/** How many letters are left when these words, all digits and all marks are taken out. */
function restOf(text: string, words: readonly string[]): number {
  let rest = text
  const longestFirst = words
    .map((word) => word.normalize('NFKC').toLowerCase())
    .filter((word) => word.length > 1)
    .sort((a, b) => b.length - a.length)
  for (const word of longestFirst) rest = rest.replaceAll(word, ' ')
  return Array.from(rest.replaceAll(/[^\p{L}]/gu, '')).length
}

/** The common words that a text holds; looked up by its own parts, so that the list may be long. */
function wordsIn(text: string, words: ReadonlySet<string>): string[] {
  const found: string[] = []
  for (let from = 0; from < text.length; from++) {
    for (let to = from + 5; to <= Math.min(text.length, from + 16); to++) {
      const part = text.slice(from, to)
      if (words.has(part)) found.push(part)
    }
  }
  return found
}
