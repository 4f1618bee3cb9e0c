import { writeFileSync } from 'node:fs'

/**
 * A vitest reporter that closes with `113 passed, 0 failed`. Where `SUMMARY_FILE` names a file, the counts are written
 * there instead, for the command that adds them up.
 */
export default class PlainSummary {
  onTestRunEnd(modules, unhandled = []) {
    const counts = { passed: 0, failed: unhandled.length, skipped: 0 }
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state in counts) counts[state]++
      }
      // A file that could not be loaded has no tests to fail.
      if (module.state() === 'failed' && module.errors().length > 0) counts.failed++
    }
    const file = process.env.SUMMARY_FILE
    if (file) writeFileSync(file, JSON.stringify(counts))
    else console.log(closingLine(counts))
  }
}

/** `113 passed, 0 failed`, with what was skipped where anything was. */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`
}
