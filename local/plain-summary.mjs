import { writeFileSync } from 'node:fs'

/** Longer than any test or any making ready of a file takes, on a machine that is busy. */
const patience = (process.env.FULL_SIZE ? 20 : 4) * 60_000

/** How a run ends that stood still (EX_TEMPFAIL of sysexits.h): nothing is known of what was not run. */
export const stalled = 75

/**
 * A vitest reporter that closes with `113 passed, 0 failed`. Where `SUMMARY_FILE` names a file, the counts are written
 * there instead, for the command that adds them up.
 *
 * A test that waits too long fails by its own limit. Nothing bounds what lies between two files: there, in workerd, what
 * waits for a request that is over waits for ever. So a run in which nothing happens any more is ended here, and says
 * where it stood.
 */
export default class PlainSummary {
  #last = ''
  #timer

  onTestRunStart() {
    this.#alive('the start of the run')
  }

  onTestModuleQueued({ relativeModuleId }) {
    this.#alive(`${relativeModuleId} (queued)`)
  }

  onTestModuleStart({ relativeModuleId }) {
    this.#alive(relativeModuleId)
  }

  onTestCaseReady({ fullName, module }) {
    this.#alive(`${module.relativeModuleId} > ${fullName}`)
  }

  onTestCaseResult({ fullName, module }) {
    this.#alive(`${module.relativeModuleId} > ${fullName} (ended)`)
  }

  onTestModuleEnd({ relativeModuleId }) {
    this.#alive(`${relativeModuleId} (ended)`)
  }

  #alive(where) {
    this.#last = where
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      console.error(`Nothing has happened for ${patience / 60_000} minutes. The last was: ${this.#last}`)
      process.exit(stalled)
    }, patience)
    this.#timer.unref()
  }

  onTestRunEnd(modules, unhandled = []) {
    clearTimeout(this.#timer)
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
