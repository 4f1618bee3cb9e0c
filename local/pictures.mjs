// Takes the pictures of docs/pictures anew from the running product with its demonstration: `npm run pictures`.
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { findBrowser } from './browser.mjs'
import { closeStage, openStage, root } from './stage.mjs'

const [admin, grid, shop, district] = ['lehua.admin', 'lehua.grid', 'lehua.shop', 'zone.admin']
const desk = '/admin/s/lehua'
const phone = '/m/s/lehua'
/** Each waits for a word that only stands there once the page has what it asked for; `by` is a link to go on by. */
const pictures = [
  { name: 'workbench', who: admin, at: desk, until: '即将到期' },
  { name: 'ledger', who: admin, at: `${desk}/hazards`, until: /^第 1 页|加载更多|^共/ },
  { name: 'register', who: admin, at: `${desk}/enterprises`, until: /^共 \d+ 条$/ },
  {
    name: 'enterprise-file',
    who: admin,
    at: `${desk}/enterprises`,
    by: '示例明哲电动车充电站',
    until: '自查与检查的记录差别',
  },
  { name: 'draw', who: admin, at: `${desk}/draws/new`, until: /符合范围的在营单位/ },
  { name: 'differences', who: admin, at: `${desk}/selfchecks?view=signals`, until: '同类问题反复' },
  { name: 'ranking', who: district, at: '/admin/d/zetdz/rankings', until: '乐华街道' },
  { name: 'phone-today', who: grid, at: phone, until: /更新于/ },
  { name: 'phone-file', who: grid, at: `${phone}/file`, until: '相册' },
  { name: 'phone-check', who: grid, at: phone, by: '待检查', until: '签署并提交' },
  { name: 'phone-enterprise', who: shop, at: phone, until: '等街道办理' },
  { name: 'phone-selfcheck', who: shop, at: `${phone}/selfcheck`, until: '确认并提交' },
  { name: 'notice', who: null, at: '/p/zetdz', by: /通报/, until: '演示数据' },
]
const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

const executablePath = findBrowser()
if (!executablePath) {
  console.error('没有找到 Chromium、Chrome 或 Edge。请安装其一，或用 CHROMIUM 指明路径。')
  process.exit(1)
}
const stage = await openStage()
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
try {
  for (const picture of pictures) await take(picture)
} finally {
  await browser.close()
  await closeStage(stage)
}

async function take({ name, who, at, by, until }) {
  const size = at.startsWith('/admin') ? sizes.desk : sizes.phone
  const context = await browser.newContext({
    baseURL: stage.address,
    viewport: size,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  if (who) {
    await page.goto(`/sign-in?back=${encodeURIComponent(at)}`)
    await page.getByLabel('用户名').fill(who)
    await page.getByLabel('密码').fill('Zhiben-2026-demo')
    await page.getByRole('button', { name: '登录' }).click()
  } else await page.goto(at)
  if (by === '待检查') await page.getByRole('region', { name: by }).getByRole('link').first().click()
  else if (by) await page.getByRole('link', { name: by }).first().click()
  await page.getByText(until).first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.screenshot({ path: join(root, 'docs/pictures', `${name}.jpg`), type: 'jpeg', quality: 80 })
  await context.close()
  console.log(`docs/pictures/${name}.jpg`)
}
