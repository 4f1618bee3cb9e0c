import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { districtRoles, Role, streetRoles } from '@app/shared/capabilities'
import type { KeyPlace } from '@app/shared/hazards/words'
import {
  type CommunityId,
  type DistrictId,
  type EnterpriseId,
  type GridId,
  idFrom,
  type PersonId,
  type StreetId,
} from '@app/shared/ids'
import type { Reach } from '@app/shared/reach'
import { type Random, randomFrom } from './random'

export type StreetRole = (typeof streetRoles)[number]
export type DistrictRole = (typeof districtRoles)[number]

export interface Person<R extends Role = Role> {
  readonly id: PersonId
  readonly name: string
  readonly role: R
}
export type StreetPerson = Person<StreetRole> & { readonly reach: Reach; readonly title?: string }

export interface Grid {
  readonly id: GridId
  readonly name: string
  readonly communityId: CommunityId
  readonly worker: StreetPerson
  readonly secretary: StreetPerson
}

export interface Enterprise {
  readonly id: EnterpriseId
  readonly name: string
  readonly grid: Grid
  readonly address: string
  readonly keyPlace: KeyPlace
  readonly principal: StreetPerson | null
}

export interface Community {
  readonly id: CommunityId
  readonly name: string
  readonly statCode: string | null
}

export interface Street {
  readonly id: StreetId
  readonly slug: string
  readonly name: string
  readonly shortName: string
  readonly statCode: string | null
  readonly district: Pick<District, 'id' | 'slug' | 'admins'>
  readonly communities: readonly Community[]
  readonly grids: readonly Grid[]
  readonly enterprises: readonly Enterprise[]
  readonly people: readonly StreetPerson[]
  readonly admin: StreetPerson
  readonly inspectors: readonly StreetPerson[]
  readonly leaders: readonly StreetPerson[]
}

export interface District {
  readonly id: DistrictId
  readonly slug: string
  readonly name: string
  readonly ledger: string
  readonly people: readonly Person<DistrictRole>[]
  readonly admins: readonly Person<DistrictRole>[]
  readonly streets: readonly Street[]
}

/** Ids do not depend on the day of loading, so that a load that was broken off can be found and made anew. */
const madeAt = Date.UTC(2025, 0, 6)

interface Named {
  slug: string
  name: string
  shortName: string
  statCode: string | null
  communities: { name: string; statCode: string | null }[]
}

const slugs: Record<string, string> = {
  乐华: 'lehua',
  泉庄: 'quanzhuang',
  东山: 'dongshan',
  东简: 'dongjian',
  民安: 'minan',
  硇洲: 'naozhou',
}

/** The two districts, with streets, places and people. */
export function demoDistricts(): District[] {
  const streetsOfZone = realStreets().toSorted(
    (a, b) => Object.keys(slugs).indexOf(a.shortName) - Object.keys(slugs).indexOf(b.shortName),
  )
  const invented = (slug: string, shortName: string, name: string): Named => ({
    slug,
    name,
    shortName,
    statCode: null,
    communities: ['甲', '乙', '丙'].map((letter) => ({ name: `${shortName}${letter}社区`, statCode: null })),
  })
  return [
    districtOf('zetdz', '湛江经济技术开发区', 'LEDGER_01', streetsOfZone),
    districtOf('shili', '示例新区', 'LEDGER_02', [
      invented('shili-east', '示东', '示例东街道'),
      invented('shili-west', '示西', '示例西街道'),
    ]),
  ]
}

