// Everything that is tested, added up; the last line is the verdict.
import { findBrowser } from './browser.mjs'
import { checks, countsOf, dryRun, passes } from './checks.mjs'
import { closingLine } from './plain-summary.mjs'

const total = { passed: 0, failed: 0, skipped: 0 }
const add = (counts) => Object.keys(total).forEach((key) => (total[key] += counts[key]))
const check = (one) => add(passes(one) ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 })

checks.forEach(check)
add(countsOf('vitest run'))
if (findBrowser()) {
  add(countsOf('node local/e2e.mjs'))
} else {
  add({ passed: 0, failed: 1, skipped: 0 })
  console.error(
    '浏览器故事没有运行：没有找到 Chromium、Chrome 或 Edge。请安装其一，或用 CHROMIUM 指明路径；本次测试因此不算通过。',
  )
}
check(dryRun)
console.log(closingLine(total))
process.exit(total.failed > 0 ? 1 : 0)
