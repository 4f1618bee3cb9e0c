import { strFromU8, unzipSync } from 'fflate'
import { Packer } from 'docx'
import { describe, it } from 'vitest'
import type { InspectionRecord, RecordLine } from '@app/shared/inspections/schema'
import { type Picture, wordOf } from '../../web/src/features/inspections/desk/word'

const [before, after, own, theirs] = ['a', 'b', 'c', 'd'].map((one) => one.repeat(64)) as [
  string,
  string,
  string,
  string,
]
const line = (change: object) =>
  ({
    key: 'exit',
    section: '疏散',
    text: '疏散通道畅通',
    method: '看',
    basis: [{ citation: '经验项，暂无条文依据', text: null, address: null, warnings: [] }],
    result: 'pass',
    words: null,
    suspected: false,
    dueOn: null,
    photos: [],
    after: [],
    hazard: null,
    ...change,
    // Safe: lines as the API gives them.
  }) as unknown as RecordLine
// Safe: only what a paper shows of a record.
const record = {
  id: 'insp_0123456789',
  kind: 'joint',
  communityName: '示例社区',
  gridName: '示例网格',
  unit: { name: '示例小店 <甲&乙>', address: '示例路 1 号', creditCode: null },
  template: { title: '九小场所检查表', version: 1 },
  inspectors: [{ id: 'usr_1', name: '王检查' }],
  companions: [{ unit: '示例市场监管所', name: '李四' }],
  observedAt: Date.UTC(2026, 10, 28, 1, 0),
  signedAt: Date.UTC(2026, 10, 28, 1, 40),
  receivedAt: Date.UTC(2026, 10, 28, 1, 41),
  position: { latitude: 21.2, longitude: 110.4, accuracy: 12 },
  lines: [
    line({}),
    line({ key: 'e', result: 'fail', words: '后门被货架堵住', suspected: true, dueOn: '2026-12-05', photos: [before] }),
    line({ key: 'f', result: 'fixed', words: '灭火器压力不足', photos: [before], after: [after] }),
  ],
  signature: { how: 'drawn', photo: own },
  ending: { how: 'signed', name: '张三', signature: { how: 'drawn', photo: theirs }, opinion: '无异议' },
  ended: 'signed',
  version: 1,
  why: null,
  supersededBy: null,
} as unknown as InspectionRecord

const picture = (seed: number, type: Picture['type']): Picture => ({
  bytes: Uint8Array.from([type === 'png' ? 0x89 : 0xff, seed, seed, seed]),
  type,
  width: 1600,
  height: 1200,
})
const pictures = new Map([
  [before, picture(1, 'jpg')],
  [after, picture(2, 'jpg')],
  [own, picture(3, 'png')],
  [theirs, picture(4, 'png')],
])

async function unzipped(paper: 'check' | 'notice', held = pictures, of = record) {
  const files = unzipSync(
    new Uint8Array(await Packer.toArrayBuffer(wordOf(paper, { record: of, tenant: '示例街道', pictures: held }))),
  )
  const xml = strFromU8(files['word/document.xml'] ?? new Uint8Array())
  const media = Object.entries(files).flatMap(([name, bytes]) => (name.startsWith('word/media/') ? [[...bytes]] : []))
  return { xml, media, words: [...xml.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text).join('') }
}

describe('a paper as a Word document', () => {
  it('of a check holds the unit, every item, both ends, and the very pictures', async ({ expect }) => {
    const { xml, media, words } = await unzipped('check')
    for (const said of [
      '示例街道',
      '检查记录',
      '示例小店 &lt;甲&amp;乙&gt;',
      '联合检查',
      '2026-11-28 09:00 至 09:40',
      '王检查',
      '参加单位：示例市场监管所 李四',
      '误差约 12 米',
      '疏散通道畅通',
      '后门被货架堵住（疑似重大隐患，报有权部门认定）。整改期限：2026-12-05。',
      '灭火器压力不足。已当场整改。',
      '被检查单位意见：无异议',
      '第 2 项 整改后',
    ])
      expect(words).toContain(said)
    // Both signatures and the photos; one picture named twice is kept once.
    expect(media.map(([, seed]) => seed).toSorted((one, other) => Number(one) - Number(other))).toEqual([1, 2, 3, 4])
    expect(xml.match(/<pic:pic/g)).toHaveLength(5)
    expect(xml).toContain('w:w="11906" w:h="16838"')
    expect(xml).toContain('仿宋_GB2312')
    // Each picture keeps its shape: 4:3 within the room it has.
    const sizes = [...xml.matchAll(/<wp:extent cx="(\d+)" cy="(\d+)"/g)].map(([, x, y]) => Number(x) / Number(y))
    for (const ratio of sizes) expect(ratio).toBeCloseTo(4 / 3, 1)
  })

  it('of a notice tells the findings and days, and that it punishes nothing', async ({ expect }) => {
    const { words, media } = await unzipped('notice')
    for (const said of [
      '隐患整改告知单',
      '发现下列安全隐患 2 项',
      '2026-12-05',
      '已当场整改',
      '不是行政处罚文书',
      '由有权部门认定',
    ])
      expect(words).toContain(said)
    expect(words).not.toContain('疏散通道畅通')
    expect(media).toHaveLength(4)
  })

  it('says what is not there: a refusal, erased words, a picture that could not be had', async ({ expect }) => {
    const refused = {
      ...record,
      ending: { how: 'refused', reason: '负责人不在场', witness: '王五' },
      ended: 'refused',
    } as const
    expect((await unzipped('check', pictures, refused)).words).toContain(
      '被检查单位拒绝签字。原因：负责人不在场见证人：王五',
    )
    const erased = { ...record, ending: null, signature: null, lines: [line({ result: 'fail' })] }
    expect((await unzipped('check', pictures, erased)).words).toContain('签名已按规定删除')
    const { words, media } = await unzipped('check', new Map())
    expect(media).toEqual([])
    expect(words).toContain('（照片未能取得）')
    expect(words).toContain('（签名图片未能取得）')
  })
})
