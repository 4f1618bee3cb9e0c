import type { InspectionRecord, Signature } from '@app/shared/inspections/schema'
import { results } from '@app/shared/checklists/words'
import { kinds } from '@app/shared/inspections/words'
import { dayOf } from '@app/shared/time'
import {
  AlignmentType,
  Document,
  type FileChild,
  ImageRun,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx'
import {
  citationsOf,
  companionsOf,
  dayWords,
  erasedWords,
  findingsIn,
  handlingOf,
  inspectorsOf,
  type Paper,
  papers,
  picturesOf,
  positionWords,
  sectionsOf,
  sentenceOf,
  timesOf,
} from './findings'

/** A picture to be embedded: its bytes, what they are, and its size in pixels. */
export interface Picture {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: 'jpg' | 'png'
  readonly width: number
  readonly height: number
}

interface Contents {
  readonly record: InspectionRecord
  /** The street, as the paper names it. */
  readonly tenant: string
  /** Photos and drawn signatures by their ids; one that is missing is said to be. */
  readonly pictures: ReadonlyMap<string, Picture>
}

// Named, never carried along: whoever opens the paper has them, or something like them (ux: fonts of documents).
const font = { eastAsia: '仿宋_GB2312', ascii: 'Times New Roman', hAnsi: 'Times New Roman' }
const headFont = { eastAsia: '黑体', ascii: 'Times New Roman', hAnsi: 'Times New Roman' }
/** Half-points. */
const sizes = { title: 36, body: 24, small: 21 } as const

const run = (words: string, more: object = {}) => new TextRun({ text: words, font, size: sizes.body, ...more })
const line = (words: string, more: object = {}) => new Paragraph({ children: [run(words)], ...more })
const head = (words: string) =>
  new Paragraph({
    spacing: { before: 200, after: 80 },
    keepNext: true,
    children: [run(words, { font: headFont })],
  })

const cell = (words: string, width: number) =>
  new TableCell({
    width: { size: width, type: WidthType.PERCENTAGE },
    children: words.split('\n').map((each) => new Paragraph({ children: [run(each, { size: sizes.small })] })),
  })

const table = (widths: readonly number[], rows: readonly (readonly string[])[], headed = false) =>
  new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(
      (cells, at) =>
        new TableRow({
          cantSplit: true,
          tableHeader: headed && at === 0,
          children: cells.map((words, nth) => cell(words, widths[nth] ?? 0)),
        }),
    ),
  })

/** A picture at most so wide and so high, in pixels of the paper. */
function image({ bytes, type, width, height }: Picture, words: string, most: { width: number; height: number }) {
  const scale = Math.min(1, most.width / width, most.height / height)
  return new ImageRun({
    type,
    data: bytes,
    transformation: { width: Math.round(width * scale), height: Math.round(height * scale) },
    altText: { name: words, title: words, description: words },
  })
}

function signature({ pictures }: Contents, signed: Signature | null, whose: string): Paragraph {
  if (signed === null) return line(`${whose}：签名已按规定删除`)
  if (signed.how === 'typed') return line(`${whose}：${signed.name}（输入姓名签署）`)
  const picture = pictures.get(signed.photo)
  return new Paragraph({
    children: [
      run(`${whose}：`),
      picture ? image(picture, whose, { width: 190, height: 72 }) : run('（签名图片未能取得）'),
    ],
  })
}

function ends(contents: Contents): FileChild[] {
  const { record } = contents
  const { ending } = record
  const on = dayWords(dayOf(record.observedAt))
  return [
    head('签字'),
    line(`检查人：${inspectorsOf(record)}`),
    ...(record.companions.length > 0 ? [line(`参加单位：${companionsOf(record)}`)] : []),
    signature(contents, record.signature, '检查人签名'),
    ...(ending?.how === 'signed'
      ? [
          line(`被检查单位现场负责人：${ending.name}`),
          signature(contents, ending.signature, '被检查单位签名'),
          line(`被检查单位意见：${ending.opinion ?? '无'}`),
        ]
      : ending?.how === 'refused'
        ? [line(`被检查单位拒绝签字。原因：${ending.reason}`), line(`见证人：${ending.witness}`)]
        : [line(`被检查单位${record.ended === 'signed' ? '已签字' : '拒绝签字'}，姓名与签名已按规定删除。`)]),
    line(on, { alignment: AlignmentType.RIGHT }),
  ]
}

function photos({ record, pictures }: Contents): FileChild[] {
  const shown = picturesOf(record)
  if (shown.length === 0) return []
  return [
    head('现场照片'),
    ...shown.flatMap(({ id, words }) => {
      const picture = pictures.get(id)
      return [
        new Paragraph({
          keepNext: true,
          children: [picture ? image(picture, words, { width: 420, height: 320 }) : run('（照片未能取得）')],
        }),
        line(words),
      ]
    }),
  ]
}

