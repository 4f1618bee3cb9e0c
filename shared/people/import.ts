import * as v from 'valibot'
import { roles, streetRoles } from '../capabilities'
import type { CommunityId, EnterpriseId, GridId, UnitId } from '../ids'
import type { Reach } from '../reach'
import { compact, headingOf, namesIn, plain } from '../sheet'
import { text } from '../text'
import { reachesOf } from './rules'
import { Username } from './schema'

type StreetRole = (typeof streetRoles)[number]

/** The columns of a file of people, in the order of the template. */
export const columns = {
  name: '姓名',
  username: '用户名',
  role: '岗位',
  community: '社区',
  grid: '网格',
  unit: '单位',
  title: '职务',
} as const
export type Column = keyof typeof columns
const keys = Object.keys(columns) as Column[]
const needed = ['name', 'username', 'role'] as const satisfies Column[]

/** A post in few words, as people write it into a file. */
export const roleNames: Record<StreetRole, string> = {
  'street-admin': '街道管理员',
  'street-leader': '街道领导',
  inspector: '街道干部',
  'community-secretary': '社区书记',
  'grid-worker': '网格员',
  'enterprise-principal': '企业主要负责人',
  'enterprise-manager': '企业安全管理员',
  auditor: '审计员',
  'security-admin': '安全管理员',
}

/** So many people come in one file. */
export const mostRows = 500
/** A title above the header, a note or two; further down no header is looked for. */
const mostAbove = 10

/** What a street has that a file may name; retired places left out. */
export interface Known {
  readonly communities: readonly { readonly id: CommunityId; readonly name: string }[]
  readonly grids: readonly { readonly id: GridId; readonly communityId: CommunityId; readonly name: string }[]
  readonly enterprises: readonly { readonly id: EnterpriseId; readonly name: string }[]
  readonly units: readonly { readonly id: UnitId; readonly name: string }[]
}

/** Somebody as the file describes them, ready to be given an account. */
export interface Entry {
  readonly name: string
  readonly username: string
  readonly role: StreetRole
  readonly reach: Reach
  readonly unitId: UnitId | null
  readonly title: string | null
}

/** A row of the file: what stands in it, and either whom it makes or what is wrong with which cell. */
export interface Row {
  /** The line in the file, from 1. */
  readonly line: number
  readonly cells: Readonly<Record<Column, string>>
  readonly errors: Readonly<Partial<Record<Column, string>>>
  readonly entry: Entry | null
}

/** Reads a file's cells. Either every row with all that is wrong in it, or why it is no such file. */
export function readPeople(sheet: readonly (readonly unknown[])[], known: Known): { rows: Row[] } | { wrong: string } {
  const at = sheet.slice(0, mostAbove).findIndex((row) => isHeader(row))
  const header = sheet[at]
  if (!header)
    return { wrong: `没有找到表头。前 ${mostAbove} 行中须有一行写明“姓名、用户名、岗位”，可以下载模板对照。` }
  const places = new Map<Column, number>()
  for (const [index, cell] of header.entries()) {
    const column = columnOf(cell)
    if (!column) continue
    if (places.has(column)) return { wrong: `“${columns[column]}”一列出现了两次，请删去一列。` }
    places.set(column, index)
  }
  const filled = sheet
    .map((row, index) => ({ row, line: index + 1 }))
    .slice(at + 1)
    .filter(({ row }) => row.some((cell) => plain(cell) !== ''))
  if (filled.length === 0) return { wrong: '表头下面没有人员，请填写后再导入。' }
  if (filled.length > mostRows) return { wrong: `一次最多导入 ${mostRows} 人，请分成几个文件。` }

  const read = filled.map(({ row, line }) => {
    // Safe: every column is given a text.
    const cells = Object.fromEntries(keys.map((column) => [column, plain(row[places.get(column) ?? -1])])) as Record<
      Column,
      string
    >
    return { line, cells, ...entryOf(cells, known) }
  })
  const first = new Map<string, number>()
  return {
    rows: read.map((row) => {
      const username = row.cells.username.toLowerCase()
      const before = first.get(username)
      if (username === '' || before === undefined) {
        first.set(username, row.line)
        return row
      }
      return {
        ...row,
        entry: null,
        errors: {
          ...row.errors,
          username: `与第 ${before} 行的用户名相同；一人有几个岗位时先导入一行，其余在系统里增加岗位`,
        },
      }
    }),
  }
}

function columnOf(cell: unknown): Column | undefined {
  const words = headingOf(cell)
  return keys.find((column) => columns[column] === words)
}

function isHeader(row: readonly unknown[]): boolean {
  return needed.every((column) => row.some((cell) => columnOf(cell) === column))
}

