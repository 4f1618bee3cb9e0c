import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it, vi } from 'vitest'
import { countsOf } from '../../local/checks.mjs'
import { stalled } from '../../local/plain-summary.mjs'

it('begins a run that stood still once more, and takes no other run for one that did', ({ expect }) => {
  vi.spyOn(console, 'error').mockReturnValue()
  const folder = mkdtempSync(join(tmpdir(), 'zhiben-checks-'))
  const begun = join(folder, 'begun')
  const times = () => readFileSync(begun, 'utf8').length
  const counts = '{"passed":3,"failed":0,"skipped":0}'
  try {
    const once = `printf x >> ${begun}; [ "$(cat ${begun})" = xx ] || exit ${stalled}; printf '${counts}' > "$SUMMARY_FILE"`
    expect(countsOf(once)).toEqual({ passed: 3, failed: 0, skipped: 0 })
    expect(times()).toBe(2)
    rmSync(begun)
    expect(countsOf(`printf x >> ${begun}; exit ${stalled}`)).toEqual({ passed: 0, failed: 1, skipped: 0 })
    expect(times()).toBe(2)
    rmSync(begun)
    expect(countsOf(`printf x >> ${begun}; printf '${counts}' > "$SUMMARY_FILE"; exit 1`).failed).toBe(1)
    expect(times()).toBe(1)
  } finally {
    rmSync(folder, { recursive: true, force: true })
    vi.restoreAllMocks()
  }
})
