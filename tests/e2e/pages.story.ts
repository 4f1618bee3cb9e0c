import { afterAll, describe, it } from 'vitest'
import { choose, findings, forgetProfiles, fullSize, home, open, shot, signIn, type Window } from './browser'

afterAll(forgetProfiles)

/** Every page, by who sees it; `then` brings up what lies over it. */
type Look = readonly [name: string, path: string, then?: (window: Window) => Promise<void>]

const record = async ({ page }: Window) => {
  await page.locator('table tbody tr').filter({ hasText: '〔' }).first().locator('a, button').first().click()
  await page.getByRole('dialog').getByText('整改前').first().waitFor()
}
const press =
  (name: string | RegExp) =>
  async ({ page }: Window) => {
    await page.getByRole('button', { name }).first().click()
    await page.getByRole('dialog').first().waitFor()
  }
const file = async ({ page }: Window) => {
  await page.locator('table a[href*="/enterprises/ent_"]').first().click()
  await page.getByRole('heading', { name: '时间线' }).waitFor()
}
const act = (name: string, action: string) => async (window: Window) => {
  await choose(window, `操作：${name}`, action)
  await window.page.getByRole('dialog').first().waitFor()
}

/** Going on with nothing filled in. */
const refused = async ({ page }: Window) => {
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByText('请填写网址名').waitFor()
}
const placesOfStreet = async ({ page }: Window) => {
  await page.getByLabel(/^街道名称/).fill('试验街道')
  await page.getByLabel(/^网址名/).fill('shiyan')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByLabel(/粘贴表格/).fill('甲社区,甲一网格\n甲社区,甲一网格\n,无主网格')
  await page.getByRole('button', { name: '读入上面的内容' }).click()
  await page.getByText('2 处需要更正').waitFor()
}
/** What was filled in for the look before is still there. */
const trialOfStreet = async ({ page }: Window) => {
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByRole('button', { name: '删除第 3 行' }).click()
  await page.getByRole('button', { name: '删除第 2 行' }).click()
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByLabel(/^姓名/).fill('试验人')
  await page.getByLabel(/^用户名/).fill('lehua.admin')
  await page.getByRole('button', { name: '下一步' }).click()
  await page.getByText('这个用户名已经有人使用').waitFor()
}

