import { execFileSync } from 'node:child_process'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, it } from 'vitest'
import { addMonths, monthOf } from '@app/shared/time'
import { findings, forgetProfiles, home, open, shot, signIn, type Window } from './browser'
import { picture } from './picture'

afterAll(forgetProfiles)

/** Fires the product's schedule for an instant, by its own command. */
function schedule(at: string): string {
  const run = path.resolve(import.meta.dirname, '../../local/run.mjs')
  return execFileSync(process.execPath, [run, 'schedule', '--at', at], { encoding: 'utf8' })
}

it('闭环：从手机上的一处隐患，到公开的排名', async ({ expect }) => {
  const [grid, admin, inspector, district, deputy, shop, anyone] = await Promise.all([
    open('phone'),
    open('desk'),
    open('desk'),
    open('desk'),
    open('desk'),
    open('phone'),
    open('phone'),
  ])
  const windows = [grid, admin, inspector, district, deputy, shop, anyone]
  const axe: string[] = []
  const seen = async (window: Window, name: string) => {
    await shot(window, name)
    axe.push(...(await findings(window)))
  }
  try {
    await signIn(grid, 'lehua.grid')
    await signIn(shop, 'lehua.shop')
    await signIn(admin, 'lehua.admin')
    await signIn(inspector, 'lehua.inspector')
    await signIn(district, 'zone.admin')
    await signIn(deputy, 'zone.deputy')
    const enterprise = await nameOfEnterprise(shop.page)
    const marker = `疏散通道被纸箱占用（故事${Date.now() % 100000}）`

    // 1 The grid worker files it on the phone.
    await seen(grid, '01-phone-today')
    await grid.page.getByRole('link', { name: '拍隐患' }).first().click()
    await grid.page.locator('input[type=file]').first().setInputFiles(picture(1))
    await grid.page.getByRole('button', { name: '删除第 1 张照片' }).waitFor()
    await grid.page.getByText('疏散通道堵塞', { exact: true }).click()
    await grid.page.getByLabel(/单位/).first().selectOption({ label: enterprise })
    await grid.page.getByLabel('隐患描述').fill(marker)
    await seen(grid, '02-phone-file')
    await grid.page.getByRole('button', { name: '提交' }).click()
    await grid.page
      .getByText(/已上传/)
      .first()
      .waitFor()
    await seen(grid, '03-phone-filed')

    // 2 The street assigns it.
    await admin.page.goto(`${home}/admin/s/lehua`)
    await admin.page.getByRole('heading', { level: 1 }).waitFor()
    await seen(admin, '04-desk-workbench')
    await openRecord(admin.page, marker)
    await seen(admin, '05-desk-record')
    await admin.page.getByRole('button', { name: '交办整改', exact: true }).click()
    const assign = admin.page.getByRole('form', { name: '交办整改' })
    await assign.getByLabel(/整改要求/).fill('当日清空通道，保持畅通')
    await seen(admin, '06-desk-assign')
    await assign.getByRole('button', { name: /^(确认)?交办/ }).click()
    await admin.page.getByText('已交办给').first().waitFor()

    // 3 The enterprise puts it right.
    await shop.page.goto(`${home}/m/s/lehua`)
    await seen(shop, '07-shop-today')
    await shop.page.getByRole('link', { name: '台账' }).click()
    await shop.page.getByText(marker).first().click()
    await shop.page.getByRole('link', { name: /整改/ }).first().waitFor()
    await seen(shop, '07b-shop-record')
    await shop.page.getByRole('link', { name: /整改/ }).first().click()
    await shop.page.locator('input[type=file]').first().setInputFiles(picture(2))
    await shop.page.getByRole('button', { name: '删除第 1 张照片' }).waitFor()
    await shop.page.getByLabel('整改说明').fill('已清空纸箱，通道恢复畅通')
    await seen(shop, '08-shop-rectify')
    await shop.page.getByRole('button', { name: '提交' }).click()
    await shop.page
      .getByText(/待复查|已上传/)
      .first()
      .waitFor()

    // 4 The inspector re-checks.
    await inspector.page.goto(`${home}/admin/s/lehua`)
    await openRecord(inspector.page, marker)
    await inspector.page.getByRole('button', { name: '复查', exact: true }).click()
    const recheck = inspector.page.getByRole('form', { name: '复查' })
    await recheck.getByText(/通过/).first().click()
    await recheck.getByLabel('复查意见').fill('现场复查，通道畅通')
    await seen(inspector, '09-desk-recheck')
    await recheck.getByRole('button', { name: '复查通过' }).click()
    await inspector.page.getByText('已记录复查通过').first().waitFor()

    // 5 The street closes it.
    await admin.page.reload()
    await admin.page.getByRole('button', { name: '销号', exact: true }).click()
    const close = admin.page.getByRole('form', { name: /销号/ })
    await close.getByRole('textbox').first().fill('整改到位，同意销号')
    await close.getByRole('button', { name: /销号/ }).click()
    await admin.page.getByRole('dialog', { name: '确认销号？' }).getByRole('button', { name: '销号' }).click()
    await admin.page.getByText('已销号。').first().waitFor()
    await seen(admin, '10-desk-closed')

    // 6 The schedule scores and ranks the month, once its cut-off has passed.
    const month = monthOf(Date.now())
    const next = addMonths(month, 1)
    expect(schedule(`${next}-04T01:00+08:00`)).toMatch(/jobs done/)

    // 7 The district sees the ranking, down to the record.
    await district.page.goto(`${home}/admin/d/zetdz/rankings?period=${month}`)
    await district.page.getByText('乐华街道').first().waitFor()
    await seen(district, '11-district-ranking')

    // 8 It drafts the notice; another publishes it.
    await district.page.goto(`${home}/admin/d/zetdz/notices`)
    await seen(district, '12-district-notices')
    await draftLatest(district.page)
    await district.page.waitForURL(/\/notices\/ntc_/)
    await district.page.frameLocator('iframe').getByText('得分和排名').first().waitFor()
    await seen(district, '13-district-draft')
    const address = district.page.url()
    await deputy.page.goto(address)
    await deputy.page.getByRole('button', { name: '发布', exact: true }).click()
    await confirmPublication(deputy.page)
    const link = deputy.page.locator('a[href^="/p/zetdz/"]').first()
    await link.waitFor()
    await seen(deputy, '14-district-published')
    const href = (await link.getAttribute('href')) ?? ''

    // 9 Anyone reads it, without signing in.
    await anyone.page.goto(new URL(href, home).href)
    await anyone.page.getByRole('heading', { level: 1 }).waitFor()
    expect(await anyone.page.title()).toContain('演示数据')
    expect(await anyone.page.content()).not.toMatch(/<script/)
    expect(await anyone.page.locator('table').first().innerText()).toContain('乐华街道')
    const styled = await anyone.page.evaluate(
      () => getComputedStyle(document.querySelector('h1') as HTMLElement).textAlign,
    )
    expect(styled).toBe('center')
    await seen(anyone, '15-public-notice')
    await anyone.page.goto(`${home}/p/zetdz`)
    await seen(anyone, '16-public-list')

    expect(axe).toEqual([])
    expect(windows.flatMap(({ trouble }) => trouble)).toEqual([])
  } catch (error) {
    await Promise.all(windows.map((window, at) => shot(window, `failed-${at}`).catch(() => undefined)))
    throw error
  } finally {
    await Promise.all(windows.map((window) => window.close()))
  }
})

async function nameOfEnterprise(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const me = await (await fetch('/api/me')).json()
    const [post] = me.posts
    const { items } = await (await fetch(`/api/streets/${post.id}/places/enterprises`)).json()
    return items[0].name
  })
}

/** Opens a record from the ledger by its description, as a person finds what came in last. */
async function openRecord(page: Page, description: string): Promise<void> {
  await page.goto(`${home}/admin/s/lehua/hazards`)
  await page.getByText(description).first().click()
  await page.getByRole('dialog').getByText(description).first().waitFor()
}

/** Drafts the notice of the month that was just scored, which stands first. */
async function draftLatest(page: Page): Promise<void> {
  await page.getByRole('button', { name: '拟写通报' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '生成初稿' }).click()
}

async function confirmPublication(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '确认发布' }).click()
  await dialog.waitFor({ state: 'hidden' })
}
