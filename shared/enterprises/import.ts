import * as v from 'valibot'
import type { CommunityId, GridId } from '../ids'
import { readPhone } from '../people/masking'
import { compact, namesIn, plain } from '../sheet'
import { addDays, Day } from '../time'
import { columns, type Field, type Line, type Mapping, vocabularies, type Vocabulary, vocabularyKeys } from './columns'
import { type Contact, EnterpriseFields, mostManagers, type Position } from './schema'
import type { Colour, Kind, Size, Standing } from './words'

/** What a row says of a unit; what it does not say is left out, and never takes away what the street has. */
export interface Values {
  name: string
  creditCode: EnterpriseFields['creditCode']
  kind: Kind
  keyPlace: EnterpriseFields['keyPlace']
  sectors: EnterpriseFields['sectors']
  highRisk: string | null
  crowded: boolean
  size: Size
  staff: number
  floorArea: number
  /** The grid is null where the community has several and the row names none. */
  place: { readonly communityId: CommunityId; readonly gridId: GridId | null }
  address: string
  position: Position
  /** The name is null where the row has but a telephone number. */
  principal: { readonly name: string | null; readonly phone: string | null }
  managers: readonly Contact[]
  colour: Colour
  standing: Standing
  since: Day
}
export type Facet = keyof Values
export type Errors = Readonly<Partial<Record<Field, string>>>

export interface Row extends Line {
  readonly values: Readonly<Partial<Values>>
  readonly errors: Errors
  /** Words of closed vocabularies that nobody has explained yet. */
  readonly unknown: readonly { readonly field: Vocabulary; readonly word: string }[]
}

/** What a street has that a file may name; retired places left out. */
export interface Known {
  readonly communities: readonly { readonly id: CommunityId; readonly name: string }[]
  readonly grids: readonly { readonly id: GridId; readonly communityId: CommunityId; readonly name: string }[]
  readonly today: Day
}

/** Why a unit counts as high-risk where the table only says that it does. */
export const bareHighRisk = '表格中标为高危'

const formulaError = /^#(?:NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A)$/i
const nothing = /^(?:[-—–_/\\.·]+|无|暂无|不详|未知|没有|n\/?a|null)$/i
const yes = /^(?:是|有|√|✓|✔|☑|对|1|y|yes|true|属于)$/i
const no = /^(?:否|无|不是|没有|非|×|✗|✘|☐|x|0|n|no|false|不属于|[-—–/])$/i

const synonyms: { readonly [V in Vocabulary]: Readonly<Record<string, keyof (typeof vocabularies)[V]>> } = {
  kind: {
    企业单位: 'enterprise',
    公司: 'enterprise',
    有限公司: 'enterprise',
    有限责任公司: 'enterprise',
    法人企业: 'enterprise',
    生产经营单位: 'enterprise',
    农民专业合作社: 'enterprise',
    个体: 'individual',
    个体户: 'individual',
    个体工商: 'individual',
    机关: 'institution',
    事业单位: 'institution',
    机关单位: 'institution',
    社会团体: 'institution',
    公共场所: 'gathering',
    公众聚集场所: 'gathering',
    特殊场所: 'sensitive',
    敏感场所: 'sensitive',
    混合经营: 'mixed',
    多业态混合: 'mixed',
    多业态混合经营: 'mixed',
    老旧小区: 'unmanaged',
    无人管理小区: 'unmanaged',
    三无小区: 'unmanaged',
    自建房: 'self-built',
    居民自建房: 'self-built',
  },
  keyPlace: {
    九小: 'nine-small',
    '“九小”场所': 'nine-small',
    电动自行车: 'e-bike',
    电动车充电: 'e-bike',
    电动自行车充电: 'e-bike',
    出租房: 'rental',
    租赁房: 'rental',
    商场: 'mall',
    市场: 'mall',
    超市: 'mall',
    农贸市场: 'mall',
    学校: 'school',
    幼儿园: 'school',
    医院: 'medical',
    养老院: 'medical',
    养老机构: 'medical',
    医疗机构: 'medical',
    工地: 'construction',
    在建工地: 'construction',
    工贸: 'enterprise',
  },
  sectors: {
    消防: 'fire',
    燃气: 'gas',
    用电: 'electricity',
    电气: 'electricity',
    电气安全: 'electricity',
    建设: 'construction',
    施工: 'construction',
    建筑: 'construction',
    建筑业: 'construction',
    建筑施工: 'construction',
    交通: 'traffic',
    交通运输: 'traffic',
    房屋: 'housing',
    自建房: 'housing',
    危化: 'chemicals',
    危化品: 'chemicals',
    特种: 'equipment',
    特种设备安全: 'equipment',
    教育: 'education',
    学校: 'education',
    校园: 'education',
    水上: 'water',
    渔业: 'water',
    水上交通: 'water',
    其它: 'other',
  },
  size: {
    大: 'large',
    中: 'medium',
    小: 'small',
    微: 'micro',
    小微: 'micro',
    大型企业: 'large',
    中型企业: 'medium',
    小型企业: 'small',
    微型企业: 'micro',
    小微企业: 'micro',
  },
  colour: {
    红: 'red',
    红色: 'red',
    重大: 'red',
    重大风险: 'red',
    橙: 'orange',
    橙色: 'orange',
    较大: 'orange',
    较大风险: 'orange',
    黄: 'yellow',
    黄色: 'yellow',
    一般: 'yellow',
    一般风险: 'yellow',
    蓝: 'blue',
    蓝色: 'blue',
    低: 'blue',
    低风险: 'blue',
  },
  standing: {
    营业: 'active',
    营业中: 'active',
    正常: 'active',
    正常营业: 'active',
    正常经营: 'active',
    存续: 'active',
    在业: 'active',
    开业: 'active',
    歇业: 'suspended',
    停产: 'suspended',
    停业整顿: 'suspended',
    暂停营业: 'suspended',
    关停: 'closed',
    倒闭: 'closed',
    注销: 'closed',
    已注销: 'closed',
    吊销: 'closed',
    搬迁: 'moved',
    已搬迁: 'moved',
    迁走: 'moved',
    搬离: 'moved',
  },
}

