import * as v from 'valibot'
import { keyPlaces, sectors } from '../hazards/words'
import { compact, headingOf, plain, unguarded } from '../sheet'
import { colours, kinds, sizes, standings } from './words'

/** So many units come in one file: the largest street has no more. */
export const mostRows = 5000
/** Titles, notes and dates above the header; further down no header is looked for. */
const mostAbove = 20

interface Column {
  readonly label: string
  /** How streets head it; where two columns would do, the one that is said earlier here. */
  readonly heads: readonly RegExp[]
}

const unit =
  '(?:企业|单位|场所|商户|商铺|店铺|门店|主体|经营户|个体户|市场主体|经营主体|经营单位|生产经营单位|重点场所|企业单位|单位企业|被检查单位)'
const principalWords =
  '(?:(?:企业|单位|场所|店铺)?(?:主要|第一)?负责人|法定代表人|法人代表|法人|经营者|业主|店主|老板|联系人)'
const managerWords = '(?:专职|兼职|专兼职|专\\(兼\\)职)?安全(?:生产)?(?:管理)?(?:人员|员|负责人|管理人)'
const phoneWords = '的?(?:联系电话|联系方式|联系手机|电话号码|手机号码|电话|手机号|手机|号码)'
const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`)

/** What a file of units can say, in the order of the template, and how its columns are headed. */
export const columns = {
  name: {
    label: '单位名称',
    heads: [
      whole(`${unit}(?:全称|名称)`),
      whole('名称|全称|店名|店铺名|招牌名称|字号|字号名称|项目名称'),
      whole('企业|商户|单位'),
    ],
  },
  creditCode: {
    label: '统一社会信用代码',
    heads: [/信用代码/, whole('统一代码|营业执照号|营业执照号码|营业执照编号|执照号码')],
  },
  kind: {
    label: '类别',
    heads: [
      whole('类别|类型'),
      whole('(?:企业|单位|商户|(?:市场|经营)?主体|生产经营单位)(?:类别|类型|性质|种类)'),
      whole('单位属性|性质'),
    ],
  },
  keyPlace: { label: '重点场所类型', heads: [whole('重点场所(?:类型|类别)?|场所(?:类型|类别|分类)')] },
  sectors: {
    label: '行业领域',
    heads: [
      whole('(?:所属|所在|监管)?行业领域'),
      whole('(?:所属|所在|监管)?行业(?:类别|类型|分类|名称)?'),
      whole('(?:所属|监管)?领域'),
    ],
  },
  highRisk: {
    label: '高危原因',
    heads: [whole('(?:是否)?(?:属于)?高危(?:行业|领域|行业领域|单位|企业)?(?:原因|理由)?')],
  },
  crowded: { label: '人员密集场所', heads: [whole('(?:是否)?(?:属于)?人员密集(?:型)?(?:场所|单位)?')] },
  size: { label: '规模', heads: [whole(`(?:${unit}|经营)?规模(?:类型)?`)] },
  staff: {
    label: '从业人数',
    heads: [
      whole('(?:从业|员工|职工|用工|企业|单位)?(?:总)?人数|从业人员(?:数|数量|人数)?|员工(?:数|数量)|职工(?:数|数量)'),
    ],
  },
  floorArea: { label: '建筑面积', heads: [/^建筑面积/, whole('(?:经营|营业|使用|场所|总)?面积'), /^占地面积/] },
  community: {
    label: '社区',
    heads: [
      whole('(?:所属|所在|属地)?(?:社区|村居|居村|村社区|社区村|村)(?:名称)?'),
      whole('(?:所属|所在)?(?:居委会|村委会|居委)'),
    ],
  },
  grid: { label: '网格', heads: [whole('(?:所属|所在|责任)?网格(?:名称)?'), whole('(?:所属|所在)?网格(?:号|编号)')] },
  address: {
    label: '地址',
    heads: [
      whole('(?:实际|生产)?经营(?:地址|场所|地点|住所)|生产地址|详细地址|具体地址'),
      whole(`${unit}?(?:地址|地点|位置)`),
      whole('(?:注册|登记)(?:地址|住所)|住所'),
    ],
  },
  longitude: { label: '经度', heads: [whole('经度|东经|lng|lon|longitude')] },
  latitude: { label: '纬度', heads: [whole('纬度|北纬|lat|latitude')] },
  coordinates: { label: '经纬度', heads: [whole('经纬度|地理坐标|位置坐标|坐标|定位')] },
  principal: {
    label: '主要负责人',
    heads: [
      whole('(?:企业|单位|场所)?主要负责人(?:姓名)?'),
      whole(`(?:企业|单位|场所|店铺)?负责人(?:姓名)?`),
      whole(`${principalWords}(?:姓名)?`),
    ],
  },
  principalPhone: {
    label: '负责人电话',
    heads: [whole(`主要负责人${phoneWords}`), whole(`${principalWords}${phoneWords}`)],
  },
  manager: { label: '安全管理员', heads: [whole(`${managerWords}(?:姓名)?`)] },
  managerPhone: { label: '安全管理员电话', heads: [whole(`${managerWords}${phoneWords}`)] },
  colour: {
    label: '风险颜色',
    heads: [whole('(?:安全)?风险(?:颜色|等级|级别|分级|四色)'), whole('四色(?:等级)?|颜色|红橙黄蓝')],
  },
  standing: { label: '状态', heads: [whole(`(?:经营|营业|在营|登记|${unit})?状态`)] },
  since: {
    label: '纳管日期',
    heads: [whole('纳管(?:日期|时间)|纳入(?:监管)?(?:日期|时间)'), whole('(?:开业|成立|建档|注册|登记)(?:日期|时间)')],
  },
} as const satisfies Record<string, Column>
export type Field = keyof typeof columns
export const fields = Object.keys(columns) as Field[]

/** What a new unit cannot be without; a column that is not there may be said once for all rows. */
export const needed = ['name', 'kind', 'sectors', 'community', 'grid', 'address'] as const satisfies Field[]

/** The words of closed vocabularies that a file may have in its own spelling. */
export const vocabularies = {
  kind: kinds,
  keyPlace: keyPlaces,
  sectors,
  size: sizes,
  colour: colours,
  standing: standings,
} as const
export type Vocabulary = keyof typeof vocabularies

const word = v.pipe(v.string(), v.maxLength(200))
const fieldKeys = fields as [Field, ...Field[]]
export const vocabularyKeys = Object.keys(vocabularies) as [Vocabulary, ...Vocabulary[]]

/**
 * How a street's tables are read, once it has said so: what a heading stands for (null: not taken), what all rows say
 * where no column does, and what its own words mean.
 */
export const Mapping = v.strictObject({
  headings: v.pipe(
    v.record(word, v.nullable(v.picklist(fieldKeys))),
    v.check((all) => Object.keys(all).length <= 200, '最多记住 200 个列名'),
  ),
  fixed: v.record(v.picklist(fieldKeys), word),
  words: v.record(
    v.picklist(vocabularyKeys),
    v.pipe(
      v.record(word, v.pipe(v.string(), v.maxLength(40))),
      v.check((all) => Object.keys(all).length <= 200, '最多记住 200 个词'),
    ),
  ),
})
export type Mapping = v.InferOutput<typeof Mapping>
export const noMapping: Mapping = { headings: {}, fixed: {}, words: {} }

type Sheet = readonly (readonly unknown[])[]

/** Where a sheet's header lies, counted from 0, over how many rows, and what each column is headed, each but once. */
export interface Header {
  readonly at: number
  readonly depth: 1 | 2
  readonly headings: readonly string[]
}

/** The header that begins at a row. A second row belongs to it where a cell merged over both says so. */
export function headerAt(sheet: Sheet, at: number): Header {
  const upper = (sheet[at] ?? []).map((cell) => headingOf(cell))
  const lower = (sheet[at + 1] ?? []).map((cell) => headingOf(cell))
  const depth = upper.some((words, index) => words !== '' && words === lower[index]) ? 2 : 1
  const times = new Map<string, number>()
  const headings = Array.from({ length: Math.max(upper.length, depth === 2 ? lower.length : 0) }, (_, index) => {
    const [above, below] = [upper[index] ?? '', depth === 2 ? (lower[index] ?? '') : '']
    const words = above === below ? above : above + below
    if (words === '') return ''
    const before = times.get(words) ?? 0
    times.set(words, before + 1)
    return before === 0 ? words : `${words}#${before + 1}`
  })
  return { at, depth, headings }
}

