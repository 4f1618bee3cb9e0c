import { parseResponse } from 'hono/client'
import { describe, it } from 'vitest'
import type { SettingKey, SettingValue } from '@app/shared/settings/catalogue'
import { addDays, dayOf } from '@app/shared/time'
import { aCrew, filed } from './course'
import { aDistrict, aStreet, clientFor, send } from './street'

const today = dayOf(Date.now())

async function aSetStreet() {
  const district = await aDistrict()
  const street = await aStreet(district)
  const crew = await aCrew(street)
  const api = clientFor(crew.admin).streets[':streetId']
  const param = { streetId: street.id }
  const set = async (key: SettingKey, value: SettingValue) => {
    const response = await send(crew.admin, 'PUT', `/api/streets/${street.id}/settings/${key}`, { body: { value } })
    if (response.status !== 204) throw new Error(await response.text())
  }
  const record = (hazardId: string) => parseResponse(api.hazards[':hazardId'].$get({ param: { ...param, hazardId } }))
  const assign = (hazardId: string, dueOn?: string) =>
    send(crew.admin, 'PUT', `/api/streets/${street.id}/hazards/${hazardId}/rounds/1/assignment`, {
      body: { responsibleId: null, responsible: '张三', measures: '整改', ...(dueOn && { dueOn }) },
    })
  return { district, street, crew, api, param, set, record, assign }
}

describe('what a street sets', () => {
  it('gives each level its due day where nobody names one, and bounds what is named', async ({ expect }) => {
    const { district, street, crew, set, record, assign } = await aSetStreet()
    const plain = await filed(street, crew.grid)
    expect((await record(plain)).due).toEqual({ usual: addDays(today, 7), most: addDays(today, 30) })
    await set('due.ordinary', 4)
    await set('due.ordinary-most', 10)
    await set('due.major', 45)
    expect((await record(plain)).due).toEqual({ usual: addDays(today, 4), most: addDays(today, 10) })
    const late = await assign(plain, addDays(today, 11))
    expect(await late.json()).toMatchObject({ status: 422, errors: [{ pointer: '/dueOn' }] })
    expect((await assign(plain)).status).toBe(204)
    expect((await record(plain)).dueOn).toBe(addDays(today, 4))
    // Given to somebody else, it keeps the day that stands, whatever is set meanwhile.
    await set('due.ordinary', 1)
    expect((await assign(plain)).status).toBe(204)
    expect((await record(plain)).dueOn).toBe(addDays(today, 4))

    const grave = await filed(street, crew.grid, { level: 'suspected' })
    // Nobody waits longer for what is only suspected.
    expect((await record(grave)).due?.usual).toBe(addDays(today, 1))
    const determined = await send(
      await district.overseer(),
      'PUT',
      `/api/districts/${district.id}/hazards/${street.id}/${grave}/rounds/1/determination`,
      { body: { level: 'major', words: '属实', document: null } },
    )
    expect(determined.status).toBe(204)
    expect((await assign(grave)).status).toBe(204)
    expect((await record(grave)).dueOn).toBe(addDays(today, 45))
  })

  it('says how near is near on the workbench, and the list it leads to is the same', async ({ expect }) => {
    const { street, crew, api, param, set, assign } = await aSetStreet()
    const ids: string[] = []
    for (const days of [0, 1, 3, 4, 6]) {
      const id = await filed(street, crew.grid)
      await assign(id, addDays(today, days))
      ids.push(id)
    }
    const bench = () => parseResponse(api.workbench.$get({ param }))
    const near = async () => {
      const { soonUntil } = await bench()
      const query = { overdue: 'soon' as const, ...(soonUntil && { dueBy: soonUntil }) }
      return (await parseResponse(api.hazards.$get({ param, query }))).items.map(({ id }) => id)
    }
    expect(await bench()).toMatchObject({ counts: { dueToday: 1, dueSoon: 2 }, soonUntil: addDays(today, 3) })
    expect(await near()).toEqual(ids.slice(1, 3))
    await set('remind.before', [5, 0])
    expect(await bench()).toMatchObject({ counts: { dueSoon: 3 }, soonUntil: addDays(today, 5) })
    expect(await near()).toEqual(ids.slice(1, 4))
    await set('remind.before', [])
    expect(await bench()).toMatchObject({ counts: { dueSoon: 0 }, soonUntil: null })
  })

  it('names on the public page of its district whom to ask, and nothing else of it', async ({ expect }) => {
    const { district, street, set } = await aSetStreet()
    await aStreet(district)
    const other = await aSetStreet()
    await other.set('contact.office', '别区的办公室')
    const page = async () => (await send(null, 'GET', `/p/${district.slug}`)).text()
    expect(await page()).not.toContain('联系方式')
    await set('contact.office', '应急办<b>')
    await set('contact.phone', '0759-1234567')
    await set('letter.name', '责令限期整改通知书')
    const html = await page()
    expect(html).toContain(`测试街道${street.slug}：应急办&lt;b&gt;，电话 0759-1234567`)
    expect(html).not.toContain('别区')
    expect(html).not.toContain('责令限期')
  })
})