function realStreets(): Named[] {
  const rows = readFileSync(resolve(import.meta.dirname, 'divisions.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
  const byCode = new Map<string, Named>()
  for (const row of rows) {
    const [statCode = '', name = '', villageCode = '', village = ''] = row.trim().split(',')
    const shortName = name.replace(/(街道|镇)$/, '')
    const street = byCode.get(statCode) ?? { slug: slugs[shortName] ?? '', name, shortName, statCode, communities: [] }
    street.communities.push({ name: communityName(village), statCode: villageCode })
    byCode.set(statCode, street)
  }
  return [...byCode.values()]
}

/** `明哲社区居委会` → `明哲社区`, `东山居委会` → `东山社区`, `调青村委会` → `调青村`. */
function communityName(whole: string): string {
  if (whole.endsWith('村委会')) return whole.slice(0, -2)
  return whole.replace(/(社区)?居委会$/, '社区')
}

function districtOf(slug: string, name: string, ledger: string, streets: readonly Named[]): District {
  const random = randomFrom(slug)
  const id = idFrom<DistrictId>('dis', madeAt, random.bytes(16))
  const roles: DistrictRole[] = ['district-admin', 'district-admin', 'district-observer']
  const people = roles.map((role) => ({
    id: idFrom<PersonId>('usr', madeAt, random.bytes(16)),
    name: personName(random),
    role,
  }))
  const admins = people.filter(({ role }) => role === 'district-admin')
  return {
    id,
    slug,
    name,
    ledger,
    people,
    admins,
    streets: streets.map((street) => streetOf(street, { id, slug, admins })),
  }
}

function streetOf(named: Named, district: Street['district']): Street {
  const random = randomFrom(named.slug)
  const id = <Id extends string>(prefix: string) => idFrom<Id>(prefix, madeAt, random.bytes(16))
  const people: StreetPerson[] = []
  const names = new Set<string>()
  const hire = (role: StreetRole, reach: Reach): StreetPerson => {
    let name = personName(random)
    while (names.has(name)) name = personName(random)
    names.add(name)
    const person = { id: id<PersonId>('usr'), name, role, reach }
    people.push(person)
    return person
  }

  const streetId = id<StreetId>('str')
  const admin = hire('street-admin', { within: 'street' })
  const inspectors = [1, 2, 3].map(() => hire('inspector', { within: 'street' }))
  const communities = named.communities.map((community) => ({ ...community, id: id<CommunityId>('com') }))
  const grids = communities.flatMap(({ id: communityId, name }) => {
    const secretary = hire('community-secretary', { within: 'communities', ids: [communityId] })
    return ['一', '二', '三', '四'].slice(0, random.int(2, 4)).map((nth) => {
      const gridId = id<GridId>('grd')
      const worker = hire('grid-worker', { within: 'grids', ids: [gridId] })
      return { id: gridId, name: `${placeName(name)}第${nth}网格`, communityId, worker, secretary }
    })
  })

  const taken = new Set<string>()
  const enterprises = Array.from({ length: 25 }, (_, at): Enterprise => {
    // The first place is where the demonstration's own grid worker and shop are.
    const grid = at === 0 ? grids[0] : random.favour(grids)
    if (!grid) throw new Error(`${named.name} has no grid`)
    const kind = enterpriseKinds[at % enterpriseKinds.length]
    if (!kind) throw new Error('No kind of enterprise')
    const place = placeName(communities.find((community) => community.id === grid.communityId)?.name ?? '')
    const plain = `示例${place}${kind.name}`
    const name = taken.has(plain) ? `${plain}（${at}号）` : plain
    taken.add(name)
    const enterpriseId = id<EnterpriseId>('ent')
    const principal = at % 5 < 2 ? hire('enterprise-principal', { within: 'enterprise', ids: [enterpriseId] }) : null
    const address = `${place}示例${random.pick(['一路', '二路', '东巷', '西巷', '大道', '横街'])}${random.int(1, 120)}号`
    return { id: enterpriseId, name, grid, address, keyPlace: kind.keyPlace, principal }
  })
  // Hired last, so that whoever was there before keeps their id.
  const leaders = leaderTitles.map((title, at) => {
    const ids = communities.filter((_, nth) => nth % leaderTitles.length === at).map((community) => community.id)
    const leader = { ...hire('street-leader', { within: 'communities', ids }), title }
    people.splice(
      people.findIndex((person) => person.id === leader.id),
      1,
      leader,
    )
    return leader
  })
  return { ...named, id: streetId, district, communities, grids, enterprises, people, admin, inspectors, leaders }
}

const leaderTitles = ['党工委书记', '办事处主任', '党工委副书记', '办事处副主任']

/** `明哲社区` → `明哲`, as the names of its grids begin. */
function placeName(community: string): string {
  return community.replace(/(社区|村)$/, '')
}

const enterpriseKinds: { name: string; keyPlace: KeyPlace }[] = [
  { name: '电动车充电站', keyPlace: 'e-bike' },
  { name: '小餐馆', keyPlace: 'nine-small' },
  { name: '出租公寓', keyPlace: 'rental' },
  { name: '便利店', keyPlace: 'nine-small' },
  { name: '商场', keyPlace: 'mall' },
  { name: '建筑工地', keyPlace: 'construction' },
  { name: '水产加工厂', keyPlace: 'enterprise' },
  { name: '幼儿园', keyPlace: 'school' },
  { name: '小旅馆', keyPlace: 'nine-small' },
  { name: '自建出租屋', keyPlace: 'rental' },
  { name: '农贸市场', keyPlace: 'mall' },
  { name: '诊所', keyPlace: 'medical' },
  { name: '电动车维修店', keyPlace: 'e-bike' },
  { name: '五金店', keyPlace: 'nine-small' },
  { name: '机修车间', keyPlace: 'enterprise' },
  { name: '大排档', keyPlace: 'nine-small' },
  { name: '养老院', keyPlace: 'medical' },
]

const surnames = Array.from('陈李林黄梁吴郑王何周许叶谢蔡庞莫冯邓柯窦')
const givenNames = Array.from('一二可安宁平和乐然知行言真朴方圆清明远山川河海舟帆禾苗青松柏桐')

/** Invented: put together by chance from a short list of characters. */
function personName(random: Random): string {
  return random.pick(surnames) + random.pick(givenNames) + (random.chance(0.75) ? random.pick(givenNames) : '')
}
