import { afterAll, it } from 'vitest'
import { choose, forgetProfiles, home, open, shot, signIn } from './browser'

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
    await newcomer.page.waitForURL(/\/m\/s\/lehua/)
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
