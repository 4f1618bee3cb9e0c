import { afterEach, it, vi } from 'vitest'
import PlainSummary, { stalled } from '../../local/plain-summary.mjs'

const minute = 60_000

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

it('ends a run in which nothing happens any more, says where it stood, and lets one that goes on be', ({ expect }) => {
  vi.useFakeTimers()
  const exit = vi.spyOn(process, 'exit').mockImplementation(vi.fn<() => never>())
  const said = vi.spyOn(console, 'error').mockReturnValue()
  const reporter = new PlainSummary()
  reporter.onTestRunStart()
  for (let n = 0; n < 5; n++) {
    vi.advanceTimersByTime(3 * minute)
    reporter.onTestModuleStart({ relativeModuleId: `tests/worker/${n}.test.ts` })
  }
  expect(exit).not.toHaveBeenCalled()
  vi.advanceTimersByTime(5 * minute)
  expect(exit).toHaveBeenCalledWith(stalled)
  expect(said).toHaveBeenCalledWith(expect.stringContaining('tests/worker/4.test.ts'))

  exit.mockClear()
  reporter.onTestCaseReady({ fullName: 'a test', module: { relativeModuleId: 'tests/worker/5.test.ts' } })
  vi.spyOn(console, 'log').mockReturnValue()
  reporter.onTestRunEnd([])
  vi.advanceTimersByTime(60 * minute)
  expect(exit).not.toHaveBeenCalled()
})