function entryOf(cells: Record<Column, string>, known: Known): Pick<Row, 'entry' | 'errors'> {
  const errors: Partial<Record<Column, string>> = {}
  const name = compact(cells.name)
  const named = v.safeParse(text(30), /^[\u4e00-\u9fff]/.test(name) ? name : cells.name)
  if (!named.success) errors.name = named.issues[0].message
  const username = v.safeParse(Username, compact(cells.username))
  if (!username.success) errors.username = cells.username === '' ? '请填写用户名' : username.issues[0].message
  const role = streetRoles.find((one) => [roleNames[one], compact(roles[one].label)].includes(compact(cells.role)))
  if (!role) {
    const all = Object.values(roleNames).join('、')
    errors.role = cells.role === '' ? `请填写岗位：${all}` : `没有“${cells.role}”这个岗位，请改为：${all}`
  }
  const title = cells.title === '' ? null : v.safeParse(text(30), cells.title)
  if (title && !title.success) errors.title = title.issues[0].message

  let reach: Reach | null = null
  let unitId: UnitId | null = null
  if (role) {
    reach = reachOf(role, cells, known, errors)
    // For an enterprise's people 单位 is where they work, and was looked up as that.
    if (reachesOf(role)[0] !== 'enterprise' && cells.unit !== '') {
      const unit = known.units.find((one) => compact(one.name) === compact(cells.unit))
      if (unit) unitId = unit.id
      else errors.unit = `没有成员单位“${cells.unit}”，请先登记或留空`
    }
  }
  if (Object.keys(errors).length > 0 || !named.success || !username.success || !role || !reach)
    return { errors, entry: null }
  const entry = {
    name: named.output,
    username: username.output,
    role,
    reach,
    unitId,
    title: (title?.output as string | undefined) ?? null,
  }
  return { errors, entry }
}

/** How far the post reaches, by the places its row names; what cannot be is put beside its cell. */
function reachOf(
  role: StreetRole,
  cells: Record<Column, string>,
  known: Known,
  errors: Partial<Record<Column, string>>,
): Reach | null {
  const may = reachesOf(role)
  if (may[0] === 'enterprise') {
    const found = known.enterprises.filter((one) => compact(one.name) === compact(cells.unit))
    const [own] = found
    if (cells.unit === '') errors.unit = '请填写所在的生产经营单位'
    else if (!own) errors.unit = `没有单位“${cells.unit}”，名称须与系统中一致`
    else if (found.length > 1) errors.unit = `有 ${found.length} 家单位同名，请在系统里单独开通`
    return own && found.length === 1 ? { within: 'enterprise', ids: [own.id] } : null
  }
  const communities = communitiesOf(cells, known, errors)
  const grids = gridsOf(cells, known, communities, errors)
  if (!communities || !grids) return null
  if (grids.length > 0) {
    if (may.includes('grids')) return { within: 'grids', ids: grids }
    errors.grid = '这个岗位不按网格负责，请留空'
    return null
  }
  if (communities.length > 0 && may.includes('communities')) return { within: 'communities', ids: communities }
  if (communities.length > 0 && !may.includes('grids')) {
    errors.community = '这个岗位负责整个街道，请留空'
    return null
  }
  if (may.includes('street')) return { within: 'street' }
  if (may.includes('communities')) errors.community = '请填写负责的社区'
  else errors.grid = '请填写负责的网格'
  return null
}

function communitiesOf(
  { community: cell }: Record<Column, string>,
  { communities }: Known,
  errors: Partial<Record<Column, string>>,
): CommunityId[] | null {
  const ids: CommunityId[] = []
  for (const name of namesIn(cell)) {
    const found = communities.find((one) => [name, `${name}社区`].includes(compact(one.name)))
    if (!found) {
      errors.community = `没有社区“${name}”，请改为系统中的名称或先新增`
      return null
    }
    ids.push(found.id)
  }
  return [...new Set(ids)]
}

function gridsOf(
  { grid: cell }: Record<Column, string>,
  { grids }: Known,
  communities: readonly CommunityId[] | null,
  errors: Partial<Record<Column, string>>,
): GridId[] | null {
  const ids: GridId[] = []
  for (const name of namesIn(cell)) {
    const named = grids.filter((one) => [name, `${name}网格`].includes(compact(one.name)))
    const within = named.filter(({ communityId }) => !communities?.length || communities.includes(communityId))
    const [found] = within
    if (!found) {
      errors.grid = named.length > 0 ? `“${name}”不在所填的社区` : `没有网格“${name}”，请改为系统中的名称或先新增`
      return null
    }
    if (within.length > 1) {
      errors.grid = `有 ${within.length} 个网格叫“${name}”，请同时填写社区`
      return null
    }
    ids.push(found.id)
  }
  return [...new Set(ids)]
}
