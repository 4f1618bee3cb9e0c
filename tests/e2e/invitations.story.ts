import { afterAll, it } from 'vitest'
import { demoPassword, findings, forgetProfiles, fullSize, home, open, shot, signIn, type Window } from './browser'

afterAll(forgetProfiles)

const password = '我家门前有三棵很大的榕树呀'

/** Makes an invitation to a grid's post, and returns the address of its link. */
async function invite({ page }: Window): Promise<string> {
  await page.getByRole('button', { name: '邀请任职' }).click()
  const dialog = page.getByRole('dialog', { name: '邀请任职' })
  await dialog.getByLabel(/^负责的网格/).click()
  await page.keyboard.type('明哲第二')
  await page.keyboard.press('Enter')
  await dialog.getByLabel(/^职务/).fill('兼职网格员')
  await dialog.getByRole('button', { name: '生成链接' }).click()
  const link = page.getByRole('dialog', { name: '任职邀请链接' })
  return (await link.locator('.link-address').innerText()).trim()
}

it.runIf(fullSize)('邀请任职：别处的人用自己的账号接受，没有账号的人新建一个，用过的链接打不开', async ({ expect }) => {
  const [admin, other, newcomer] = await Promise.all([open('desk'), open('phone'), open('phone')])
  const axe: string[] = []
  try {
    await signIn(admin, 'lehua.admin')
    await admin.page.goto(`${home}/admin/s/lehua/people`)

    // 1 Somebody of another district takes a post here, with the account they have.
    const first = await invite(admin)
    await shot(admin, '90-link')
    axe.push(...(await findings(admin)))
    await admin.page.getByRole('button', { name: '已交给本人' }).click()
    await other.page.goto(first)
    await other.page.getByText('兼职网格员').waitFor()
    axe.push(...(await findings(other)))
    expect(other.page.url()).toBe(`${home}/accept`)
    await other.page.getByRole('link', { name: '已有账号，登录后接受' }).click()
    await other.page.getByLabel('用户名').fill('other.admin')
    await other.page.getByLabel('密码').fill(demoPassword)
    await other.page.getByRole('button', { name: '登录' }).click()
    await other.page.getByRole('button', { name: '接受', exact: true }).waitFor()
    await shot(other, '91-accept')
    axe.push(...(await findings(other)))
    await other.page.getByRole('button', { name: '接受', exact: true }).click()
    await other.page.waitForURL(/\/m\/s\/lehua/)
    const posts = await other.page.evaluate(async () =>
      (await (await fetch('/api/me')).json()).posts.map((post: { slug: string }) => post.slug),
    )
    expect(posts).toContain('lehua')
    expect(posts).toHaveLength(2)

    // 2 Somebody without an account makes one; the name that is taken is said beside its field.
    const second = await invite(admin)
    await admin.page.getByRole('button', { name: '已交给本人' }).click()
    await newcomer.page.goto(second)
    await newcomer.page.getByRole('button', { name: '没有账号，新建一个' }).click()
    await newcomer.page.getByLabel('姓名').fill('演示受邀员')
    await newcomer.page.getByLabel('用户名').fill('lehua.grid')
    await newcomer.page.getByLabel('密码', { exact: true }).fill(password)
    await newcomer.page.getByLabel('再填一次密码').fill(password)
    await newcomer.page.getByRole('button', { name: '建立账号并接受' }).click()
    await newcomer.page.getByText('这个用户名已经有人使用').waitFor()
    await shot(newcomer, '92-new-account')
    axe.push(...(await findings(newcomer)))
    await newcomer.page.getByLabel('用户名').fill(`lehua.inv${Date.now() % 1_000_000}`)
    await newcomer.page.getByRole('button', { name: '建立账号并接受' }).click()
    await newcomer.page.waitForURL(/\/m\/s\/lehua/)

    // 3 A link that was used opens nothing, and one that is withdrawn neither.
    await newcomer.page.goto(second)
    await newcomer.page.getByText('邀请无效、已使用、已撤回或已过期').waitFor()
    const third = await invite(admin)
    await admin.page.getByRole('button', { name: '已交给本人' }).click()
    await admin.page.getByRole('button', { name: /^待接受邀请/ }).click()
    await admin.page.getByRole('button', { name: '撤回：兼职网格员' }).waitFor()
    await shot(admin, '93-standing')
    axe.push(...(await findings(admin)))
    await admin.page.getByRole('button', { name: '撤回：兼职网格员' }).click()
    await admin.page.getByText('没有待接受的邀请。').waitFor()
    await newcomer.page.goto(third)
    await newcomer.page.getByText('邀请无效、已使用、已撤回或已过期').waitFor()
    expect(axe).toEqual([])
  } catch (error) {
    await Promise.all([
      shot(admin, 'failed-invitations-0'),
      shot(other, 'failed-invitations-1'),
      shot(newcomer, 'failed-invitations-2'),
    ]).catch(() => undefined)
    throw error
  } finally {
    await Promise.all([admin.close(), other.close(), newcomer.close()])
  }
})

it.runIf(fullSize)('帮管理员登录：平台为区级管理员、区为街道管理员生成链接，下级看得到', async ({ expect }) => {
  const [operator, chief] = await Promise.all([open('desk'), open('desk')])
  const axe: string[] = []
  try {
    await signIn(operator, 'operator')
    await operator.page.goto(`${home}/admin/platform`)
    await operator.page.getByRole('button', { name: '管理员：示例新区' }).click()
    await operator.page
      .getByRole('button', { name: /^生成链接：/ })
      .first()
      .click()
    const sure = operator.page.getByRole('dialog', { name: /^重置/ })
    await sure.getByRole('button', { name: '生成链接' }).click()
    await operator.page.getByRole('dialog', { name: /的设置密码链接$/ }).waitFor()
    await shot(operator, '94-operator-link')
    axe.push(...(await findings(operator)))

    await signIn(chief, 'other.district')
    await chief.page.goto(`${home}/admin/d/shili/sign-in-events`)
    await chief.page.getByText('由平台运维办理').first().waitFor()
    await chief.page.goto(`${home}/admin/d/shili/streets`)
    await chief.page
      .getByRole('button', { name: /^管理员：/ })
      .first()
      .click()
    await chief.page
      .getByRole('dialog')
      .getByText(/生成链接|由街道其他管理员办理/)
      .first()
      .waitFor()
    await shot(chief, '95-street-administrators')
    axe.push(...(await findings(chief)))
    expect(axe).toEqual([])
  } catch (error) {
    await Promise.all([shot(operator, 'failed-help-0'), shot(chief, 'failed-help-1')]).catch(() => undefined)
    throw error
  } finally {
    await Promise.all([operator.close(), chief.close()])
  }
})
