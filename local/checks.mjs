import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stalled } from './plain-summary.mjs'

/** The checks that need no test runner; each passes or fails as a whole. */
export const checks = [
  ['types: shared', 'tsc -p shared'],
  ['types: worker', 'tsc -p worker'],
  ['types: api', 'tsc -p worker/tsconfig.types.json'],
  ['types: web', 'tsc -p web'],
  ['types: local', 'tsc -p local'],
  ['types: tests', 'tsc -p tests'],
  ['lint', 'oxlint --type-aware'],
  ['format', 'prettier --check . --log-level warn'],
]
export const dryRun = ['deploy dry-run', 'wrangler deploy --dry-run --outdir dist/worker']

/** Runs one check and says how it went. */
export function passes([name, command]) {
  // wrangler wants the assets' folder to be there, whatever is in it.
  mkdirSync('web/dist', { recursive: true })
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(command, { shell: true, encoding: 'utf8' })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`)
  if (status !== 0) process.stdout.write(`${stdout}${stderr}`)
  return status === 0
}

/**
 * Runs a command whose vitest writes its counts to `SUMMARY_FILE`, and returns them. A run that stood still is begun
 * once more, from its start and aloud: that is no verdict on any test.
 */
export function countsOf(command, environment = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'zhiben-summary-'))
  const file = join(folder, 'counts.json')
  const run = () =>
    spawnSync(command, {
      shell: true,
      stdio: 'inherit',
      env: { ...process.env, ...environment, SUMMARY_FILE: file },
    }).status
  let status = run()
  if (status === stalled) {
    console.error(`再运行一次：${command}`)
    status = run()
  }
  let counts = { passed: 0, failed: 0, skipped: 0 }
  try {
    counts = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    console.error(`没有得到结果：${command}`)
  }
  rmSync(folder, { recursive: true, force: true })
  // A run that died, or found no test at all, is a failure even where none was counted.
  if (status !== 0 && counts.failed === 0) counts.failed = 1
  return counts
}