type Put = (field: Field, wrong: string) => void

/** Reads lines of a file against what the street has; made once for a file, since it prepares its look-ups. */
export function rowReader(known: Known, words: Mapping['words']): (line: Line) => Row {
  const vocabulary = dictionaries(words)
  const places = placesOf(known)
  return ({ line, cells }) => {
    const values: Partial<Values> = {}
    const errors: Partial<Record<Field, string>> = {}
    const unknown: { field: Vocabulary; word: string }[] = []
    const put: Put = (field, wrong) => {
      errors[field] ??= wrong
    }
    const flag = (field: Field) => {
      const cell = plain(cells[field])
      if (!formulaError.test(cell)) return cell
      put(field, `这一格的公式出错（${cell}），请改成内容`)
      return ''
    }
    const say = (field: Field) => {
      const cell = flag(field)
      return nothing.test(cell) ? '' : cell
    }
    const one = <S extends v.GenericSchema>(field: Field, schema: S, value: unknown): v.InferOutput<S> | null => {
      const parsed = v.safeParse(schema, value)
      if (parsed.success) return parsed.output
      put(field, parsed.issues[0].message)
      return null
    }
    const meant = <V extends Vocabulary>(field: V, cell: string): keyof (typeof vocabularies)[V] | null => {
      const found = vocabulary[field].get(compact(cell))
      // Safe: the dictionary of a vocabulary holds its keys only.
      if (found !== undefined) return found as keyof (typeof vocabularies)[V]
      unknown.push({ field, word: compact(cell) })
      const all = Object.values(vocabularies[field]).join('、')
      put(field, `没有“${short(cell)}”这个${columns[field].label}，可填：${all}`)
      return null
    }

    const text = (field: 'name' | 'address') => {
      const cell = cells[field] ?? ''
      return say(field) === '' ? null : one(field, EnterpriseFields.entries[field], cell)
    }
    const name = text('name')
    if (name !== null) values.name = name
    else put('name', '请填写单位名称')
    const address = text('address')
    if (address !== null) values.address = address

    const code = say('creditCode')
    if (scientific.test(code)) put('creditCode', lostDigits)
    else if (code !== '') {
      const creditCode = one('creditCode', EnterpriseFields.entries.creditCode, code)
      if (creditCode !== null) values.creditCode = creditCode
    }

    for (const field of ['kind', 'keyPlace', 'size', 'colour', 'standing'] as const) {
      const cell = say(field)
      const found = cell === '' ? null : meant(field, cell)
      // Safe: each vocabulary's word is a value of the facet of the same name.
      if (found !== null) Object.assign(values, { [field]: found })
    }
    const named = namesIn(say('sectors'))
    if (named.length > 0) {
      const found = named.map((cell) => meant('sectors', cell))
      const distinct = [...new Set(found.filter((sector) => sector !== null))]
      if (!found.includes(null)) {
        const list = one('sectors', EnterpriseFields.entries.sectors, distinct)
        if (list !== null) values.sectors = list
      }
    }

    const risk = flag('highRisk')
    if (no.test(risk)) values.highRisk = null
    else if (yes.test(risk)) values.highRisk = bareHighRisk
    else if (risk !== '' && !nothing.test(risk)) {
      const reason = one('highRisk', EnterpriseFields.entries.highRisk, risk)
      if (reason !== null) values.highRisk = reason
    }
    const crowded = flag('crowded')
    if (yes.test(crowded)) values.crowded = true
    else if (no.test(crowded)) values.crowded = false
    else if (crowded !== '' && !nothing.test(crowded)) put('crowded', '请填“是”或“否”')

    const staff = numberIn(say('staff'), /^(?:名|人|个|位)$/)
    if (staff === undefined) put('staff', '请只填人数，如 35')
    else if (staff !== null) {
      const people = one('staff', EnterpriseFields.entries.staff, staff)
      if (people !== null) values.staff = people
    }
    const area = numberIn(say('floorArea'), /^(?:平方米|平方|平米|平|m2|m²|㎡|万平方米|万平米|万m2|万)$/i)
    if (area === undefined) put('floorArea', '请只填平方米数，如 120')
    else if (area !== null) {
      const metres = one('floorArea', EnterpriseFields.entries.floorArea, Math.round(area))
      if (metres !== null) values.floorArea = metres
    }

    const place = places(say('community'), say('grid'), put)
    if (place) values.place = place
    const position = positionOf(say('longitude'), say('latitude'), say('coordinates'), put)
    if (position) values.position = position

    const principal = principalOf(say('principal'), say('principalPhone'), put)
    if (principal) values.principal = principal
    const managers = managersOf(say('manager'), say('managerPhone'), put)
    if (managers) values.managers = managers

    const day = say('since')
    if (day !== '') {
      const since = dayIn(day)
      if (since === null) put('since', '没有读出日期，请写成 2026-01-31')
      else if (since > known.today) put('since', '日期在今天之后，请核对')
      else values.since = since
    }
    return { line, cells, values, errors, unknown }
  }
}