const seen: [who: string, looks: Look[]][] = [
  [
    'lehua.admin',
    [
      ['workbench', '/admin/s/lehua'],
      ['ledger', '/admin/s/lehua/hazards'],
      ['ledger-overdue', '/admin/s/lehua/hazards?overdue=yes'],
      ['ledger-empty', '/admin/s/lehua/hazards?number=2019-1'],
      ['record', '/admin/s/lehua/hazards?state=checked', record],
      ['scores', '/admin/s/lehua/scores'],
      ['people', '/admin/s/lehua/people'],
      ['appoint', '/admin/s/lehua/people', press('开通账号')],
      ['account', '/admin/s/lehua/people', press(/^账号：/)],
      ['sign-in-policy', '/admin/s/lehua/sign-in-policy'],
      ['audit', '/admin/s/lehua/audit'],
      ['sign-in-events', '/admin/s/lehua/sign-in-events'],
      ['own-security', '/admin/security'],
      ['exports', '/admin/s/lehua/exports'],
      ['export-begin', '/admin/s/lehua/exports', press('生成数据包')],
      ['add-post', '/admin/s/lehua/people', act('', '增加岗位')],
      ['hand-over', '/admin/s/lehua/people?role=inspector', act('', '移交')],
      ['import', '/admin/s/lehua/people', press('批量导入')],
      ['places', '/admin/s/lehua/places'],
      ['merge', '/admin/s/lehua/places', act('明哲第一网格', '合并到…')],
      ['split', '/admin/s/lehua/places', act('明哲第一网格', '拆分')],
      ['retire', '/admin/s/lehua/places', act('明哲社区', '撤销')],
      ['place-history', '/admin/s/lehua/places', press('明哲第一网格')],
      ['charges', '/admin/s/lehua/charges'],
      ['charge', '/admin/s/lehua/charges', press(/无人负责/)],
      ['leading-group', '/admin/s/lehua/leading-group'],
      ['seat', '/admin/s/lehua/leading-group', press('增加成员')],
      ['units', '/admin/s/lehua/units'],
      ['unit', '/admin/s/lehua/units', press('增加成员单位')],
      ['enterprises', '/admin/s/lehua/enterprises'],
      ['enterprises-empty', '/admin/s/lehua/enterprises?q=查无此店'],
      ['enterprise-new', '/admin/s/lehua/enterprises', press('建立档案')],
      ['enterprise', '/admin/s/lehua/enterprises', file],
      [
        'enterprise-edit',
        '/admin/s/lehua/enterprises',
        async (window) => {
          await file(window)
          await press('修改档案')(window)
        },
      ],
      [
        'enterprise-colour',
        '/admin/s/lehua/enterprises',
        async (window) => {
          await file(window)
          await press('评定风险颜色')(window)
        },
      ],
      [
        'enterprise-standing',
        '/admin/s/lehua/enterprises',
        async (window) => {
          await file(window)
          await press('变更状态')(window)
        },
      ],
      ['board', '/admin/s/lehua/enterprises/board'],
      ['duplicates', '/admin/s/lehua/enterprises/duplicates'],
      ['inspections', '/admin/s/lehua/inspections'],
      ['draws', '/admin/s/lehua/draws'],
      ['draw-new', '/admin/s/lehua/draws/new'],
      ['selfchecks', '/admin/s/lehua/selfchecks'],
      ['filings', '/admin/s/lehua/filings'],
      ['criteria', '/admin/s/lehua/criteria'],
      ['checklists', '/admin/s/lehua/checklists'],
      ['settings', '/admin/s/lehua/settings'],
      ['holds', '/admin/s/lehua/holds'],
      ['hold', '/admin/s/lehua/holds', press('增加保留')],
      ['roles', '/admin/roles'],
      ['nobody-here', '/admin/s/nowhere'],
    ],
  ],
  [
    'zone.admin',
    [
      ['district', '/admin/d/zetdz'],
      ['ranking', '/admin/d/zetdz/rankings'],
      ['suspected', '/admin/d/zetdz/hazards'],
      ['suspected-record', '/admin/d/zetdz/hazards', record],
      ['notices', '/admin/d/zetdz/notices'],
      ['district-audit', '/admin/d/zetdz/audit'],
      ['draft', '/admin/d/zetdz/notices', press('拟写通报')],
      ['streets', '/admin/d/zetdz/streets'],
      ['open-street', '/admin/d/zetdz/streets/new', refused],
      ['open-street-places', '/admin/d/zetdz/streets/new', placesOfStreet],
      ['open-street-trial', '/admin/d/zetdz/streets/new', trialOfStreet],
      ['district-people', '/admin/d/zetdz/people'],
      ['appoint-overseer', '/admin/d/zetdz/people', press('开通账号')],
      ['district-units', '/admin/d/zetdz/units'],
      ['district-unit', '/admin/d/zetdz/units', press('增加成员单位')],
    ],
  ],
  [
    'operator',
    [
      ['tenants', '/admin/platform'],
      ['platform-sign-in', '/admin/platform-sign-in'],
      ['platform-audit', '/admin/platform-audit'],
      ['move', '/admin/platform', press('迁移街道')],
      ['import', '/admin/platform', press('导入街道')],
      ['open-district', '/admin/platform', press('开通区')],
      ['suspend', '/admin/platform', press(/^停用：/)],
    ],
  ],
]

