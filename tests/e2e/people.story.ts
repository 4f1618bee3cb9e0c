import { afterAll, it } from 'vitest'
import { choose, findings, forgetProfiles, home, open, shot, signIn } from './browser'

afterAll(forgetProfiles)

it('人员：管理员开通账号，本人用当面告知的密码登录，停用后立即进不去', async ({ expect }) => {
  const [admin, newcomer] = await Promise.all([open('desk'), open('phone')])
  try {
    await signIn(admin, 'lehua.admin')
    await admin.page.goto(`${home}/admin/s/lehua/people`)
    await admin.page.getByRole('button', { name: '开通账号' }).click()
    const dialog = admin.page.getByRole('dialog', { name: '开通账号' })
    const username = `lehua.new${Date.now() % 1_000_000}`
    await dialog.getByLabel(/^姓名/).fill('演示新人')
    await dialog.getByLabel(/^用户名/).fill(username)
    await dialog.getByRole('button', { name: '开通账号' }).click()
    await dialog.getByText('请选择负责的范围').waitFor()
    await dialog.getByLabel(/^负责的网格/).click()
    await admin.page.keyboard.type('明哲第二')
    await admin.page.keyboard.press('Enter')
    await shot(admin, '30-appoint')
    await dialog.getByLabel(/^初始密码/).click()
    await dialog.getByRole('button', { name: '开通账号' }).click()
    const handed = admin.page.getByRole('dialog', { name: '账号已开通' })
    const password = await handed.locator('code').innerText()
    await shot(admin, '31-handed-over')
    await handed.getByRole('button', { name: '已记下' }).click()

    await newcomer.page.goto(`${home}/sign-in`)
    await newcomer.page.getByLabel('用户名').fill(username)
    await newcomer.page.getByLabel('密码').fill(password)
    await newcomer.page.getByRole('button', { name: '登录' }).click()
    // A password that somebody else knows is good for choosing one's own.
    await newcomer.page.getByLabel('新密码', { exact: true }).fill('我家门前有三棵很大的榕树呀')
    await newcomer.page.getByLabel('再填一次新密码').fill('我家门前有三棵很大的榕树呀')
    await shot(newcomer, '32-own-password')
    await newcomer.page.getByRole('button', { name: '保存并继续' }).click()
    await newcomer.page.waitForURL(/\/m\/s\/lehua/)
    await newcomer.page.getByRole('heading', { name: '个人信息告知' }).waitFor()
    await shot(newcomer, '32-notice')
    await newcomer.page.getByRole('button', { name: '我已阅读' }).click()
    await newcomer.page.getByText('演示新人').first().waitFor()

    await choose(admin, '操作：演示新人', '停用岗位')
    await admin.page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
    await admin.page.getByText('演示新人的岗位已停用。').waitFor()
    const status = await newcomer.page.evaluate(async () => (await (await fetch('/api/me')).json()).posts.length)
    expect(status).toBe(0)
  } catch (error) {
    await Promise.all([shot(admin, 'failed-people-0'), shot(newcomer, 'failed-people-1')]).catch(() => undefined)
    throw error
  } finally {
    await Promise.all([admin.close(), newcomer.close()])
  }
})

it('电话：管理员填写后列表只显示掩码，查看一次留痕一次', async ({ expect }) => {
  const admin = await open('desk')
  const { page } = admin
  try {
    await signIn(admin, 'lehua.admin')
    await page.goto(`${home}/admin/s/lehua/people`)
    const row = page.getByRole('row').filter({ hasText: '社区书记' }).first()
    await row.getByRole('button', { name: /的个人信息$/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: '填写电话' }).click()
    const asked = page.getByRole('dialog', { name: /的电话$/ })
    await asked.getByLabel(/电话号码/).fill('138 0000 0000')
    await asked.getByRole('button', { name: '保存' }).click()
    await row.getByText('138****0000').waitFor()
    await row.getByRole('button', { name: /查看.*完整电话/ }).click()
    await row.getByText('13800000000').waitFor()
    await shot(admin, '33-phone-seen')
    expect(await findings(admin)).toEqual([])
    await row.getByRole('button', { name: /^隐藏/ }).click()
    await row.getByText('138****0000').waitFor()

    await page.goto(`${home}/admin/s/lehua/audit`)
    const first = page.getByRole('row').nth(1)
    await first.getByText('查看完整联系方式').waitFor()
    await shot(admin, '34-audit')
    expect(admin.trouble).toEqual([])
  } catch (error) {
    await shot(admin, 'failed-phone').catch(() => undefined)
    throw error
  } finally {
    await admin.close()
  }
})
