import { writeFileSync } from 'node:fs'

/**
 * A vitest reporter that writes to the file `TRIAL_FILE` what became of each test, and what the tests said in lines of
 * the form `SIZE 10000` or `BUDGET {…}`: from inside workerd, saying is the only way to hand anything out.
 */
export default class TrialReporter {
  said = []

  onUserConsoleLog({ content }) {
    this.said.push(...content.split('\n').filter((line) => /^(SIZE|BUDGET) /.test(line)))
  }

  onTestRunEnd(modules, unhandled = []) {
    const tests = []
    const errors = unhandled.map(({ message }) => message)
    for (const module of modules) {
      errors.push(...module.errors().map(({ message }) => message))
      for (const test of module.children.allTests()) {
        const { state, errors: failures = [] } = test.result()
        tests.push({ name: test.fullName, state })
        errors.push(...failures.map(({ message }) => `${test.fullName}: ${message}`))
      }
    }
    writeFileSync(process.env.TRIAL_FILE, JSON.stringify({ tests, errors, said: this.said }))
  }
}