function checked(contents: Contents): FileChild[] {
  const { record } = contents
  const { unit } = record
  const findings = findingsIn(record)
  return [
    table(
      [18, 32, 18, 32],
      [
        ['被检查单位', unit.name, '统一社会信用代码', unit.creditCode ?? '无'],
        ['地址', unit.address, '社区网格', `${record.communityName} ${record.gridName}`],
        ['检查类型', kinds[record.kind], '检查时间', timesOf(record)],
        ['检查人', inspectorsOf(record), '到场定位', positionWords(record.position)],
      ],
    ),
    ...(record.version > 1 ? [line(`更正原因：${record.why ?? erasedWords}`)] : []),
    head(`检查内容：${record.template.title}（第 ${record.template.version} 版）`),
    table(
      [46, 38, 16],
      [
        ['检查项', '依据', '结果'],
        ...sectionsOf(record).flatMap(({ lines }) =>
          lines.map(({ text, basis, result }) => [text, citationsOf(basis), results[result]]),
        ),
      ],
      true,
    ),
    head('发现问题和处理'),
    ...(findings.length === 0 ? [line('各项检查未发现问题。')] : []),
    ...findings.map((one, at) =>
      line(
        [
          `${at + 1}. ${sentenceOf(one)}`,
          one.result === 'fixed' ? '已当场整改。' : `整改期限：${handlingOf(one)}。`,
          one.hazard ? `隐患编号：${one.hazard.number}。` : '',
        ].join(''),
      ),
    ),
  ]
}

function told({ record, tenant }: Contents): FileChild[] {
  const findings = findingsIn(record)
  return [
    line(`${record.unit.name}：`),
    line(
      `${dayWords(dayOf(record.observedAt))}，${tenant}对你单位开展${kinds[record.kind]}，发现下列安全隐患 ${findings.length} 项。请在期限前完成整改，整改前采取防范措施，整改后告知检查人员复查。`,
      { indent: { firstLine: 480 } },
    ),
    table(
      [8, 42, 32, 18],
      [
        ['序号', '隐患', '依据', '整改期限'],
        ...findings.map((one, at) => [
          String(at + 1),
          [
            `${one.words ?? erasedWords}${one.suspected ? '（疑似重大隐患）' : ''}`,
            ...(one.hazard ? [`编号：${one.hazard.number}`] : []),
          ].join('\n'),
          citationsOf(one.basis),
          handlingOf(one),
        ]),
      ],
      true,
    ),
    ...(findings.some(({ suspected }) => suspected)
      ? [
          line('标为疑似重大隐患的，是否构成重大隐患由有权部门认定；认定之前，请先采取防范措施，保证安全。', {
            indent: { firstLine: 480 },
          }),
        ]
      : []),
    line('本单告知整改事项，不是行政处罚文书。对所列问题有不同意见的，可以向检查人员或街道说明。', {
      indent: { firstLine: 480 },
    }),
  ]
}

/** One of a record's papers as a Word document (A4, upright), with both signatures and the photos in it. */
export function wordOf(paper: Paper, contents: Contents): Document {
  const { record, tenant } = contents
  const centred = (words: string) =>
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { after: 80 },
      children: [run(words, { font: headFont, size: sizes.title })],
    })
  return new Document({
    creator: tenant,
    title: `${papers[paper]} ${record.unit.name}`,
    sections: [
      {
        properties: {
          // Twips: 210 × 297 mm, with margins of 25 mm.
          page: {
            size: { width: 11906, height: 16838 },
            margin: { top: 1417, bottom: 1417, left: 1417, right: 1417 },
          },
        },
        children: [
          centred(tenant),
          centred(papers[paper]),
          line(`记录编号：${record.id}　第 ${record.version} 版`),
          ...(record.supersededBy ? [line('这份记录已经更正，不再使用，仅供查阅。')] : []),
          ...(paper === 'check' ? checked(contents) : told(contents)),
          ...ends(contents),
          ...photos(contents),
        ],
      },
    ],
  })
}

/** Hands the person one of a record's papers as a file; `url` is where a picture of the street is read. */
export async function saveWord(
  paper: Paper,
  { record, tenant, url }: Omit<Contents, 'pictures'> & { readonly url: (photoId: string) => string },
): Promise<void> {
  const { signature: own, ending } = record
  const drawn = [own, ending?.how === 'signed' ? ending.signature : null].flatMap((one) =>
    one?.how === 'drawn' ? [one.photo] : [],
  )
  const ids = [...new Set([...drawn, ...picturesOf(record).map(({ id }) => id)])]
  const found = await Promise.all(ids.map(async (id) => [id, await pictureAt(url(id))] as const))
  const pictures = new Map(found.flatMap(([id, picture]) => (picture ? [[id, picture] as const] : [])))
  const blob = await Packer.toBlob(wordOf(paper, { record, tenant, pictures }))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = `${papers[paper]} ${record.unit.name} ${dayOf(record.observedAt)}.docx`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

async function pictureAt(address: string): Promise<Picture | null> {
  const response = await fetch(address).catch(() => null)
  if (!response?.ok) return null
  const blob = await response.blob()
  const bitmap = await createImageBitmap(blob)
  const { width, height } = bitmap
  bitmap.close()
  const bytes = new Uint8Array(await blob.arrayBuffer())
  return { bytes, type: bytes[0] === 0x89 ? 'png' : 'jpg', width, height }
}
