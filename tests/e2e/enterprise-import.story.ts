import { checkOf } from '@app/shared/enterprises/credit-code'
import { writeXlsx } from 'hucre/xlsx'
import { afterAll, it } from 'vitest'
import { findings, forgetProfiles, home, open, shot, signIn } from './browser'
import { savedByOffice } from './office'

afterAll(forgetProfiles)

const mark = Date.now() % 1_000_000
const codeOf = (n: number) => {
  const first17 = `92440800MA7${String(n).padStart(6, '0')}`
  return first17 + checkOf(first17)
}

/** A street's own table: titles, a header two rows deep, its own words, and what goes wrong in such tables. */
async function hostileTable(): Promise<Buffer> {
  const [right, other] = [codeOf(mark), codeOf((mark + 1) % 1_000_000)]
  const bytes = await writeXlsx({
    sheets: [
      { name: '填表说明', rows: [['一、每行一家']] },
      {
        name: '台账',
        rows: [
          ['示例街道生产经营单位台账（演示数据）'],
          [
            '★所属村居',
            '责任网格',
            '店铺名称',
            '统一社会信用代码（证件号）',
            '单位性质',
            '行业',
            '经营场所',
            '主要负责人',
            null,
            '开业时间',
            '人数',
            '备注',
          ],
          [null, null, null, null, null, null, null, '姓名', '联系电话', null, null, null],
          [
            '明哲',
            '明哲第一网格',
            `故事${mark}餐馆`,
            right,
            '个体户',
            '餐饮业、消防',
            '示例路 1 号',
            '张三',
            '１３８００００００００',
            45418,
            '３５人',
            '=1+1',
          ],
          [
            null,
            '明哲第一网格',
            `故事${mark}商店`,
            `${other.slice(0, 17)}I`,
            '个体户',
            '消防',
            '示例路 2 号',
            '李四',
            '138****0000',
            '2024年5月6日',
            3,
            null,
          ],
          [
            null,
            '明哲第一网格',
            `故事${mark}餐馆`,
            right,
            '个体户',
            '餐饮业',
            '示例路 1 号',
            '张三',
            null,
            '2024/5/6',
            35,
            null,
          ],
          ['合计', '3 家'],
        ],
        merges: [
          { startRow: 0, startCol: 0, endRow: 0, endCol: 11 },
          ...[0, 1, 2, 3, 4, 5, 6, 9, 10, 11].map((col) => ({ startRow: 1, startCol: col, endRow: 2, endCol: col })),
          { startRow: 1, startCol: 7, endRow: 1, endCol: 8 },
          { startRow: 3, startCol: 0, endRow: 5, endCol: 0 },
        ],
      },
    ],
  })
  return savedByOffice(Buffer.from(bytes))
}

it(
  'enterprise 导入：街道自己的台账，页面上改好错处再导入，同一文件再来只提示相同',
  { timeout: 120_000 },
  async ({ expect }) => {
    const admin = await open('desk')
    const { page } = admin
    const axe: string[] = []
    const seen = async (name: string) => {
      await admin.settled()
      await shot(admin, name)
      axe.push(...(await findings(admin)))
    }
    const buffer = await hostileTable()
    const file = { name: '台账.xlsx', mimeType: 'application/octet-stream', buffer }
    const choose = () => page.locator('input[type=file]').setInputFiles(file)
    try {
      await signIn(admin, 'lehua.admin')
      await page.goto(`${home}/admin/s/lehua/enterprises/import`)
      await page.getByRole('heading', { name: '导入企业' }).waitFor()
      await page.getByText('把文件拖到这里').waitFor()
      await seen('70-import-file')

      await choose()
      await page.getByLabel(/^行业领域“餐饮业”/).click()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await seen('71-import-columns')
      await page.getByRole('button', { name: /^下一步：核对 3 行/ }).click()

      await page.getByText('不含 I、O、S、V、Z').waitFor()
      await page.getByText(/与第 4 行的统一社会信用代码相同/).waitFor()
      await seen('72-import-check')
      const cell = page.getByLabel('第 5 行统一社会信用代码')
      await cell.fill(codeOf((mark + 1) % 1_000_000))
      await cell.press('Enter')
      await page.getByLabel('跳过第 6 行').check()
      await page.getByRole('button', { name: '导入（2 行）' }).click()
      await page.getByText('本次已导入：新增 2 家，更新 0 家。').waitFor()
      await page.getByText(/新增 0，有变化 0，相同 2/).waitFor()
      await seen('73-imported')

      await page.getByRole('button', { name: '换一个文件' }).click()
      await choose()
      // Its columns and words were explained before, so that it is looked over at once.
      await page.getByText(/新增 0，有变化 0，相同 1，需确认 0，有错 2/).waitFor()
      expect(axe).toEqual([])
    } catch (error) {
      await shot(admin, 'failed-import').catch(() => undefined)
      throw error
    } finally {
      await admin.close()
    }
  },
)
