import * as v from 'valibot'

/** Words that mean something of ours in an address. */
const reserved: ReadonlySet<string> = new Set([
  'accept',
  'admin',
  'api',
  'assets',
  'help',
  'm',
  'p',
  'platform',
  'privacy',
  'q',
  'set-password',
  'setup',
  'sign-in',
])

/** The name of a district or street in addresses: one namespace for both. */
export const Slug = v.pipe(
  v.string('请填写网址名'),
  v.trim(),
  v.toLowerCase(),
  v.nonEmpty('请填写网址名'),
  v.minLength(2, '至少 2 个字符'),
  v.maxLength(40, '最多 40 个字符'),
  v.regex(/^[a-z][a-z0-9-]*$/, '只能用小写字母、数字和 -，并以字母开头'),
  v.check((slug) => !slug.endsWith('-') && !slug.includes('--'), '- 不能连用，也不能在末尾'),
  v.check((slug) => !reserved.has(slug), '这个地址是系统保留的，请换一个'),
)
