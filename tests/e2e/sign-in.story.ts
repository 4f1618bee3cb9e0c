import { Secret, TOTP } from 'otpauth'
import { afterAll, it } from 'vitest'
import { demoPassword, findings, forgetProfiles, fullSize, home, open, shot, signIn } from './browser'
import { ownProduct } from './product'

afterAll(forgetProfiles)

const words = '一句只有我自己知道的好记的话'

it('第二因素：启用后登录要动态码，手机不在身边时用恢复码，停用后只要密码', async ({ expect }) => {
  const [here, there] = [await open('desk'), await open('desk')]
  try {
    await signIn(here, 'quanzhuang.admin', '/admin/security')
    const { page } = here
    await page.getByRole('button', { name: '启用' }).click()
    await page.getByRole('button', { name: '开始设置' }).click()
    const key = (await page.locator('.factor-key').innerText()).replaceAll(' ', '')
    const code = new TOTP({ secret: Secret.fromBase32(key) }).generate()
    await page.getByLabel(/^第二步/).fill(code)
    await shot(here, '40-enrol')
    expect(await findings(here)).toEqual([])
    await page.getByRole('button', { name: '确认启用' }).click()
    await page.locator('.factor-codes').waitFor()
    const codes = await page.locator('.factor-codes code').allInnerTexts()
    expect(codes).toHaveLength(10)
    expect(await page.getByRole('button', { name: '完成' }).isDisabled()).toBe(true)
    await page.getByLabel('我已保存恢复码').check()
    await page.getByRole('button', { name: '完成' }).click()
    await page.getByText('已启用').first().waitFor()

    const other = there.page
    await other.goto(`${home}/sign-in`)
    await other.getByLabel('用户名').fill('quanzhuang.admin')
    await other.getByLabel('密码').fill(demoPassword)
    await other.getByRole('button', { name: '登录' }).click()
    // The code that enrolled it was taken already.
    await other.getByLabel('6 位动态码').fill(code)
    await other.getByRole('button', { name: '继续' }).click()
    await other.getByText(/已经用过/).waitFor()
    await other.getByRole('button', { name: /用恢复码/ }).click()
    await other.getByLabel('恢复码').fill(codes[0] ?? '')
    await shot(there, '41-recovery-code')
    expect(await findings(there)).toEqual([])
    await other.getByRole('button', { name: '继续' }).click()
    await other.waitForURL(/\/admin\/s\/quanzhuang/)

    // Both are listed, and the other is ended from here.
    await page.reload()
    await page.getByRole('button', { name: /^结束登录/ }).click()
    await page.getByText('已结束。').waitFor()
    await other.goto(`${home}/admin/s/quanzhuang`)
    await other.waitForURL(/\/sign-in/)

    await page.getByRole('button', { name: '停用' }).click()
    const dialog = page.getByRole('dialog', { name: '停用第二因素' })
    await dialog.getByLabel('密码').fill(demoPassword)
    await dialog.getByRole('button', { name: '停用' }).click()
    await page.getByText('未启用').first().waitFor()
  } catch (error) {
    await Promise.all([shot(here, 'failed-factor-0'), shot(there, 'failed-factor-1')]).catch(() => undefined)
    throw error
  } finally {
    await Promise.all([here.close(), there.close()])
  }
})

