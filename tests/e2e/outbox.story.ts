import { afterAll, it } from 'vitest'
import { forgetProfiles, open, shot, signIn } from './browser'
import { picture } from './picture'
import { ownProduct } from './product'

afterAll(forgetProfiles)

it('待上传：没有网络时上报，关掉浏览器，再开时只有一条', async ({ expect }) => {
  const product = await ownProduct()
  let phone = await open('phone')
  try {
    await product.start()
    await signIn(phone, 'lehua.grid', '/m/s/lehua/file', product.address)
    await phone.page.getByText('疏散通道堵塞', { exact: true }).waitFor()
    const words = `楼梯间堆放杂物（离线${Date.now() % 100000}）`

    await product.stop()
    await phone.page
      .locator('input[type=file]')
      .last()
      .setInputFiles([picture(11), picture(12)])
    await phone.page.getByRole('button', { name: '删除第 2 张照片' }).waitFor()
    await phone.page.getByText('疏散通道堵塞', { exact: true }).click()
    await phone.page.getByLabel('隐患描述').fill(words)
    await phone.page.getByRole('button', { name: '提交' }).click()
    await phone.page
      .getByText(/已保存/)
      .first()
      .waitFor()
    await shot(phone, '20-phone-saved-offline')
    await phone.close()

    await product.start()
    phone = await phone.again()
    await phone.page.goto(`${product.address}/m/s/lehua/hazards`)
    await phone.page.getByText(words).first().waitFor({ timeout: 60_000 })
    // Whatever is still on its way has had its turn.
    await phone.page.reload()
    await phone.page.getByText(words).first().waitFor()
    await shot(phone, '21-phone-sent-later')
    const found = await phone.page.evaluate(async (description) => {
      const me = await (await fetch('/api/me')).json()
      const streetId = me.posts[0].id
      const { items } = await (await fetch(`/api/streets/${streetId}/hazards?limit=200`)).json()
      const mine = items.filter((item: { description: string }) => item.description === description)
      const record = await (await fetch(`/api/streets/${streetId}/hazards/${mine[0]?.id}`)).json()
      return { hazards: mine.length, photos: record.photos.length, late: record.receivedAt - record.observedAt }
    }, words)
    expect(found).toMatchObject({ hazards: 1, photos: 2 })
    expect(found.late).toBeGreaterThan(0)
    await phone.page.goto(`${product.address}/m/s/lehua/outbox`)
    await phone.page
      .getByText(/没有待上传/)
      .first()
      .waitFor()
  } catch (error) {
    await shot(phone, 'failed-outbox').catch(() => undefined)
    throw error
  } finally {
    await phone.close().catch(() => undefined)
    await product.forget()
  }
})