/** The likeliest header: the row that names most of what a unit has, its name among that. Null where none does. */
export function findHeader(sheet: Sheet, kept: Mapping): Header | null {
  let best: { header: Header; known: number } | null = null
  for (let at = 0; at < Math.min(sheet.length, mostAbove); at++) {
    const header = headerAt(sheet, at)
    const known = placed(header.headings, kept).filter((field) => field !== null)
    if (known.includes('name') && known.length >= 2 && known.length > (best?.known ?? 0))
      best = { header, known: known.length }
  }
  return best?.header ?? null
}

const genericPhone = whole(phoneWords)

/** Which field each column is, as the street said before, else as its heading sounds; null where none. */
export function placed(headings: readonly string[], kept: Mapping): (Field | null)[] {
  const result: (Field | null)[] = headings.map((words) => kept.headings[words] ?? null)
  const said = headings.map((words) => Object.hasOwn(kept.headings, words))
  const taken = new Set(result)
  const bare = headings.map((words) => words.replace(/#\d+$/, '').toLowerCase())
  for (const field of fields) {
    if (taken.has(field)) continue
    for (const head of columns[field].heads) {
      const at = bare.findIndex((words, index) => !said[index] && result[index] === null && head.test(words))
      if (at < 0) continue
      result[at] = field
      taken.add(field)
      break
    }
  }
  // A telephone that does not say whose belongs to whoever is named before it.
  let whose: 'principal' | 'manager' = 'principal'
  for (const [index, words] of bare.entries()) {
    const field = result[index]
    if (field === 'principal' || field === 'manager') whose = field
    const phone = `${whose}Phone` as const
    if (result[index] !== null || said[index] || !genericPhone.test(words) || taken.has(phone)) continue
    result[index] = phone
    taken.add(phone)
  }
  return result
}

export type Cells = Readonly<Partial<Record<Field, string>>>
/** A line of the file, counted from 1 as tables count, with the cells of the fields that are taken. */
export interface Line {
  readonly line: number
  readonly cells: Cells
}

/** The filled lines below a header, or why there are none to take. What all rows say stands in for empty cells. */
export function linesBelow(
  sheet: Sheet,
  { at, depth }: Header,
  fieldOf: readonly (Field | null)[],
  fixed: Mapping['fixed'],
): { lines: Line[] } | { wrong: string } {
  const places = fieldOf.flatMap((field, index) => (field ? [[field, index] as const] : []))
  const lines: Line[] = []
  for (let row = at + depth; row < sheet.length; row++) {
    const all = sheet[row] ?? []
    const cells: Partial<Record<Field, string>> = {}
    let filled = false
    for (const [field, index] of places) {
      const cell = shown(all[index], field)
      if (cell === '') continue
      filled = true
      cells[field] = cell
    }
    if (!filled || isAside(all, cells)) continue
    if (lines.length === mostRows) return { wrong: `一次最多导入 ${mostRows} 家单位，请分成几个文件。` }
    for (const [field, words] of Object.entries(fixed) as [Field, string][]) if (words !== '') cells[field] ??= words
    lines.push({ line: row + 1, cells })
  }
  if (lines.length === 0) return { wrong: '表头下面没有单位，请填写后再导入。' }
  return { lines }
}

/** 合计, 填表人 and the like below the last unit, or the header once more, as on each page of a printed table. */
function isAside(row: readonly unknown[], cells: Cells): boolean {
  const said = row.map((cell) => compact(cell)).filter((cell) => cell !== '')
  if (columns.name.heads.some((head) => head.test(headingOf(cells.name ?? '')))) return true
  return said.length <= 3 && /^(?:合计|总计|小计|填表人|制表|审核|备注|说明|注)(?:[:、,人]|$)/.test(said[0] ?? '')
}

const several = new Set<Field>(['sectors', 'manager', 'managerPhone'])

/** A cell as it is shown and can be put right: what is full-width and no Chinese narrowed, on one line. */
export function shown(cell: unknown, field: Field): string {
  if (typeof cell !== 'string') return plain(cell)
  return unguarded(cell)
    .replaceAll(/[０-９Ａ-Ｚａ-ｚ]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\u200b-\u200d\ufeff]/g, '')
    .trim()
    .replaceAll(/\s*[\r\n]+\s*/g, several.has(field) ? '、' : ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])/g, '')
}
