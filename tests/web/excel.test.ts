import { writeXlsx } from 'hucre/xlsx'
import { describe, it } from 'vitest'
import { importIds } from '../../web/src/features/people/desk/import-ids'
import { readSheet } from '../../web/src/ui/desk/excel'

const rows = [
  ['姓名', '用户名'],
  ['张三', 'demo.zhang'],
]
const file = (name: string, ...parts: BlobPart[]) => new File(parts, name)

describe('a file that somebody picks', () => {
  it('is read by what its first bytes say, whatever it is called', async ({ expect }) => {
    const book = new Uint8Array(await writeXlsx({ sheets: [{ name: '人员', rows }] }))
    expect(await readSheet(file('人员.csv', book))).toEqual(rows)
    expect(await readSheet(file('人员.xlsx', '\ufeff姓名,用户名\r\n张三,demo.zhang\r\n'))).toEqual(rows)
  })

  it('is read as GB 18030 where it is no UTF-8, as Excel in Chinese saves it', async ({ expect }) => {
    // 姓名,用户名 / 张三,demo.zhang
    const bytes = Uint8Array.from(
      'd0d5c3fb2cd3c3bba7c3fb0ad5c5c8fd2c64656d6f2e7a68616e670a'.match(/../g) ?? [],
      (hex) => parseInt(hex, 16),
    )
    expect(await readSheet(file('人员.csv', bytes))).toEqual(rows)
  })

  it('is refused in words that say what to do', async ({ expect }) => {
    const old = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])
    await expect(readSheet(file('人员.xls', old))).rejects.toThrow('另存为 .xlsx')
    await expect(readSheet(file('坏.xlsx', Uint8Array.from([0x50, 0x4b, 3, 4, 0])))).rejects.toThrow('另存为 .xlsx')
    await expect(readSheet(file('大.csv', new Uint8Array(5_000_001)))).rejects.toThrow('5 MB')
  })
})

it('gives a row the same ids each time, and no other street’s or person’s', async ({ expect }) => {
  const first = await importIds('str_0000000001', 'demo.zhang')
  expect(await importIds('str_0000000001', 'demo.zhang')).toEqual(first)
  expect(first.id).toMatch(/^usr_[0-9a-f]{32}$/)
  const others = [await importIds('str_0000000002', 'demo.zhang'), await importIds('str_0000000001', 'demo.li')]
  expect(new Set([first, ...others].flatMap(({ id, postId }) => [id, postId])).size).toBe(6)
})
