import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { it } from 'vitest'

/** First match wins. `type:` marks what may be named in types only. */
const rules: [folder: string, may: string[]][] = [
  ['shared/', ['shared/', 'valibot']],
  ['worker/db/', ['worker/db/', 'shared/', 'drizzle-orm']],
  [
    'worker/http/',
    ['worker/http/', 'worker/sha256', 'type:worker/', 'shared/', 'hono', 'valibot', '@valibot/to-json-schema'],
  ],
  ['worker/auth/', ['worker/', 'shared/', 'drizzle-orm', 'otpauth', 'hono', 'node:crypto']],
  ['worker/(tenancy|platform)/', ['worker/', 'shared/', 'drizzle-orm', 'hono', 'valibot', 'node:zlib']],
  [
    'worker/jobs/',
    [
      'worker/jobs/',
      'worker/tenancy/',
      // Work that spans databases on purpose.
      'worker/platform/',
      'worker/\\w+/store',
      'worker/db/operators',
      'worker/sha256',
      'type:worker/',
      'shared/',
      'valibot',
    ],
  ],
  // The three doors that no tenant's gate stands before.
  ['worker/(sessions|public)/', ['worker/(auth|http|platform|public|notices/page)', 'type:worker/', 'shared/', 'hono']],
  ['worker/notices/page', ['shared/', 'hono/html']],
  [
    'worker/\\w+/store',
    [
      'worker/db/operators',
      'worker/\\w+/(store|page|held|templates)',
      'worker/(ids|sha256)',
      'type:worker/tenancy/',
      'shared/',
    ],
  ],
  ['worker/\\w+/', ['worker/http/', 'worker/\\w+/store', 'worker/ids', 'shared/', 'hono', 'valibot']],
  ['worker/pinyin', ['pinyin-pro']],
  ['worker/', ['worker/', 'shared/', 'hono', 'valibot']],
]

const root = path.resolve(import.meta.dirname, '../..')

function imports(file: string) {
  const text = readFileSync(path.join(root, file), 'utf8')
  return [
    ...text.matchAll(
      /^(?:import|export) (type )?[^'"\n]*(?:\{[^}]*\}[^'"\n]*)?from ['"]([^'"]+)['"]|^import ['"]([^'"]+)['"]/gm,
    ),
  ].map(([, type, from, bare]) => {
    const target = from ?? bare ?? ''
    return {
      type: type !== undefined,
      target: target.startsWith('.') ? path.posix.join(path.posix.dirname(file), target) : target.replace('@app/', ''),
    }
  })
}

const files: string[] = globSync('{shared,worker}/**/*.ts', {
  cwd: root,
  exclude: (f) => /types\.check|\.types/.test(f),
}).map((file) => file.replaceAll(path.sep, '/'))

it.for(files)('%s imports only what its folder may', (file, { expect }) => {
  const [, may = []] = rules.find(([folder]) => new RegExp(`^${folder}`).test(file)) ?? []
  const allowed = (type: boolean, target: string) =>
    may.some((m) => new RegExp(`^${m.replace(/^type:/, '')}`).test(target) && (type || !m.startsWith('type:')))
  expect(imports(file).filter(({ type, target }) => !allowed(type, target))).toEqual([])
})

it('keeps stores and routes away from bindings, and raw SQL in the scopes', ({ expect }) => {
  const domain = files.filter(
    (file) => /^worker\/\w+\/(routes|store)\.ts$/.test(file) && !/^worker\/(sessions|public)\//.test(file),
  )
  expect(domain.length).toBeGreaterThan(10)
  for (const file of domain) {
    const text = readFileSync(path.join(root, file), 'utf8')
    expect(text, file).not.toMatch(/c\.env|\bsql`|from 'drizzle-orm/)
  }
  for (const file of files) {
    // Strings built into SQL would run whatever is stacked in them: every statement is Drizzle's, with its values bound.
    const text = readFileSync(path.join(root, file), 'utf8')
    expect(text, file).not.toMatch(/\bsql\.raw\b|\bsql\(|\.prepare\(|new SQL\(|\bSQLite\w*\.\w*raw\b/i)
    // A template in a template is a text and not a parameter where it is not SQL's own.
    for (const [, inner] of text.matchAll(/\bsql(?:<[^`]*>)?`((?:[^`\\]|\\.)*)`/g))
      expect(inner, file).not.toMatch(/'\$\{|"\$\{/)
  }
})

it('asks no clock and no chance in a rule', ({ expect }) => {
  for (const file of files.filter((f) => f.startsWith('shared/'))) {
    expect(readFileSync(path.join(root, file), 'utf8'), file).not.toMatch(
      /Date\.now\(\)|new Date\(\)|Math\.random|crypto\.|fetch\(/,
    )
  }
})

it('keeps what the criteria and the shipped checklists say out of what a browser loads', ({ expect }) => {
  const data = /^shared\/(criteria\/national|checklists\/shipped)\//
  const loading = [...files, ...web]
    .filter((file) => !file.startsWith('worker/') && !data.test(file))
    .filter((file) => imports(file).some(({ target, type }) => !type && data.test(target)))
  expect(loading).toEqual([])
  expect(files.filter((file) => data.test(file)).length).toBeGreaterThan(10)
})

const web = globSync('web/src/**/*.{ts,tsx}', { cwd: root }).map((file) => file.replaceAll(path.sep, '/'))

it('keeps the desk’s library out of the phone’s half, and the Worker’s code out of both', ({ expect }) => {
  for (const file of web) {
    const targets = imports(file).map(({ target }) => target)
    const desk = /^web\/src\/(routes\/admin|ui\/desk|features\/\w+\/desk)/.test(file)
    if (!desk)
      expect(
        targets.filter((t) => /^(antd|@ant-design|dayjs)/.test(t) || /\/(ui\/desk|desk)\//.test(t)),
        file,
      ).toEqual([])
    if (desk)
      expect(
        targets.filter((t) => /\/(ui\/phone|phone)\//.test(t)),
        file,
      ).toEqual([])
    expect(
      targets.filter((t) => t.startsWith('worker/') && t !== 'worker/client'),
      file,
    ).toEqual([])
  }
})

/**
 * What every feature may ask of another: who is signed in, and the window of an account, which opens from a street's and
 * a district's list of people alike. The rest is composed in the routes or shared in `ui/`.
 */
const lent: ReadonlySet<string> = new Set([
  'web/src/features/session/queries',
  'web/src/features/accounts/desk/account-button',
])

it('keeps features away from each other, and what they share away from them', ({ expect }) => {
  const feature = (path: string) => /^web\/src\/features\/(\w+)\//.exec(path)?.[1]
  const crossing = web.flatMap((file) => {
    if (/^web\/src\/(routes\/|main|routeTree)/.test(file)) return []
    const targets = imports(file).map(({ target }) => target)
    return targets
      .filter(
        (target) =>
          (feature(target) !== undefined && feature(target) !== feature(file) && !lent.has(target)) ||
          target.startsWith('web/src/routes/'),
      )
      .map((target) => `${file} imports ${target}`)
  })
  expect(crossing).toEqual([])
  expect(web.filter((file) => feature(file) !== undefined).length).toBeGreaterThan(100)
})
