import type { Locator } from 'playwright-core'
import { afterAll, it } from 'vitest'
import { findings, forgetProfiles, open, shot, signIn } from './browser'
import { picture } from './picture'

afterAll(forgetProfiles)

it('企业 enterprise：回复两条整改，完成本月自查，提出异议并得到答复', async ({ expect }) => {
  const phone = await open('phone')
  const office = await open('phone')
  const axe: string[] = []
  // Besides typing, as the budget counts them; the camera's own buttons are the phone's.
  let taps = 0
  const tap = async (target: Locator) => {
    taps++
    await target.click()
  }
  const { page } = phone
  const today = page.getByRole('link', { name: '今日', exact: true })
  const owed = page.getByRole('list', { name: '要办的事' })
  const hazards = 'a[href*="/hazards/"]'
  try {
    await signIn(phone, 'lehua.shop', '/m/s/lehua')
    await owed.waitFor()
    axe.push(...(await findings(phone)))
    await shot(phone, '40-phone-enterprise-home')
    // What is late comes first.
    expect(await owed.getByRole('listitem').first().innerText()).toContain('逾期')
    // What it has to file is there too, and says on what basis.
    await owed.getByRole('link').filter({ hasText: '全员安全生产责任制' }).getByText('依据：').waitFor()

    for (const seed of [41, 42]) {
      taps = 0
      const first = owed.locator(hazards).first()
      const way = await first.getAttribute('href')
      await tap(first)
      taps++
      await page.locator('input[type=file]').first().setInputFiles(picture(seed))
      await page.getByRole('button', { name: '删除第 1 张照片' }).waitFor()
      if (seed === 41) await shot(phone, '41-phone-enterprise-reply')
      await tap(page.getByRole('button', { name: '提交', exact: true }))
      await page.getByText('已上传到台账').waitFor()
      console.log(`taps for a reply: ${taps}`)
      expect(taps).toBeLessThanOrEqual(3)
      await today.click()
      // It is owed no more.
      await owed.locator(`a[href="${way}"]`).waitFor({ state: 'detached' })
      await owed.waitFor()
    }

    await owed.locator(hazards).first().click()
    await page.getByRole('link', { name: '对这条隐患有异议' }).click()
    await page.getByRole('button', { name: '现场不存在该问题。' }).click()
    axe.push(...(await findings(phone)))
    await page.getByRole('button', { name: '提交', exact: true }).click()
    await page.getByText('单位对此提出异议').waitFor()
    await today.click()

    taps = 0
    await tap(owed.getByRole('link').filter({ hasText: '本月自查' }))
    await page.getByRole('checkbox').waitFor()
    axe.push(...(await findings(phone)))
    await shot(phone, '42-phone-selfcheck')
    await tap(page.getByRole('checkbox'))
    await tap(page.getByRole('button', { name: '确认并提交' }))
    await page.getByText('自查已上报').waitFor()
    axe.push(...(await findings(phone)))
    console.log(`taps for a self-check: ${taps}`)
    expect(taps).toBeLessThanOrEqual(4)

    await signIn(office, 'lehua.admin', '/m/s/lehua')
    const waiting = office.page.locator('section').filter({ hasText: '待答复的延期与异议' })
    await waiting.locator('.m-card').first().click()
    await office.page.getByText('单位对此提出异议').waitFor()
    await shot(office, '43-phone-objection')
    await office.page.getByRole('link', { name: '答复异议' }).click()
    await office.page.getByText('异议不成立', { exact: true }).click()
    await office.page.getByRole('button', { name: '经核实，隐患属实，请按期整改。' }).click()
    await office.page.getByRole('button', { name: '提交', exact: true }).click()
    await office.page.getByRole('button', { name: '确认', exact: true }).click()
    await office.page.getByText('答复异议：已完成。').waitFor()

    await page.getByRole('link', { name: '返回首页' }).click()
    await page.getByRole('button', { name: '刷新' }).click()
    await page.getByText('街道答复：异议不成立').waitFor()
    await page.getByRole('list', { name: '本期已完成' }).getByText('本月自查').waitFor()
    await shot(phone, '44-phone-enterprise-answered')
    expect(axe).toEqual([])
    expect([...phone.trouble, ...office.trouble]).toEqual([])
  } catch (error) {
    await shot(phone, 'failed-enterprise').catch(() => undefined)
    await shot(office, 'failed-enterprise-office').catch(() => undefined)
    throw error
  } finally {
    await phone.close().catch(() => undefined)
    await office.close().catch(() => undefined)
  }
})
