import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

it('makes no pattern out of what somebody typed', ({ expect }) => {
  const files = globSync('{shared,worker,web/src}/**/*.{ts,tsx}', {
    cwd: root,
    exclude: (f) => /\.types|\.gen/.test(f),
  })
  const made = files.flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(/\bnew RegExp\(([^\n]*)/g)].map(
      ([, what]) => `${file.replaceAll(path.sep, '/')}: ${what}`,
    ),
  )
  // Of a prefix, and of headings, that stand in the same file.
  expect(made.toSorted()).toEqual([
    expect.stringMatching(/^shared\/enterprises\/columns\.ts: `\^\(\?:\$\{pattern\}\)\$`/),
    expect.stringMatching(/^shared\/ids\.ts: `\^\$\{prefix\}_/),
  ])
})
