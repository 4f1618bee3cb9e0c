import { afterAll, it } from 'vitest'
import { choose, findings, forgetProfiles, home, open, shot, signIn, type Window } from './browser'

afterAll(forgetProfiles)

/** What the street says of itself, asked as the page would ask. */
async function told<T>({ page }: Window, path: string): Promise<T> {
  return page.evaluate(async (asked) => {
    const me = await (await fetch('/api/me')).json()
    return (await fetch(`/api/streets/${me.posts[0].id}/${asked}`)).json()
  }, path)
}

interface Tree {
  communities: {
    name: string
    grids: { id: string; name: string; enterprises: number; openHazards: number; retiredOn: string | null }[]
  }[]
}
interface People {
  items: {
    id: string
    name: string
    initials: string
    active: boolean
    posts: { role: string; until: number | null }[]
  }[]
}

it('组织：合并网格，安排双包，移交后停用岗位', async ({ expect }) => {
  const admin = await open('desk')
  const { page } = admin
  const act = (name: string, action: string) => choose(admin, `操作：${name}`, action)
  const axe: string[] = []
  try {
    await signIn(admin, 'lehua.admin')

    // 1 Two grids become one, and nothing that was in the first is lost.
    await page.goto(`${home}/admin/s/lehua/places`)
    const grids = (await told<Tree>(admin, 'places/tree')).communities.flatMap((community) => community.grids)
    const [from, to] = ['海滨东第三网格', '海滨东第二网格'].map((name) => grids.find((grid) => grid.name === name))
    if (!from || !to) throw new Error('The demonstration has these grids')
    await act(from.name, '合并到…')
    const merge = page.getByRole('dialog', { name: `合并：${from.name}` })
    await merge.getByLabel(/^合并到/).click()
    await page.keyboard.type(to.name)
    await page.keyboard.press('Enter')
    await merge.getByLabel(/^原因/).fill('网格调整（演示）')
    await shot(admin, '40-merge')
    axe.push(...(await findings(admin)))
    await merge.getByRole('button', { name: '开始合并' }).click()
    await page.getByText(`“${from.name}”已完成合并。`).waitFor()
    const after = (await told<Tree>(admin, 'places/tree')).communities.flatMap((community) => community.grids)
    expect(after.find(({ id }) => id === from.id)).toMatchObject({ enterprises: 0, openHazards: 0 })
    expect(after.find(({ id }) => id === from.id)?.retiredOn).not.toBeNull()
    expect(after.find(({ id }) => id === to.id)).toMatchObject({
      enterprises: from.enterprises + to.enterprises,
      openHazards: from.openHazards + to.openHazards,
    })
    await page.getByRole('button', { name: to.name, exact: true }).waitFor()
    expect(await page.getByRole('button', { name: `操作：${from.name}`, exact: true }).count()).toBe(0)

    // 2 A grid that was nobody's gets a cadre, found by the initials of the name.
    const { items } = await told<People>(admin, 'people')
    const cadres = items.filter(({ active, posts }) => active && posts.some(({ role }) => role === 'inspector'))
    const [leaving, staying] = [cadres.at(-1), cadres[0]]
    if (!leaving || !staying || leaving.id === staying.id) throw new Error('The demonstration has several inspectors')
    await page.goto(`${home}/admin/s/lehua/charges`)
    const gap = page.getByRole('button', { name: /网格：无人负责/ }).first()
    const label = (await gap.getAttribute('aria-label')) ?? ''
    await gap.click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel(/^由谁负责/).click()
    await page.keyboard.type(leaving.initials)
    await page.keyboard.press('Enter')
    await shot(admin, '41-charge')
    await drawer.getByRole('button', { name: '安排', exact: true }).click()
    await drawer.getByText(/^现由/).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: label.replace('无人负责', leaving.name) }).waitFor()

    // 3 Who has something open cannot leave before it is another's.
    await page.goto(`${home}/admin/s/lehua/people?name=${encodeURIComponent(leaving.initials)}&role=inspector`)
    await act(leaving.name, '停用岗位')
    await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
    const hand = page.getByRole('dialog', { name: `移交：${leaving.name}` })
    await hand.getByText(/双包责任 \d+ 项/).waitFor()
    await hand.getByLabel(/^移交给/).click()
    await page.keyboard.type(staying.name)
    await page.keyboard.press('Enter')
    await hand.getByLabel(/^移交说明/).fill('工作调动（演示）')
    await shot(admin, '42-hand-over')
    axe.push(...(await findings(admin)))
    await hand.getByRole('button', { name: '全部移交' }).click()
    await page.getByText(new RegExp(`${leaving.name}名下 \\d+ 项已全部移交。`)).waitFor()
    await hand.waitFor({ state: 'hidden' })
    await act(leaving.name, '停用岗位')
    await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
    await page.getByText(`${leaving.name}的岗位已停用。`).waitFor()
    const left = (await told<People>(admin, 'people')).items.find(({ id }) => id === leaving.id)
    expect(left?.active).toBe(false)
    const under = await told<{ charges: unknown[]; hazards: unknown[] }>(admin, `people/${leaving.id}/open`)
    expect(under).toMatchObject({ charges: [], hazards: [] })
    await shot(admin, '43-ended')

    expect(axe).toEqual([])
    expect(admin.trouble.filter((line) => !/409/.test(line))).toEqual([])
  } catch (error) {
    await shot(admin, 'failed-organisation').catch(() => undefined)
    throw error
  } finally {
    await admin.close()
  }
})
