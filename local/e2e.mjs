// Starts the product on a fresh data folder and plays the stories of tests/e2e in a browser.
// `npm run e2e -- --grep 上报` plays those whose name contains the word.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findBrowser } from './browser.mjs'
import { closingLine } from './plain-summary.mjs'
import { closeStage, openStage, root } from './stage.mjs'

const { values, positionals } = parseArgs({ options: { grep: { type: 'string' } }, allowPositionals: true })
const browser = findBrowser()
if (!browser) {
  console.error('没有找到 Chromium、Chrome 或 Edge。请安装其一，或用 CHROMIUM 指明路径。')
  process.exit(1)
}

const playing = []
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => playing.forEach((one) => one.kill('SIGTERM')))
// A browser waits more than it works, and walking through all pages takes as long as everything else: so that is done
// beside it, each with a product and a data folder of its own.
const walk = 'tests/e2e/pages.story.ts'
const whole = values.grep === undefined && positionals.length === 0
const parts = whole ? [[walk], ['--exclude', walk]] : [positionals]
const stages = []
const total = { passed: 0, failed: 0, skipped: 0 }
let code = 0
try {
  // One after the other: the first builds the client that both serve.
  for (const part of parts) stages.push({ part, ...(await openStage()) })
  code = (await Promise.all(stages.map(play))).find((ended) => ended !== 0) ?? 0
} catch (error) {
  console.error(error)
  code = 1
} finally {
  await Promise.all(stages.map(closeStage))
}
const file = process.env['SUMMARY_FILE']
if (file) writeFileSync(file, JSON.stringify(total))
else console.log(closingLine(total))
process.exit(code)

/** Plays a part of the stories there, adds up what came of it, and resolves with how it ended. */
async function play({ part, data, address }) {
  const counts = join(data, 'counts.json')
  const filter = values.grep === undefined ? [] : ['-t', values.grep]
  const stories = spawn(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--config',
      'tests/e2e/vitest.config.ts',
      '--reporter=default',
      '--reporter=./local/plain-summary.mjs',
      ...filter,
      ...part,
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        // Vite claims BASE_URL for itself, so stories read ZHIBEN_URL.
        ZHIBEN_URL: address,
        BASE_URL: address,
        CHROMIUM: browser,
        CONTROL: join(data, 'control.json'),
        ZHIBEN_DATA: data,
        SUMMARY_FILE: counts,
      },
    },
  )
  playing.push(stories)
  const [ended] = await once(stories, 'exit')
  if (existsSync(counts)) {
    const played = JSON.parse(readFileSync(counts, 'utf8'))
    for (const key of Object.keys(total)) total[key] += played[key]
  }
  return ended ?? 1
}
