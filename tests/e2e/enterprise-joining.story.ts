import { afterAll, it } from 'vitest'
import { findings, forgetProfiles, home, open, shot, signIn } from './browser'

afterAll(forgetProfiles)

it(
  'enterprise 加入：扫墙上的二维码，填街道告知的六位数，建账号，只看得到自己的单位',
  { timeout: 120_000 },
  async ({ expect }) => {
    const [admin, principal] = [await open('desk'), await open('phone')]
    const axe: string[] = []
    try {
      await signIn(admin, 'lehua.admin')
      const { page: desk } = admin
      await desk.goto(`${home}/admin/s/lehua/enterprises`)
      // A unit that nobody of the demonstration answers for.
      const link = desk.locator('table a[href*="/enterprises/ent_"]').nth(2)
      const name = (await link.textContent()) ?? ''
      await link.click()
      await desk.getByRole('heading', { level: 1, name }).waitFor()

      await desk.getByRole('button', { name: '二维码' }).click()
      await desk.getByRole('button', { name: '制作二维码' }).click()
      const code = (await desk.getByText(/^编号 /).textContent())?.replaceAll(/[^0-9A-Z]/g, '') ?? ''
      await desk.getByRole('img', { name: `${name}的二维码` }).waitFor()
      await shot(admin, '41-poster')
      axe.push(...(await findings(admin)))
      await desk.getByRole('link', { name }).click()
      await desk.getByRole('button', { name: '发放加入码' }).click()
      await desk.getByRole('button', { name: '企业主要负责人' }).click()
      const digits = (await desk.locator('.joining-digits').textContent()) ?? ''
      await shot(admin, '42-joining-code')

      const { page } = principal
      await page.goto(`${home}/q/${code}`)
      await page.getByRole('heading', { level: 1, name }).waitFor()
      await shot(principal, '43-phone-poster')
      axe.push(...(await findings(principal)))
      await page.getByRole('link', { name: /首次使用/ }).click()
      await page.getByLabel('姓名').fill('示例人')
      await page.getByLabel(/加入码/).fill('000000')
      await page.getByRole('button', { name: '加入' }).click()
      await page.getByText('加入码不对').waitFor()
      await page.getByLabel(/加入码/).fill(digits)
      await shot(principal, '44-phone-join')
      axe.push(...(await findings(principal)))
      await page.getByRole('button', { name: '加入' }).click()
      await page.getByRole('button', { name: '没有账号，新建一个' }).click()
      await page.getByLabel('姓名').fill('示例人')
      await page.getByLabel('用户名').fill(`shop.${Date.now() % 1_000_000}`)
      await page.getByLabel('密码', { exact: true }).fill('门前有三棵很大很大的榕树')
      await page.getByLabel('再填一次密码').fill('门前有三棵很大很大的榕树')
      await page.getByRole('button', { name: '建立账号并接受' }).click()
      await page.waitForURL(/\/m\/s\/lehua/)
      await page.getByRole('button', { name: '我已阅读' }).click()
      await page.getByRole('heading', { level: 1 }).waitFor()
      // Beside its wall or at home: the unit's own code opens the unit's own file, and it is the only one there is.
      await page.goto(`${home}/m/s/lehua/posters/${code}`)
      await page.getByRole('heading', { level: 1, name }).waitFor()
      await page.goto(`${home}/m/s/lehua/enterprises`)
      await page.getByText(name).waitFor()
      expect(await page.locator('a[href*="/enterprises/ent_"]').count()).toBe(1)
      expect(axe).toEqual([])
      // Nobody was signed in at first, and the first digits were wrong.
      expect(principal.trouble.filter((line) => !/status of (401|422)/.test(line))).toEqual([])
    } catch (error) {
      await shot(admin, 'failed-joining-desk').catch(() => undefined)
      await shot(principal, 'failed-joining-phone').catch(() => undefined)
      throw error
    } finally {
      await Promise.all([admin.close(), principal.close()])
    }
  },
)
