// Breaks the product on purpose, one edit at a time, in copies of the tree, and expects a test to turn red each time.
// `npm run breakages`, or some of them: `npm run breakages -- photo`. The last line is `N breakages, N caught`.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, readlinkSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { breakages } from './breakages/list.mjs'

const root = resolve(import.meta.dirname, '..')
const [only] = process.argv.slice(2)
const chosen = breakages.filter(({ name }) => !only || name.includes(only))
if (chosen.length === 0) {
  console.error(`没有名称包含“${only}”的破坏。可选：\n${breakages.map(({ name }) => name).join('\n')}`)
  process.exit(1)
}

/** A copy of what git knows or would know; packages are found by walking up, but ours are the copy's own. */
function copyTo(folder) {
  rmSync(folder, { recursive: true, force: true })
  const { stdout } = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' })
  for (const file of stdout.split('\0').filter(Boolean)) {
    mkdirSync(join(folder, dirname(file)), { recursive: true })
    cpSync(join(root, file), join(folder, file))
  }
  mkdirSync(join(folder, 'web/dist'), { recursive: true })
  mkdirSync(join(folder, 'node_modules/@app'), { recursive: true })
  for (const name of readdirSync(join(root, 'node_modules/@app'))) {
    symlinkSync(readlinkSync(join(root, 'node_modules/@app', name)), join(folder, 'node_modules/@app', name))
  }
  return folder
}

/** Runs tests in a copy; how many of them failed, or null where they did not get so far as to run. */
async function failures(folder, { in: files, only: named, full }) {
  const report = join(folder, 'report.json')
  rmSync(report, { force: true })
  const args = ['run', ...files, '--reporter=json', `--outputFile=${report}`, '--bail=1', '--testTimeout=120000']
  if (named) args.push('-t', named)
  const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, FULL_SIZE: full ? '1' : '' },
  })
  let said = ''
  child.stderr.on('data', (text) => (said += text))
  await new Promise((done) => child.once('exit', done))
  try {
    const { numFailedTests, numPassedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
    // A file that could not be read at all proves nothing about what its tests would have found.
    const ran = numFailedTests + numPassedTests > 0
    const first = testResults.flatMap((file) => file.assertionResults).find(({ status }) => status === 'failed')
    return ran ? { failed: numFailedTests, first: first?.fullName ?? '' } : null
  } catch {
    console.error(said.slice(-2000))
    return null
  }
}

/** Makes the edits of one breakage, or throws when a text is not there, or not there once. */
function edit(folder, { name, file, edits }) {
  const path = join(folder, file)
  const original = readFileSync(path, 'utf8')
  let text = original
  for (const [from, to] of edits) {
    const times = text.split(from).length - 1
    if (times !== 1)
      throw new Error(`“${name}”: ${file} holds this ${times} times, not once; mend local/breakages/list.mjs\n${from}`)
    text = text.replace(from, () => to)
  }
  writeFileSync(path, text)
  return () => writeFileSync(path, original)
}

const workers = Math.max(1, Math.min(2, availableParallelism(), chosen.length))
const folders = Array.from({ length: workers }, (_, at) => copyTo(join(root, '.wrangler/breakages', String(at))))
const [first] = folders

// Before any harm: every edit can be made, and the tests are green without it.
for (const one of chosen) edit(first, one)()
// The matrix is asked for the routes that are meant, everything else for whole files; each once.
const whole = [...new Set(chosen.filter((one) => !one.only).flatMap((one) => one.in))]
const parts = new Map()
for (const one of chosen.filter((one) => one.only)) {
  const key = JSON.stringify([one.in, one.full ?? false])
  const known = parts.get(key)
  parts.set(key, { ...one, only: known ? `${known.only}|${one.only}` : one.only })
}
const waiting = [...(whole.length > 0 ? [{ in: whole }] : []), ...parts.values()]
let sick = 0
await Promise.all(
  folders.map(async (folder) => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const found = await failures(folder, one)
      if (found?.failed === 0) continue
      sick++
      console.error(`NOT GREEN to begin with: ${one.in.join(' ')} ${one.only ?? ''} ${found?.first ?? '(nothing ran)'}`)
    }
  }),
)

let caught = 0
const left = sick === 0 ? [...chosen] : []
await Promise.all(
  folders.map(async (folder) => {
    for (let one = left.shift(); one; one = left.shift()) {
      const started = Date.now()
      const undo = edit(folder, one)
      const found = await failures(folder, one)
      undo()
      const red = found !== null && found.failed > 0
      if (red) caught++
      const seconds = Math.round((Date.now() - started) / 1000)
      console.log(
        `${red ? 'caught    ' : 'NOT CAUGHT'}  ${one.name} (${one.file}, ${seconds} s)${red ? ` by ${found.first}` : ''}`,
      )
    }
  }),
)
rmSync(join(root, '.wrangler/breakages'), { recursive: true, force: true })
console.log(`${chosen.length} breakages, ${caught} caught`)
process.exit(caught === chosen.length ? 0 : 1)
