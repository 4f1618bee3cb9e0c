// The cross-tenant matrix at full size: every route, as everybody, with everybody's ids (docs/matrix.md).
// `npm run matrix`, or one part of it: `npm run matrix -- '/notices'`. The last line is `N cells, N leaks`.
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'

const [only] = process.argv.slice(2)
const vitest = resolve(import.meta.dirname, '../node_modules/vitest/vitest.mjs')
const args = [vitest, 'run', '--project', 'worker', 'tests/worker/matrix', '--reporter=default']
if (only) args.push('-t', only)
const child = spawn(process.execPath, args, {
  cwd: resolve(import.meta.dirname, '..'),
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, FULL_SIZE: '1', NO_COLOR: '1' },
})
process.once('exit', () => child.kill())

let total = null
for await (const line of createInterface({ input: child.stdout })) {
  const [, kind, rest = ''] = /^(ROUTE|MATRIX|SIZE) (.*)$/.exec(line) ?? []
  if (kind === 'MATRIX') total = JSON.parse(rest)
  else if (kind === 'ROUTE') console.log(rest)
  else if (kind === 'SIZE') console.log(`${rest} keys of objects guessed`)
  else if (line && !line.startsWith('stdout |')) console.log(line)
}
const code = await new Promise((done) => (child.exitCode === null ? child.once('exit', done) : done(child.exitCode)))
if (!total) {
  console.error('矩阵没有跑完，没有结果。')
  process.exit(1)
}
const { cells, leaks, routes, seconds } = total
if (code !== 0 && leaks === 0) console.error('有测试没有通过，见上面的说明。')
console.log(`${routes} routes, ${seconds} s`)
console.log(`${cells} cells, ${leaks} leaks`)
process.exit(code !== 0 || leaks > 0 ? 1 : 0)