const short = (cell: string) => (cell.length > 20 ? `${cell.slice(0, 20)}…` : cell)
const scientific = /^\d(?:\.\d+)?E\+\d+$/i
const lostDigits = '表格把号码改成了科学计数，原来的数字已丢失，请重新填写'

function dictionaries(words: Mapping['words']): Record<Vocabulary, ReadonlyMap<string, string>> {
  const made = vocabularyKeys.map((field) => {
    const labels = Object.entries(vocabularies[field]).map(([key, label]) => [compact(label), key] as const)
    const own = Object.entries(words[field] ?? {}).filter(([, key]) => Object.hasOwn(vocabularies[field], key))
    return [field, new Map([...Object.entries(synonyms[field]), ...labels, ...own])] as const
  })
  // Safe: there is one for each vocabulary.
  return Object.fromEntries(made) as unknown as Record<Vocabulary, ReadonlyMap<string, string>>
}

/** The number in a cell, with a unit of measurement or none; null for an empty cell, undefined for no number. */
function numberIn(cell: string, units: RegExp): number | null | undefined {
  if (cell === '') return null
  const [, digits = '', after = ''] = /^约?([\d,]*\.?\d+)\s*(.*?)(?:左右)?$/.exec(cell) ?? []
  if (digits === '' || (after !== '' && !units.test(after))) return undefined
  return Number(digits.replaceAll(',', '')) * (after.startsWith('万') ? 10_000 : 1)
}

/** `2026/5/6`, `2026年5月6日`, `20260506`, or the serial number that a table keeps a day as (1 is 1900-01-01). */
export function dayIn(cell: string): Day | null {
  const written =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:.*)?$/.exec(cell) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(cell)
  if (written) {
    const [, year, month = '', date = ''] = written
    const parsed = v.safeParse(Day, `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`)
    return parsed.success ? parsed.output : null
  }
  const serial = /^\d{5}(?:\.\d+)?$/.test(cell) ? Math.floor(Number(cell)) : 0
  return serial >= 10_000 && serial < 80_000 ? addDays('1899-12-30' as Day, serial) : null
}

