// What must be green before a change is done: types, lint, format, architecture, and a bundle that could be deployed.
import { checks, dryRun, passes } from './checks.mjs'

const architecture = ['architecture', 'vitest run --project node tests/architecture']
const failed = [...checks, architecture, dryRun].filter((check) => !passes(check))
if (failed.length > 0) console.error(`未通过：${failed.map(([name]) => name).join('、')}`)
process.exit(failed.length > 0 ? 1 : 0)
