import type { Page } from 'playwright-core'
import { afterAll, it } from 'vitest'
import { findings, forgetProfiles, home, open, shot, signIn, type Window } from './browser'
import { picture } from './picture'

afterAll(forgetProfiles)

it('检查记录：电脑上查记录，打印检查记录和整改告知单', async ({ expect }) => {
  const inspector = await open('desk')
  const { page } = inspector
  const axe: string[] = []
  const seen = async (name: string) => {
    await shot(inspector, name)
    axe.push(...(await findings(inspector)))
  }
  try {
    await signIn(inspector, 'lehua.inspector')
    const marker = `灭火器压力不足（故事${Date.now() % 100000}）`
    const unit = await signed(page, marker)

    await page.goto(`${home}/admin/s/lehua/inspections`)
    await page.getByRole('link', { name: unit }).first().waitFor()
    await seen('70-inspections')
    await page.getByRole('link', { name: unit }).first().click()
    await page.getByRole('heading', { name: '发现问题 2 项' }).waitFor()
    await page.getByText(marker).first().waitFor()
    expect(await pictures(page)).toBe(5)
    await seen('71-inspection-record')

    await page.getByText('检查记录', { exact: true }).last().click()
    const check = page.getByRole('article', { name: '检查记录' })
    await check.getByText('不合格').first().waitFor()
    expect(await pictures(page)).toBe(5)
    await seen('72-inspection-paper')
    await printed(inspector, '73-inspection-printed')

    await page.getByText('隐患整改告知单', { exact: true }).first().click()
    const notice = page.getByRole('article', { name: '隐患整改告知单' })
    await notice.getByText('不是行政处罚文书').waitFor()
    await notice.getByText('已当场整改', { exact: true }).waitFor()
    // The item's own days, since nobody set others.
    await notice.getByRole('cell', { name: /^\d{4}-\d{2}-\d{2}$/ }).waitFor()
    expect(await pictures(page)).toBe(5)
    await seen('74-inspection-notice')
    await printed(inspector, '75-inspection-notice-printed')

    // And on a narrow screen nothing runs out of it.
    await page.setViewportSize({ width: 390, height: 844 })
    for (const way of ['', '?paper=check', '?paper=notice']) {
      await page.goto(`${page.url().split('?')[0]}${way}`)
      await page.getByText(marker).first().waitFor()
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), way).toBeLessThanOrEqual(0)
    }
    expect(axe).toEqual([])
    expect(inspector.trouble).toEqual([])
  } catch (error) {
    await shot(inspector, 'failed-inspection-desk').catch(() => undefined)
    throw error
  } finally {
    await inspector.close()
  }
})

/** How many pictures of the street are on the page, all of them drawn. */
async function pictures(page: Page): Promise<number> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLImageElement>('img[src^="/api/"]')].every((image) => {
      image.loading = 'eager'
      return image.complete && image.naturalWidth > 0
    }),
  )
  return page.locator('img[src^="/api/"]').count()
}

/** Looks at the page as the printer gets it: one sheet upright, nothing of the desk around the paper. */
async function printed(window: Window, name: string): Promise<void> {
  const { page } = window
  await page.emulateMedia({ media: 'print' })
  await shot(window, name)
  for (const around of ['.desk-bar', '.desk-menu', '.desk-head']) {
    await page.locator(around).first().waitFor({ state: 'hidden' })
  }
  await page.emulateMedia({ media: 'screen' })
}

/** A check that was signed by both, with one item that failed and one put right on the spot; resolves with the unit's name. */
async function signed(page: Page, marker: string): Promise<string> {
  const [before, during, after] = [11, 12, 13].map((seed) => picture(seed).buffer.toString('base64'))
  return page.evaluate(
    async ({ marker, photos }) => {
      const answer = async (response: Response) => {
        if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
        return response.json()
      }
      const me = await answer(await fetch('/api/me'))
      const at = `/api/streets/${me.posts[0].id}`
      const keep = async (bytes: Uint8Array<ArrayBuffer>) => {
        const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
        const id = [...sum].map((byte) => byte.toString(16).padStart(2, '0')).join('')
        const headers = { 'content-type': 'image/png', 'idempotency-key': crypto.randomUUID() }
        await answer(await fetch(`${at}/photos/${id}`, { method: 'PUT', headers, body: bytes }))
        return id
      }
      const drawn = async (height: number) => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 480, height: 160 })
        const ink = canvas.getContext('2d')
        if (!ink) throw new Error('No canvas')
        ink.fillStyle = '#fff'
        ink.fillRect(0, 0, 480, 160)
        ink.lineWidth = 4
        ink.moveTo(30, 80)
        ink.bezierCurveTo(150, height, 300, 160 - height, 440, 70)
        ink.stroke()
        const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
        if (!blob) throw new Error('No picture')
        return keep(new Uint8Array(await blob.arrayBuffer()))
      }
      const ids: string[] = []
      for (const photo of photos) ids.push(await keep(Uint8Array.from(atob(photo), (byte) => byte.charCodeAt(0))))
      const { items } = await answer(await fetch(`${at}/inspections/due`))
      const { unit, offers } = await answer(await fetch(`${at}/inspections/offers/${items[0].id}`))
      const { template } = offers[0]
      interface Item {
        readonly key: string
        readonly mayBeMajor: boolean
        readonly locked: boolean
        readonly condition: unknown
      }
      const plain = template.sections
        .flatMap((section: { items: Item[] }) => section.items)
        .filter(({ mayBeMajor, locked, condition }: Item) => !mayBeMajor && !locked && condition === null)
      const touched = { words: null, suspected: null, dueOn: null, after: [] }
      const id = `insp_${[...crypto.getRandomValues(new Uint8Array(20))].map((byte) => '0123456789abcdefghjkmnpqrstvwxyz'[byte % 32]).join('')}`
      await answer(
        await fetch(`${at}/inspections`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
          body: JSON.stringify({
            id,
            enterpriseId: unit.id,
            kind: 'special',
            template: { id: template.id, version: template.version },
            others: [],
            observedAt: Date.now() - 60_000,
            position: null,
            answers: [
              { ...touched, item: plain[0].key, result: 'fail', words: marker, photos: [ids[0]] },
              { ...touched, item: plain[1].key, result: 'fixed', photos: [ids[1]], after: [ids[2]] },
            ],
            signature: { how: 'drawn', photo: await drawn(10) },
            ending: {
              how: 'signed',
              name: '演示负责人',
              signature: { how: 'drawn', photo: await drawn(140) },
              opinion: null,
            },
          }),
        }),
      )
      return unit.name as string
    },
    { marker, photos: [before, during, after] },
  )
}