const onPhones: [who: string, looks: Look[]][] = [
  [
    'lehua.grid',
    [
      ['phone-today', '/m/s/lehua'],
      ['phone-file', '/m/s/lehua/file'],
      ['phone-ledger', '/m/s/lehua/hazards'],
      ['phone-security', '/m/s/lehua/security'],
      ['phone-enterprises', '/m/s/lehua/enterprises'],
      [
        'phone-enterprise',
        '/m/s/lehua/enterprises',
        async ({ page }) => {
          await page.locator('a[href*="/enterprises/ent_"]').first().click()
          await page.getByRole('heading', { name: '时间线' }).waitFor()
        },
      ],
      [
        'phone-record',
        '/m/s/lehua/hazards',
        async ({ page }) => {
          await page.locator('a[href*="/hazards/haz_"]').first().click()
          await page.getByText('办理过程').or(page.getByText('经过')).first().waitFor()
        },
      ],
      ['phone-criteria', '/m/s/lehua/criteria'],
      ['phone-outbox', '/m/s/lehua/outbox'],
      ['phone-me', '/m/s/lehua/me'],
    ],
  ],
  [
    'lehua.shop',
    [
      ['shop-today', '/m/s/lehua'],
      ['shop-selfcheck', '/m/s/lehua/selfcheck'],
      ['shop-filings', '/m/s/lehua/filings'],
      ['shop-duties', '/m/s/lehua/filings/new/duties'],
      ['shop-permit', '/m/s/lehua/filings/new/permit'],
    ],
  ],
]

/** Much like others that are looked at each time: with `FULL_SIZE=1` alone, for the time they take. */
const likeOthers = new Set([
  'ledger-overdue',
  'ledger-empty',
  'enterprises-empty',
  'add-post',
  'hand-over',
  'merge',
  'split',
  'retire',
  'place-history',
  'charge',
  'seat',
  'unit',
  'district-unit',
  'hold',
  'appoint-overseer',
  'enterprise-standing',
])
const often = ([name]: Look) => fullSize || !likeOthers.has(name)

async function look(window: Window, [name, path, then]: Look): Promise<string[]> {
  const { page } = window
  await page.goto(`${home}${path}`)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await window.settled()
  await then?.(window)
  await window.settled()
  await shot(window, name)
  // What lies under a dialog was looked at without it.
  const over = await page.getByRole('dialog').count()
  return findings(window, over > 0 ? '[role="dialog"]' : undefined)
}

describe('页面', () => {
  for (const [kind, all] of [
    ['desk', seen],
    ['phone', onPhones],
  ] as const) {
    for (const [who, looks] of all) {
      it(`${who} 看到的每一页都没有无障碍问题，也没有报错`, async ({ expect }) => {
        const window = await open(kind)
        try {
          await signIn(window, who)
          const found: string[] = []
          for (const one of looks.filter(often)) found.push(...(await look(window, one)))
          expect(found).toEqual([])
          expect(window.trouble.filter((line) => !/nowhere/.test(line))).toEqual([])
        } catch (error) {
          await shot(window, `failed-${who}`).catch(() => undefined)
          throw error
        } finally {
          await window.close()
        }
      })
    }
  }

  for (const [who, at, pages] of [
    ['lehua.admin', '/admin/s/lehua/', ['places', 'people', 'charges', 'leading-group', 'units', 'settings']],
    ['zone.admin', '/admin/d/zetdz/', ['streets', 'streets/new', 'people']],
    ['operator', '/admin/', ['platform']],
  ] as const) {
    it.runIf(fullSize || who === 'lehua.admin')(
      `${who} 的组织和开通页面在窄屏上也没有无障碍问题，也不横向溢出`,
      async ({ expect }) => {
        const window = await open('phone')
        try {
          await signIn(window, who)
          const found: string[] = []
          for (const name of pages) {
            found.push(...(await look(window, [`narrow-${name.replace('/', '-')}`, at + name])))
            const beyond = await window.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
            if (beyond > 0) found.push(`${name} is ${beyond} px too wide`)
          }
          expect(found).toEqual([])
          expect(window.trouble).toEqual([])
        } finally {
          await window.close()
        }
      },
    )
  }

  it('登录页、公示页和找不到的页面也是', async ({ expect }) => {
    const window = await open('phone')
    try {
      const found: string[] = []
      for (const one of [
        ['sign-in', '/sign-in'],
        ['set-password', '/set-password#AAAA'],
        ['set-password-without', '/set-password'],
        ['help', '/help'],
        ['privacy', '/privacy'],
        ['public', '/p/zetdz'],
        ['public-nothing', '/p/nobody'],
        ['nothing', '/nothing'],
      ] as const) {
        found.push(...(await look(window, one)))
      }
      expect(found).toEqual([])
    } finally {
      await window.close()
    }
  })
})
