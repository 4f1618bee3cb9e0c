import type { Locator, Page } from 'playwright-core'
import { afterAll, it } from 'vitest'
import { findings, forgetProfiles, home, open, shot, signIn } from './browser'
import { largePicture, picture } from './picture'

afterAll(forgetProfiles)

it('检查 inspection：两项不合格，双方签字，生成两条隐患', async ({ expect }) => {
  let phone = await open('phone')
  const sent: Promise<number>[] = []
  const watch = ({ page }: typeof phone) =>
    page.on('requestfinished', (request) => {
      if (request.method() === 'PUT' && request.url().includes('/photos/'))
        sent.push(request.allHeaders().then((headers) => Number(headers['content-length'])))
    })
  watch(phone)
  const axe: string[] = []
  // Besides typing and signing, as the budget counts them; the camera's own buttons are the phone's.
  let taps = 0
  const tap = async (target: Locator) => {
    taps++
    await target.click()
  }
  const take = async (target: Locator, seed: number) => {
    taps++
    await target.setInputFiles(picture(seed))
  }
  const item = (page: Page, text: string) => page.locator('.m-item').filter({ hasText: text })
  try {
    await signIn(phone, 'lehua.grid', '/m/s/lehua')
    const { page } = phone
    const due = page.getByRole('region', { name: '待检查' })
    await due.waitFor()
    await shot(phone, '30-phone-due')
    await tap(due.getByRole('link').first())
    const first = page.locator('.m-item').first()
    await first.waitFor()
    const [one, two] = await page
      .locator('.m-item')
      .evaluateAll((items) => items.slice(0, 2).map((each) => each.querySelector('legend')?.textContent ?? ''))
    axe.push(...(await findings(phone)))

    await tap(item(page, one ?? '').getByText('不合格', { exact: true }))
    await take(
      item(page, one ?? '')
        .locator('input[type=file]')
        .first(),
      21,
    )
    await item(page, one ?? '')
      .getByRole('button', { name: '删除第 1 张照片' })
      .waitFor()
    const afterOne = taps
    await shot(phone, '31-phone-failing')

    // The system ends the browser in the middle of it; nothing is lost.
    await page.waitForTimeout(600)
    const { pathname } = new URL(page.url())
    await phone.close()
    phone = await phone.again()
    watch(phone)
    const again = phone.page
    await again.goto(`${home}${pathname}`)
    await again.getByText('上次没有做完的检查还在').waitFor()
    await item(again, one ?? '')
      .getByRole('button', { name: '删除第 1 张照片' })
      .waitFor()

    await item(again, two ?? '')
      .getByText('不合格', { exact: true })
      .click()
    await item(again, two ?? '')
      .locator('input[type=file]')
      .first()
      .setInputFiles(largePicture())
    await item(again, two ?? '')
      .getByRole('button', { name: '删除第 1 张照片' })
      .waitFor()
    const doubt = item(again, two ?? '').getByText('疑似重大', { exact: true })
    if (await doubt.isVisible()) await doubt.click()

    for (const label of ['检查人签字', '单位签字']) await scrawl(again, again.getByRole('img', { name: label }))
    await again.getByLabel('现场负责人姓名').fill('张三')
    axe.push(...(await findings(phone)))
    await shot(phone, '32-phone-signing')
    taps = afterOne
    await tap(again.getByRole('button', { name: '签署并提交' }))
    await again.getByText('已签署，记录不可改动').waitFor({ timeout: 30_000 })
    const hazards = again.getByRole('link', { name: /隐患〔/ })
    expect(await hazards.count()).toBe(2)
    axe.push(...(await findings(phone)))
    await shot(phone, '33-phone-signed')
    console.log(`taps for one failing item: ${taps}`)
    // F7: what a phone sends of a picture is small, whatever the camera makes.
    expect(sent.length).toBeGreaterThanOrEqual(3)
    const largest = Math.max(...(await Promise.all(sent)))
    expect(largest).toBeLessThanOrEqual(400 * 1024)
    expect(largest).toBeGreaterThan(50 * 1024)
    expect(taps).toBeLessThanOrEqual(8)

    await hazards.first().click()
    await again.getByText('来自检查').waitFor()
    expect(axe).toEqual([])
    expect(phone.trouble).toEqual([])
  } catch (error) {
    await shot(phone, 'failed-inspection').catch(() => undefined)
    throw error
  } finally {
    await phone.close().catch(() => undefined)
  }
})

/** Writes something by hand. */
async function scrawl(page: Page, pad: Locator): Promise<void> {
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (!box) throw new Error('There is nothing to sign on')
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const
  await page.mouse.move(...at(0.2, 0.3))
  await page.mouse.down()
  for (const [x, y] of [
    [0.4, 0.7],
    [0.6, 0.3],
    [0.8, 0.7],
  ] as const)
    await page.mouse.move(...at(x, y), { steps: 4 })
  await page.mouse.up()
}