it('再次验证：重要操作先问密码，验证后自动继续，编号不变；链接只能用一次', async ({ expect }) => {
  const [admin, phone] = [await open('desk'), await open('phone')]
  try {
    await signIn(admin, 'lehua.admin', '/admin/s/lehua/people')
    const { page } = admin
    const newcomer = {
      id: `usr_${Date.now().toString(36).padStart(10, '0')}story`,
      postId: `pst_${Date.now().toString(36).padStart(10, '0')}story`,
      name: '演示链接人',
      username: `lehua.link${Date.now() % 1_000_000}`,
      password: 'mnq7k-2hd9p-x4wze',
    }
    const keys: string[] = []
    // As if the sign-in had been long ago: the first request is told to prove itself again.
    await page.route('**/people/*/link', async (route) => {
      keys.push(route.request().headers()['idempotency-key'] ?? '')
      if (keys.length > 1) return route.continue()
      return route.fulfill({
        status: 403,
        contentType: 'application/problem+json',
        body: JSON.stringify({ type: 'urn:zhiben:problem:verify-again', title: '再次验证', status: 403 }),
      })
    })
    await page.evaluate(async (made) => {
      const { posts } = (await (await fetch('/api/me')).json()) as { posts: { id: string }[] }
      const here = `/api/streets/${posts[0]?.id}`
      const { grids } = (await (await fetch(`${here}/places`)).json()) as { grids: { id: string }[] }
      const { status } = await fetch(`${here}/people`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify({ ...made, role: 'grid-worker', reach: { within: 'grids', ids: [grids[0]?.id] } }),
      })
      if (status !== 201) throw new Error(`Not made: ${status}`)
    }, newcomer)
    await page.goto(`${home}/admin/s/lehua/people?name=${encodeURIComponent(newcomer.name)}`)
    await page.getByRole('button', { name: `账号：${newcomer.name}` }).click()
    await page.getByRole('dialog').getByText('正在登录').waitFor()
    const answered = page.waitForResponse((response) => response.url().endsWith('/link') && response.status() === 201)
    await page.getByRole('button', { name: '生成设置密码链接' }).click()
    const again = page.getByRole('dialog', { name: '请再次验证身份' })
    await again.getByLabel('密码').fill('不是这个密码')
    await again.getByRole('button', { name: '验证并继续' }).click()
    await again.getByText('密码不正确').waitFor()
    await shot(admin, '42-verify-again')
    expect(await findings(admin)).toEqual([])
    await again.getByLabel('密码').fill(demoPassword)
    await again.getByRole('button', { name: '验证并继续' }).click()
    const { path } = (await (await answered).json()) as { path: string }
    await page.getByRole('img', { name: '设置密码链接二维码' }).waitFor()
    await shot(admin, '43-link')
    expect(new Set(keys).size).toBe(1)
    expect(keys).toHaveLength(2)

    await phone.page.goto(home + path)
    await phone.page.getByLabel('新密码').fill('password123456')
    await phone.page.getByLabel('再填一次').fill('password123456')
    await phone.page.getByRole('button', { name: '设置并登录' }).click()
    await phone.page.getByText(/请换一/).waitFor()
    // The token has left the address.
    expect(phone.page.url()).toBe(`${home}/set-password`)
    await phone.page.getByLabel('新密码').fill(words)
    await phone.page.getByLabel('再填一次').fill(words)
    await shot(phone, '44-set-password')
    await phone.page.getByRole('button', { name: '设置并登录' }).click()
    await phone.page.waitForURL(/\/m\/s\/lehua/)
    await phone.page.getByRole('button', { name: '我已阅读' }).click()

    await phone.page.goto(home + path)
    await phone.page.getByLabel('新密码').fill(words)
    await phone.page.getByLabel('再填一次').fill(words)
    await phone.page.getByRole('button', { name: '设置并登录' }).click()
    await phone.page.getByText(/链接无效、已使用或已过期/).waitFor()
  } catch (error) {
    await Promise.all([shot(admin, 'failed-again-0'), shot(phone, 'failed-again-1')]).catch(() => undefined)
    throw error
  } finally {
    await Promise.all([admin.close(), phone.close()])
  }
})

it.runIf(fullSize)('空部署：一次性链接建立首个平台运维账号，用后此门关闭', { timeout: 120_000 }, async ({ expect }) => {
  const product = await ownProduct({ ZHIBEN_DEMO: 'none' })
  const window = await open('desk')
  try {
    await product.start()
    const link = /http\S+\/setup#\S+/.exec(product.said())?.[0] ?? ''
    const { page } = window
    await page.goto(link)
    await page.getByLabel('姓名').fill('平台运维')
    await page.getByLabel('用户名').fill('first.operator')
    await page.getByLabel('密码').fill(words)
    await shot(window, '45-setup')
    expect(await findings(window)).toEqual([])
    await page.getByRole('button', { name: '建立账号并登录' }).click()
    await page.waitForURL(/\/admin\/platform/)
    await page.getByRole('button', { name: '我已阅读' }).click()
    await page.getByRole('heading', { name: '租户与运行' }).waitFor()
    await page.goto(link)
    await page.getByText('没有找到这个页面').waitFor()
    const door = async (method: string) =>
      (
        await fetch(`${product.address}/api/setup`, {
          method,
          headers: { origin: product.address, 'content-type': 'application/json' },
          ...(method === 'PUT' && {
            body: JSON.stringify({ token: 'x', name: 'x', username: 'xxx', password: words }),
          }),
        })
      ).status
    expect([await door('GET'), await door('PUT')]).toEqual([404, 404])
    await product.stop()
    await product.start()
    expect(product.said()).not.toContain('/setup#')
    expect(await door('GET')).toBe(404)
  } catch (error) {
    await shot(window, 'failed-setup').catch(() => undefined)
    throw error
  } finally {
    await window.close()
    await product.forget()
  }
})
