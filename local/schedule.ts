import { parseArgs } from 'node:util'
import { askControl, runningAt } from './control'
import type { ScheduleOutcome } from './schedule-run'

const { values } = parseArgs({ options: { at: { type: 'string' } } })
const at = Date.parse(values.at ?? '')
if (Number.isNaN(at) || !/(Z|[+-]\d{2}:\d{2})$/.test(values.at ?? '')) {
  fail('用法：npm run schedule -- --at 2026-11-04T01:00+08:00（须写明时区）')
}
if (!(await runningAt())) fail('系统没有在运行，请先在另一个窗口执行 npm start。')

const { status, body } = await askControl('/schedule', { at })
const { error, done = [], failed = [] } = body as Partial<ScheduleOutcome> & { error?: string }
for (const name of done) console.log(`done    ${name}`)
for (const { key, error: reason } of failed) console.error(`failed  ${key}: ${reason ?? ''}`)
if (status !== 200) fail(`schedule ${values.at}: ${error ?? `${failed.length} jobs failed`}`)
console.log(`schedule ${values.at}: ${done.length} jobs done`)

function fail(why: string): never {
  console.error(why)
  process.exit(1)
}