const communityKey = (name: string) =>
  compact(name).replace(/(?:社区)?(?:居民委员会|居委会|村民委员会|村委会|社区|村|居委)$/, '')

const numerals = '零一二三四五六七八九'
/** `第一网格`, `网格1`, `1号网格` and `01` are one and the same. */
const gridKey = (name: string) =>
  compact(name)
    .replaceAll(/第|号|网格|格/g, '')
    .replaceAll(/([一二三四五六七八九])?十([一二三四五六七八九])?/g, (_, tens?: string, ones?: string) =>
      String((tens ? numerals.indexOf(tens) : 1) * 10 + (ones ? numerals.indexOf(ones) : 0)),
    )
    .replaceAll(/[零一二三四五六七八九]/g, (digit) => String(numerals.indexOf(digit)))
    .replace(/^0+(?=\d)/, '')

function grouped<T>(items: readonly T[], keys: (item: T) => readonly string[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items)
    for (const key of new Set(keys(item))) {
      const group = groups.get(key)
      if (group) group.push(item)
      else groups.set(key, [item])
    }
  return groups
}

function placesOf({ communities, grids }: Known) {
  const exactly = grouped(communities, ({ name }) => [compact(name)])
  const nearly = grouped(communities, ({ name }) => [communityKey(name)])
  const within = grouped(grids, ({ communityId }) => [communityId])
  const gridExactly = grouped(grids, ({ name }) => [compact(name)])
  const gridNearly = grouped(grids, ({ name }) => [gridKey(name)])
  const nameOf = new Map(communities.map(({ id, name }) => [id, name]))

  return (communityCell: string, gridCell: string, put: Put): Values['place'] | null => {
    let communityId: CommunityId | null = null
    if (communityCell !== '') {
      const found = exactly.get(compact(communityCell)) ?? nearly.get(communityKey(communityCell)) ?? []
      const [only] = found
      if (!only) put('community', `没有社区“${short(communityCell)}”，请改为系统中的名称或先新增`)
      else if (found.length > 1)
        put('community', `“${short(communityCell)}”可以是${found.map(({ name }) => name).join('或')}，请写全名`)
      if (!only || found.length > 1) return null
      communityId = only.id
    }
    const own = communityId === null ? null : (within.get(communityId) ?? [])
    if (gridCell === '') {
      if (communityId === null || !own) return null
      return { communityId, gridId: own.length === 1 ? (own[0]?.id ?? null) : null }
    }
    const said = compact(gridCell)
    const prefix = compact(nameOf.get(communityId ?? ('' as CommunityId)) ?? '')
    const bare = prefix !== '' && said.startsWith(prefix) ? said.slice(prefix.length) : said
    const fits = (found: readonly Known['grids'][number][] | undefined) =>
      (found ?? []).filter((grid) => communityId === null || grid.communityId === communityId)
    const found = [fits(gridExactly.get(said)), fits(gridExactly.get(bare)), fits(gridNearly.get(gridKey(bare)))].find(
      (list) => list.length > 0,
    )
    const [only] = found ?? []
    if (!found || !only) {
      const elsewhere = (gridExactly.get(said) ?? gridNearly.get(gridKey(bare)) ?? []).length > 0
      put(
        'grid',
        elsewhere ? `“${short(gridCell)}”不在所填的社区` : `没有网格“${short(gridCell)}”，请改为系统中的名称或先新增`,
      )
      return null
    }
    if (found.length > 1) {
      put('grid', `有 ${found.length} 个网格叫“${short(gridCell)}”，请同时填写社区`)
      return null
    }
    return { communityId: only.communityId, gridId: only.id }
  }
}

