import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from '../place'
import type { Figure, Finding } from './figure'
import { aFolder } from './server'

interface Tested {
  readonly name: string
  readonly figure: string
  readonly project: 'node' | 'worker'
  readonly files: readonly string[]
  /** A pattern of the names of those tests of the files that are meant; all where there is none. */
  readonly only?: string
}

/** A figure that tests of `npm test` hold, here with every property at its full size. */
export function tested({ name, figure, ...which }: Tested): Figure {
  return { name, figure, try: () => run(which) }
}

async function run({ project, files, only }: Omit<Tested, 'name' | 'figure'>): Promise<Finding> {
  const file = join(aFolder(), 'found.json')
  const args = ['run', '--project', project, ...files, '--testTimeout=600000', '--reporter=./local/trials/reporter.mjs']
  if (only) args.push('-t', only)
  const child = spawn(process.execPath, [resolve(root, 'node_modules/vitest/vitest.mjs'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, FULL_SIZE: '1', TRIAL_FILE: file },
  })
  const stop = () => child.kill()
  // What is said within workerd passes the reporter by.
  let out = ''
  child.stdout.on('data', (chunk) => (out += String(chunk)))
  process.once('exit', stop)
  const [code] = await once(child, 'exit')
  process.off('exit', stop)
  // Safe: the reporter writes it.
  const { tests, errors, said } = JSON.parse(readFileSync(file, 'utf8')) as {
    tests: { name: string; state: string }[]
    errors: string[]
    said: string[]
  }
  const count = (state: string) => tests.filter((test) => test.state === state).length
  const [passed, failed] = [count('passed'), count('failed')]
  const lines = [...said, ...out.split('\n')]
  const sizes = lines.filter((line) => line.startsWith('SIZE ')).map((line) => Number(line.slice(5)))
  const budget = lines.find((line) => line.startsWith('BUDGET '))
  return {
    held: code === 0 && failed === 0 && passed > 0 && errors.length === 0,
    passed,
    failed,
    ...(sizes.length > 0 && { sizes }),
    ...(errors.length > 0 && { errors: errors.slice(0, 5) }),
    // Safe: the test writes an object there.
    ...(budget !== undefined && (JSON.parse(budget.slice(7)) as object)),
  }
}
