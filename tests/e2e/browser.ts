import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import axe from 'axe-core'
import { type BrowserContext, type Page, type Request, chromium } from 'playwright-core'

/** Stories whose steps others go through too are played with `FULL_SIZE=1` alone, for the time they take. */
export const fullSize = process.env['FULL_SIZE'] === '1'

/** Where the product under test answers. */
export const home = process.env['ZHIBEN_URL'] ?? ''
export const demoPassword = 'Zhiben-2026-demo'
const shots = path.resolve(import.meta.dirname, '.shots')

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A person's own browser window: another person has another, and `again` opens the same profile after a close. */
export interface Window {
  readonly page: Page
  readonly context: BrowserContext
  /** What the page reported as broken: console errors and policy violations. */
  readonly trouble: string[]
  /** Waits until the page has all it asked for. */
  readonly settled: () => Promise<void>
  readonly again: () => Promise<Window>
  readonly close: () => Promise<void>
}

const profiles: string[] = []

/** Opens a window: `phone` at 390 px, `desk` at 1440 px. */
export async function open(
  kind: 'phone' | 'desk',
  profile = mkdtempSync(path.join(tmpdir(), 'zhiben-story-')),
): Promise<Window> {
  profiles.push(profile)
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    headless: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // Nothing moves under a click.
    reducedMotion: 'reduce',
    args: flags,
    viewport: kind === 'phone' ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    ...(kind === 'phone' && { hasTouch: true, isMobile: true, deviceScaleFactor: 2 }),
  })
  const page = context.pages()[0] ?? (await context.newPage())
  page.setDefaultTimeout(20_000)
  const trouble: string[] = []
  const asked = new Set<Request>()
  page.on('request', (request) => asked.add(request))
  for (const end of ['requestfinished', 'requestfailed'] as const) page.on(end, (request) => asked.delete(request))
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content.Security.Policy/i.test(message.text()))
      trouble.push(`${page.url()} ${message.text()}`)
  })
  page.on('pageerror', (error) => trouble.push(`${page.url()} ${String(error)}`))
  return {
    page,
    context,
    trouble,
    settled: async () => {
      // What an answer asks for next is asked for within the frames after it.
      for (let still = 0; still < 3; still = asked.size === 0 ? still + 1 : 0) {
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 10))))
      }
    },
    again: () => open(kind, profile),
    close: () => context.close(),
  }
}

/** Takes away the profiles of all windows. */
export function forgetProfiles(): void {
  for (const profile of profiles.splice(0)) rmSync(profile, { recursive: true, force: true })
}

export async function signIn({ page }: Window, username: string, back = '/', address = home): Promise<void> {
  await page.goto(`${address}/sign-in?back=${encodeURIComponent(back)}`)
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码').fill(demoPassword)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

/** Chooses an action from the menu of a row. */
export async function choose({ page }: Window, button: string, action: string): Promise<void> {
  await page.getByRole('button', { name: button }).first().click()
  const item = page.getByRole('menuitem', { name: action }).first()
  await item.waitFor()
  // The menu finds its place beside the button once it knows its own size.
  await page.waitForTimeout(400)
  await item.click()
}

/** Keeps a picture of the page for people to look at. */
export async function shot({ page }: Window, name: string): Promise<void> {
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: path.join(shots, `${name}.png`) })
}

/** What axe finds on the page as it stands, or within what `part` selects of it; one line a finding. */
export async function findings({ page }: Window, part?: string): Promise<string[]> {
  // The whole page in view at once: what a bar at the edge of the screen half covers, a person scrolls free.
  const size = page.viewportSize()
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  if (size) await page.setViewportSize({ ...size, height: Math.max(size.height, height) })
  // Handed in as text: a sandboxed preview takes no script, and waiting for it would never end. What it shows is
  // looked at under its own address.
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(
    async (within) =>
      // @ts-expect-error The line before put it there.
      (globalThis.axe as typeof axe).run(within ?? document, {
        iframes: false,
        resultTypes: ['violations'],
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      }),
    part,
  )
  if (size) await page.setViewportSize(size)
  const where = new URL(page.url()).pathname
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${where} ${id} ${target.join(' ')}`))
}