/** Degrees as a decimal or as `110°23′45″`; null for anything else. */
function degreesIn(cell: string): number | null {
  const [, degrees, minutes = '0', seconds = '0'] =
    /^[东北EN]?\s*[经纬]?\s*(\d{1,3}(?:\.\d+)?)\s*(?:[°度]\s*(?:(\d{1,2}(?:\.\d+)?)\s*['′分]\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:["″秒]|''|′′)\s*)?)?)?[EN]?$/i.exec(
      cell,
    ) ?? []
  return degrees === undefined ? null : Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600
}

// The mainland and its islands; no number can be both, so that the order of two does not matter.
const isLongitude = (degrees: number) => degrees >= 73 && degrees <= 136
const isLatitude = (degrees: number) => degrees >= 3 && degrees <= 54

function positionOf(longitudeCell: string, latitudeCell: string, both: string, put: Put): Position | null {
  const made = (longitude: number, latitude: number): Position => ({
    longitude: Math.round(longitude * 1e6) / 1e6,
    latitude: Math.round(latitude * 1e6) / 1e6,
    source: 'file',
    accuracy: null,
  })
  if (longitudeCell === '' && latitudeCell === '') {
    if (both === '') return null
    const [one, two, ...more] = both.split(/[,;、\s]+/).map((cell) => degreesIn(cell))
    if (one !== null && two !== null && one !== undefined && two !== undefined && more.length === 0) {
      if (isLongitude(one) && isLatitude(two)) return made(one, two)
      if (isLongitude(two) && isLatitude(one)) return made(two, one)
    }
    put('coordinates', '请写成“经度,纬度”，如 110.4,21.2')
    return null
  }
  const [longitude, latitude] = [degreesIn(longitudeCell), degreesIn(latitudeCell)]
  if (longitude !== null && latitude !== null && isLatitude(longitude) && isLongitude(latitude)) {
    put('longitude', '经度和纬度似乎填反了')
    return null
  }
  if (longitude === null || !isLongitude(longitude)) put('longitude', '经度应为 73 至 136 之间的度数')
  if (latitude === null || !isLatitude(latitude)) put('latitude', '纬度应为 3 至 54 之间的度数')
  return longitude !== null && latitude !== null && isLongitude(longitude) && isLatitude(latitude)
    ? made(longitude, latitude)
    : null
}

const phoneWithin = /(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}/

/** A name and the number that some write into the same cell. */
function apart(cell: string): { name: string; phone: string } {
  const phone = phoneWithin.exec(cell)?.[0] ?? ''
  const rest = phone === '' ? cell : cell.replace(phone, ' ').replaceAll(/[()[\]:,、/]/g, ' ')
  const name = rest.replaceAll(/\s+/g, ' ').trim()
  return { name: /^[\u4e00-\u9fff]/.test(name) ? compact(name) : name, phone }
}

/** One number in its one spelling; null where there is none, or where it is masked and so says nothing new. */
function phoneIn(cell: string, field: Field, put: Put): string | null {
  if (cell === '' || cell.includes('*')) return null
  if (scientific.test(cell)) put(field, lostDigits)
  const phone = readPhone(cell.replace(/\.0+$/, ''))
  if (phone === null) put(field, '请填写手机号、带区号的座机号或短号')
  return phone
}

function nameIn(cell: string, field: Field, put: Put): string | null {
  const parsed = v.safeParse(EnterpriseFields.entries.managers.item.entries.name, cell)
  if (parsed.success) return parsed.output
  put(field, parsed.issues[0].message)
  return null
}

function principalOf(cell: string, phoneCell: string, put: Put): Values['principal'] | null {
  const { name, phone } = apart(cell)
  const numbers = phoneCell.split(/[、,;/|]/).filter((one) => one.trim() !== '')
  if (numbers.length > 1) {
    put('principalPhone', '负责人只登记一个电话，请留一个')
    return null
  }
  const number = phoneIn(numbers[0]?.trim() ?? phone, 'principalPhone', put)
  if (name === '') return number === null ? null : { name: null, phone: number }
  const parsed = nameIn(name, 'principal', put)
  return parsed === null ? null : { name: parsed, phone: number }
}

function managersOf(cell: string, phoneCell: string, put: Put): Contact[] | null {
  const people = cell
    .split(/[、,;/|]/)
    .map((one) => apart(one.trim()))
    .filter(({ name }) => name !== '')
  const numbers = phoneCell
    .split(/[、,;/|]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')
  if (people.length === 0) {
    if (numbers.some((number) => !number.includes('*'))) put('manager', '有电话，请同时填写安全管理员姓名')
    return null
  }
  if (people.length > mostManagers) put('manager', `安全管理员最多 ${mostManagers} 人`)
  if (numbers.length > people.length) put('managerPhone', '电话比安全管理员多，请一一对应')
  if (people.length > mostManagers || numbers.length > people.length) return null
  const read: Contact[] = []
  for (const [at, { name, phone }] of people.entries()) {
    const parsed = nameIn(name, 'manager', put)
    const number = phoneIn(numbers[at] ?? phone, numbers[at] === undefined ? 'manager' : 'managerPhone', put)
    if (parsed !== null) read.push({ name: parsed, phone: number })
  }
  return read.length === people.length ? read : null
}
