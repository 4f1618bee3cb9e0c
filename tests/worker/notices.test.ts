import { env } from 'cloudflare:workers'
import { parseResponse } from 'hono/client'
import { describe, it } from 'vitest'
import { districtLog } from '../../worker/db/ledger'
import { asc, eq } from '../../worker/db/operators'
import { aScoredDistrict, period } from './scored'
import { clientFor, send } from './street'

const open = async (path: string) => {
  const response = await send(null, 'GET', path)
  return { status: response.status, headers: Object.fromEntries(response.headers), html: await response.text() }
}

describe('a notice', () => {
  it('is drafted, edited, published by another, read by anyone, and withdrawn with its reason', async ({ expect }) => {
    const { district, noticeId, writer, street } = await aScoredDistrict()
    const of = (who: string) => clientFor(who).districts[':districtId'].notices
    const param = { districtId: district.id, noticeId }
    const draft = await parseResponse(of(writer)[':noticeId'].$get({ param }))
    expect(draft).toMatchObject({ state: 'draft', number: null, version: 1, next: ['edit'] })
    expect(draft.words.title).toBe('关于2026年9月安全生产治本攻坚工作晾晒情况的通报')
    expect(draft.html).toContain('得分和排名')
    expect((await open(`/p/${district.slug}`)).html).toContain('还没有发布通报')

    const words = { ...draft.words, demands: '请<script>alert(1)</script>立即整改。\n第二段。' }
    await of(writer)[':noticeId'].words.$put({ param, json: { version: 1, words } })
    await expect(of(writer)[':noticeId'].words.$put({ param, json: { version: 1, words } })).rejects.toMatchObject({
      slug: 'stale',
    })
    await expect(of(writer)[':noticeId'].publication.$put({ param, json: { version: 2 } })).rejects.toMatchObject({
      slug: 'rule-broken',
      detail: expect.stringContaining('另一名'),
    })

    const publisher = await district.overseer()
    await expect(of(publisher)[':noticeId'].publication.$put({ param, json: { version: 1 } })).rejects.toMatchObject({
      slug: 'stale',
    })
    expect((await parseResponse(of(publisher)[':noticeId'].$get({ param }))).next).toEqual(['edit', 'publish'])
    await of(publisher)[':noticeId'].publication.$put({ param, json: { version: 2 } })
    await expect(of(writer)[':noticeId'].words.$put({ param, json: { version: 3, words } })).rejects.toMatchObject({
      slug: 'rule-broken',
    })

    const published = await parseResponse(of(writer)[':noticeId'].$get({ param }))
    const number = `${new Date().getFullYear()}-1`
    expect(published).toMatchObject({ state: 'published', number, next: ['withdraw'] })
    const page = await open(`/p/${district.slug}/${number}`)
    expect(page.status).toBe(200)
    expect(page.html).toBe(published.html)
    expect(page.html).toContain('请&lt;script&gt;')
    expect(page.html).not.toMatch(/<script|<link|@import|url\(|测试区级人员/)
    expect(page.html).toContain(street.slug)
    expect(new TextEncoder().encode(page.html).length).toBeLessThan(20_000)
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect((await open(`/p/${district.slug}`)).html).toContain(`/p/${district.slug}/${number}`)

    // What happens to its streets later changes no byte of it.
    await env.DIRECTORY.prepare("update streets set name = '改名' where id = ?").bind(street.id).run()
    expect((await open(`/p/${district.slug}/${number}`)).html).toBe(page.html)

    await of(writer)[':noticeId'].withdrawal.$put({ param, json: { version: 3, reason: '统计口径<b>有误</b>' } })
    const withdrawn = await open(`/p/${district.slug}/${number}`)
    expect(withdrawn.html).toContain('已于')
    expect(withdrawn.html).toContain('统计口径&lt;b&gt;有误')
    expect(withdrawn.html).toContain('得分和排名')
    expect((await parseResponse(of(writer)[':noticeId'].$get({ param }))).html).toBe(withdrawn.html)
    expect((await open(`/p/${district.slug}`)).html).toContain('已撤回')
    const log = await district.db
      .select()
      .from(districtLog)
      .where(eq(districtLog.districtId, district.id))
      .orderBy(asc(districtLog.at))
    expect(log.map(({ capability, actor }) => [capability, actor])).toEqual([
      ['notice.draft', writer],
      ['notice.draft', writer],
      ['notice.publish', publisher],
      ['notice.withdraw', writer],
    ])
  })

  it('gets the next number of its year, each once, however many are published at once', async ({ expect }) => {
    const { district, noticeId, writer } = await aScoredDistrict()
    const { notices } = clientFor(writer).districts[':districtId']
    const param = { districtId: district.id }
    const more = await Promise.all([1, 2].map(() => parseResponse(notices.$post({ param, json: { period } }))))
    const ids = [noticeId, ...more.map(({ id }) => id)]
    const publisher = clientFor(await district.overseer()).districts[':districtId'].notices[':noticeId'].publication
    let left: string[] = ids
    // Whoever loses the race is told so, and tries again.
    for (let i = 0; i < 5 && left.length > 0; i++) {
      const tries = await Promise.allSettled(
        left.map((id) => publisher.$put({ param: { ...param, noticeId: id }, json: { version: 1 } })),
      )
      for (const t of tries) if (t.status === 'rejected') expect(t.reason).toMatchObject({ slug: 'stale' })
      left = left.filter((_, at) => tries[at]?.status === 'rejected')
    }
    const { items } = await parseResponse(notices.$get({ param }))
    const year = new Date().getFullYear()
    expect(items.map(({ number }) => String(number)).sort()).toEqual([`${year}-1`, `${year}-2`, `${year}-3`])
  })

  it('is nobody’s to draft for a month that was not scored', async ({ expect }) => {
    const { district, writer } = await aScoredDistrict()
    const { notices } = clientFor(writer).districts[':districtId']
    await expect(
      notices.$post({ param: { districtId: district.id }, json: { period: '2026-05' } }),
    ).rejects.toMatchObject({ slug: 'not-found' })
  })

  it('of a demonstration says so in its title and above everything, and asks not to be indexed', async ({ expect }) => {
    const { district, noticeId, writer } = await aScoredDistrict()
    await env.DIRECTORY.prepare('update districts set demo = 1 where id = ?').bind(district.id).run()
    const { html } = await parseResponse(
      clientFor(writer).districts[':districtId'].notices[':noticeId'].$get({
        param: { districtId: district.id, noticeId },
      }),
    )
    expect(html).toMatch(/<title>【演示数据】/)
    expect(html).toContain('<meta name="robots" content="noindex">')
  })
})
