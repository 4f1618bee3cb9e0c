import { env } from 'cloudflare:workers'
import { defaultPolicy } from '@app/shared/accounts/policy'
import type {
  ChargeId,
  CommunityId,
  DrawId,
  EnterpriseId,
  ExportId,
  FilingId,
  GridId,
  HazardId,
  InvitationId,
  MeasureId,
  MergeId,
  NoticeId,
  OwnCriterionId,
  PersonId,
  PostId,
  RiskPointId,
  SeatId,
  StreetId,
  TemplateId,
  UnitId,
} from '@app/shared/ids'
import { addDays, dayOf } from '@app/shared/time'
import { openDirectory } from '../../worker/db/client'
import { secondFactors, signInLimits } from '../../worker/db/directory'
import { enterpriseContacts, streetExports } from '../../worker/db/ledger'
import { and, eq } from '../../worker/db/operators'
import { aCrew, closed, courseOf, filed } from './course'
import { aPassphrase, asked, quiet } from './packages'
import { aFiling, aStatement, certificateBody, dutiesBody, permitBody } from './filed'
import { aCheck, answer, aSelfcheck } from './inspected'
import { aJoining } from './joined'
import { nineSmall } from '@app/shared/checklists/shipped/nine-small'
import { aDraft as aChecklistDraft, criterionWords } from './drafted'
import { idOf, png } from './pictures'
import { period, score, worked } from './scored'
import { aDistrict, anId, anOperator, aStreet, clientFor, send, wholeStreet } from './street'

const directory = openDirectory(env)

/** One valid request for a route that changes something: who may, where, and with what. */
export interface Example {
  readonly who: PersonId
  readonly path: string
  readonly body?: object | ArrayBuffer | Uint8Array<ArrayBuffer>
  readonly type?: string
  /** What its lines of audit are about, where the request is several deeds in one. */
  readonly about?: readonly string[]
}

/**
 * For every route that changes something a maker of valid requests, each upon something fresh, so that it can be asked
 * for again and again. The key is `METHOD path` as it is mounted.
 */
export async function examples() {
  const district = await aDistrict()
  const street = await aStreet(district)
  const crew = await aCrew(street)
  const [overseer, deputy, operator] = [await district.overseer(), await district.overseer(), await anOperator()]
  await worked(street, crew, { inTime: 1 })
  await score(district)
  const [here, there] = [`/api/streets/${street.id}`, `/api/districts/${district.id}`]
  const round = (id: HazardId, deed: string) => `${here}/hazards/${id}/rounds/1/${deed}`
  const today = dayOf(Date.now())
  const soon = addDays(today, 3)
  const leader = await street.member('street-leader')
  let count = 0
  const name = (kind: string) => `${kind}${++count}`

  /** Does by request what an example stands on, and is loud when it was refused. */
  const prepare = async (method: string, path: string, body?: object, who = crew.admin) => {
    const response = await send(who, method, path, { ...(body && { body }), bindings: quiet })
    if (response.status >= 300) throw new Error(`${method} ${path}: ${await response.text()}`)
  }

  const worker = () => street.member('grid-worker', { within: 'grids', ids: [street.places.first] })
  const assigned = async (change = {}) => {
    const id = await filed(street, crew.grid, change)
    await courseOf(street, id).assign(crew.admin)
    return id
  }
  const rectified = async () => {
    const id = await assigned()
    await courseOf(street, id).rectify(crew.principal)
    return id
  }
  const settled = async () => {
    const photos = [await street.photo(crew.principal)]
    const fixed = answer('exit-clear', photos, { result: 'fixed', after: [await street.photo(crew.principal)] })
    const json = aSelfcheck({ answers: [fixed] })
    const { hazards } = await clientFor(crew.principal)
      .streets[':streetId'].selfchecks.$post({ param: { streetId: street.id }, json })
      .then((response) => response.json() as Promise<{ hazards: HazardId[] }>)
    return hazards[0] as HazardId
  }
  const withPhone = async () => {
    const id = await worker()
    await prepare('PUT', `${here}/people/${id}/phone`, { phone: '13800000000' })
    return id
  }
  const locked = async (id: PersonId) => {
    const shut = { count: 6, lastAt: Date.now(), shutUntil: Date.now() + 600_000 }
    // A user name in these tests is the person's id.
    await directory.insert(signInLimits).values({ key: `account:${id}`, ...shut })
  }
  const withFactor = (userId: PersonId) =>
    directory.insert(secondFactors).values({ userId, secret: 'sealed', confirmedAt: 1 })
  const invitation = () => ({ id: anId<InvitationId>('inv'), role: 'inspector', reach: wholeStreet, hours: 24 })
  const person = (id: PersonId, rest: string) => `${here}/people/${id}/${rest}`
  const postPath = async (id: PersonId) => person(id, `posts/${await street.postOf(id)}`)
  const left = async () => {
    const id = await worker()
    await prepare('DELETE', await postPath(id))
    return id
  }
  const aCommunity = async () => {
    const id = anId<CommunityId>('com')
    await prepare('POST', `${here}/places/communities`, { id, name: name('社区') })
    return id
  }
  const aGrid = async () => {
    const id = anId<GridId>('grd')
    await prepare('POST', `${here}/places/grids`, { id, communityId: street.places.east, name: name('网格') })
    return id
  }
  const inGrid = (gridId: GridId) => filed(street, crew.admin, { gridId, enterpriseId: null, source: 'street-check' })
  const charge = (placeId: GridId | CommunityId, kind: 'leader' | 'cadre', personId: PersonId) => ({
    id: anId<ChargeId>('chg'),
    placeId,
    kind,
    personId,
    from: today,
  })
  const seat = (personId: PersonId | null = null) => ({
    id: anId<SeatId>('sea'),
    seat: 'member',
    personId,
    name: name('成员'),
    title: '副书记',
    from: today,
  })
  const first = () => {
    const id = anId<PersonId>('usr')
    return { id, name: '测试新人', username: `n${id.slice(-10)}` }
  }
  const newOverseer = () => ({ ...first(), role: 'district-observer' })
  const newStreet = () => {
    const id = anId<StreetId>('str')
    const rows = [{ community: '新社区', grid: '新网格', code: '' }]
    const admin = { ...first(), postId: anId<PostId>('pst') }
    return { id, name: name('街道'), shortName: '新街', slug: `s${id.slice(-10)}`, rows, admin }
  }
  const enterprise = () => ({
    id: anId<EnterpriseId>('ent'),
    activeSince: today,
    name: name('单位'),
    creditCode: null,
    kind: 'enterprise',
    keyPlace: null,
    sectors: ['gas'],
    highRisk: null,
    crowded: false,
    size: null,
    staff: null,
    floorArea: null,
    communityId: street.places.east,
    gridId: street.places.first,
    address: '示例路 3 号',
    position: null,
    principal: { name: '张三', phone: '13800000000' },
    managers: [],
  })
  const anEnterprise = async () => {
    const body = enterprise()
    await prepare('POST', `${here}/enterprises`, body)
    return body
  }
  /** A unit with its principal, of whom nobody has filed anything. */
  const aPrincipal = async () => {
    const { id } = await anEnterprise()
    return { unit: id, who: await street.member('enterprise-principal', { within: 'enterprise', ids: [id] }) }
  }
  const aDraft = async () => {
    const { unit, who } = await aPrincipal()
    const path = `${here}/filings/${anId<FilingId>('fil')}`
    await prepare('PUT', `${path}/draft`, aStatement(unit, dutiesBody()), who)
    return { who, path }
  }
  const aPermit = async () => {
    const body = aFiling(street.places.shop, permitBody())
    await prepare('POST', `${here}/filings`, body, crew.principal)
    return `${here}/filings/${body.id}`
  }
  const aCriterion = async () => {
    const id = anId<OwnCriterionId>('crt')
    await prepare('POST', `${here}/criteria`, { id, ...criterionWords() })
    return id
  }
  const aChecklist = async () => {
    const id = anId<TemplateId>('tpl')
    await prepare('POST', `${here}/checklists`, { id, title: name('检查表'), copyOf: null })
    return id
  }
  const merging = async () => {
    const [one, other] = [await anEnterprise(), await anEnterprise()]
    const seen = ({ id }: { id: EnterpriseId }) => ({ id, version: 1 })
    return { body: { id: anId<MergeId>('mrg'), goes: seen(one), stays: seen(other), why: '重复建档' } }
  }
  const point = () => ({
    id: anId<RiskPointId>('rsk'),
    enterpriseId: street.places.shop,
    name: name('配电间'),
    accident: '线路过热引发火灾',
    level: 'orange',
    reason: '负荷高、线路老化',
    measures: [{ id: anId<MeasureId>('msr'), words: '每周检查线路', owner: '张三', days: 7 }],
  })
  const aPoint = async () => {
    const body = point()
    await prepare('POST', `${here}/risks`, body)
    return body
  }
  const aUnit = async () => {
    const id = anId<UnitId>('unt')
    await prepare('POST', `${here}/organisation/units`, { id, name: name('单位'), leads: [], joins: ['gas'] })
    return id
  }
  const aDistrictUnit = async () => {
    const id = anId<UnitId>('unt')
    await prepare('POST', `${there}/units`, { id, name: name('单位'), leads: [], joins: ['gas'] }, overseer)
    return id
  }
  /** A street makes one package at a time. */
  const noExport = () =>
    street.db
      .update(streetExports)
      .set({ state: 'gone' })
      .where(and(eq(streetExports.streetId, street.id), eq(streetExports.state, 'making')))
  const { notices } = clientFor(overseer).districts[':districtId']
  const drafted = async () => {
    const response = await notices.$post({ param: { districtId: district.id }, json: { period } })
    return (await response.json()).id
  }
  const published = async () => {
    const id = await drafted()
    await send(deputy, 'PUT', `${there}/notices/${id}/publication`, { body: { version: 1 } })
    return id
  }
  const words = async (id: NoticeId) => {
    const response = await send(overseer, 'GET', `${there}/notices/${id}`)
    return (await response.json<{ words: object }>()).words
  }

  const made: Record<string, () => Promise<Example>> = {
    'POST /api/streets/:streetId/hazards': async () => ({
      who: crew.grid,
      path: `${here}/hazards`,
      body: await street.draft(),
    }),
    'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/assignment': async () => ({
      who: crew.admin,
      path: round(await filed(street, crew.grid), 'assignment'),
      body: { responsibleId: null, responsible: '张三', dueOn: soon, measures: '整改' },
    }),
    'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/rectification': async () => ({
      who: crew.principal,
      path: round(await assigned(), 'rectification'),
      body: { words: '已整改', photos: [await street.photo()] },
    }),
    'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/recheck': async () => ({
      who: crew.inspector,
      path: round(await rectified(), 'recheck'),
      body: { outcome: 'pass', words: '通过' },
    }),
    'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/closure': async () => {
      const id = await rectified()
      await courseOf(street, id).recheck(crew.inspector)
      return { who: crew.admin, path: round(id, 'closure'), body: { words: '同意' } }
    },
    'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/reopening': async () => ({
      who: crew.inspector,
      path: round(await closed(street, crew), 'reopening'),
      body: { words: '反弹' },
    }),
    'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/void-proposal': async () => ({
      who: crew.inspector,
      path: round(await filed(street, crew.grid), 'void-proposal'),
      body: { words: '重复' },
    }),
    'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/void-decision': async () => {
      const id = await filed(street, crew.grid)
      await courseOf(street, id).proposeVoid(crew.inspector)
      return { who: crew.admin, path: round(id, 'void-decision'), body: { outcome: 'void', words: '属实' } }
    },
    'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/extension-request': async () => {
      const id = await assigned()
      return {
        who: crew.principal,
        path: round(id, 'extension-request'),
        body: { until: addDays(dayOf(Date.now()), 8), words: '配件未到货' },
      }
    },
    'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/extension-decision': async () => {
      const id = await assigned()
      const asked = { until: addDays(dayOf(Date.now()), 8), words: '配件未到货' }
      await prepare('PUT', round(id, 'extension-request'), asked, crew.principal)
      return {
        who: crew.admin,
        path: round(id, 'extension-decision'),
        body: { outcome: 'refuse-extension', words: '按期整改' },
      }
    },
    'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/objection': async () => ({
      who: crew.principal,
      path: round(await filed(street, crew.grid), 'objection'),
      body: { words: '现场不存在该问题' },
    }),
    'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/objection-decision': async () => {
      const id = await filed(street, crew.grid)
      await prepare('PUT', round(id, 'objection'), { words: '现场不存在该问题' }, crew.principal)
      return { who: crew.admin, path: round(id, 'objection-decision'), body: { outcome: 'overrule', words: '属实' } }
    },
    'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/verification': async () => ({
      who: crew.inspector,
      path: round(await settled(), 'verification'),
      body: { outcome: 'verify', words: '现场核验' },
    }),
    'POST /api/streets/:streetId/selfchecks': async () => ({
      who: crew.principal,
      path: `${here}/selfchecks`,
      body: aSelfcheck(),
    }),
    'POST /api/streets/:streetId/inspections': async () => ({
      who: crew.grid,
      path: `${here}/inspections`,
      body: aCheck(street.places.shop),
    }),
    'POST /api/streets/:streetId/inspections/:inspectionId/corrections': async () => {
      const first = aCheck(street.places.shop)
      await prepare('POST', `${here}/inspections`, first, crew.grid)
      const { enterpriseId: _, ...again } = aCheck(street.places.shop)
      return {
        who: crew.grid,
        path: `${here}/inspections/${first.id}/corrections`,
        body: { ...again, why: '漏写一项' },
        about: [again.id],
      }
    },
    'POST /api/streets/:streetId/filings': async () => ({
      who: crew.principal,
      path: `${here}/filings`,
      body: aFiling(street.places.shop),
    }),
    'PUT /api/streets/:streetId/filings/:filingId/draft': async () => {
      const { unit, who } = await aPrincipal()
      const path = `${here}/filings/${anId<FilingId>('fil')}/draft`
      return { who, path, body: aStatement(unit, dutiesBody()) }
    },
    'PUT /api/streets/:streetId/filings/:filingId/confirmation': async () => {
      const { who, path } = await aDraft()
      return { who, path: `${path}/confirmation`, body: { revision: 1, name: '测试enterprise-principal' } }
    },
    'PUT /api/streets/:streetId/filings/:filingId/decision': async () => ({
      who: crew.principal,
      path: `${await aPermit()}/decision`,
      body: { outcome: 'approved', words: null },
    }),
    'PUT /api/streets/:streetId/filings/:filingId/closure': async () => {
      const path = await aPermit()
      await prepare('PUT', `${path}/decision`, { outcome: 'approved', words: null }, crew.principal)
      return { who: crew.principal, path: `${path}/closure`, body: { words: '已完工', photos: [] } }
    },
    'POST /api/streets/:streetId/filings/:filingId/number-views': async () => {
      const body = aFiling(street.places.shop, certificateBody())
      await prepare('POST', `${here}/filings`, body, crew.principal)
      return { who: crew.admin, path: `${here}/filings/${body.id}/number-views` }
    },
    'POST /api/streets/:streetId/criteria': async () => ({
      who: crew.admin,
      path: `${here}/criteria`,
      body: { id: anId<OwnCriterionId>('crt'), ...criterionWords() },
    }),
    'PUT /api/streets/:streetId/criteria/:criterionId': async () => ({
      who: crew.admin,
      path: `${here}/criteria/${await aCriterion()}`,
      body: { version: 1, ...criterionWords(), text: '修改后的内容' },
    }),
    'PUT /api/streets/:streetId/criteria/:criterionId/verification': async () => ({
      who: crew.admin,
      path: `${here}/criteria/${await aCriterion()}/verification`,
      body: { version: 1, lookedUp: '对照街道印发的纸质文件' },
    }),
    'PUT /api/streets/:streetId/criteria/:criterionId/retirement': async () => ({
      who: crew.admin,
      path: `${here}/criteria/${await aCriterion()}/retirement`,
      body: { version: 1, on: today, why: '文件已废止' },
    }),
    'POST /api/streets/:streetId/checklists': async () => ({
      who: crew.admin,
      path: `${here}/checklists`,
      body: { id: anId<TemplateId>('tpl'), title: '新检查表', copyOf: { id: nineSmall.id, version: 1 } },
    }),
    'PUT /api/streets/:streetId/checklists/:templateId/draft': async () => ({
      who: crew.admin,
      path: `${here}/checklists/${await aChecklist()}/draft`,
      body: { edition: 1, draft: aChecklistDraft({ title: '改过的检查表' }) },
    }),
    'PUT /api/streets/:streetId/checklists/:templateId/publication': async () => ({
      who: crew.admin,
      path: `${here}/checklists/${await aChecklist()}/publication`,
      body: { edition: 1, draft: aChecklistDraft() },
    }),
    'PUT /api/streets/:streetId/checklists/:templateId/retirement': async () => ({
      who: crew.admin,
      path: `${here}/checklists/${await aChecklist()}/retirement`,
      body: { edition: 1 },
    }),
    'POST /api/streets/:streetId/draws': async () => ({
      who: crew.admin,
      path: `${here}/draws`,
      body: {
        id: anId<DrawId>('drw'),
        purpose: name('双随机检查'),
        from: { kind: null, sector: null, colour: null, communityId: null, uncheckedSince: null },
        inspectors: [crew.inspector, crew.officer],
        excused: [],
        count: 1,
        perUnit: 2,
        until: soon,
        why: null,
      },
    }),
    'PUT /api/streets/:streetId/photos/:photoId': async () => {
      const bytes = await png(8, 6)
      return { who: crew.grid, path: `${here}/photos/${await idOf(bytes)}`, body: bytes, type: 'image/png' }
    },
    'POST /api/streets/:streetId/people': async () => {
      const id = anId<PersonId>('usr')
      const reach = { within: 'grids', ids: [street.places.first] }
      const account = { username: `n${id.slice(-10)}`, password: 'a first password' }
      return {
        who: crew.admin,
        path: `${here}/people`,
        body: { id, postId: anId<PostId>('pst'), name: '测试新人', role: 'grid-worker', reach, ...account },
      }
    },
    'PUT /api/streets/:streetId/people/:personId/password': async () => ({
      who: crew.admin,
      path: `${here}/people/${await worker()}/password`,
      body: { password: 'another password' },
    }),
    'POST /api/streets/:streetId/people/:personId/posts': async () => ({
      who: crew.admin,
      path: person(await worker(), 'posts'),
      body: { id: anId<PostId>('pst'), role: 'inspector', reach: wholeStreet, title: '挂职' },
    }),
    'POST /api/streets/:streetId/people/invitations': async () => ({
      who: crew.admin,
      path: `${here}/people/invitations`,
      body: invitation(),
    }),
    'DELETE /api/streets/:streetId/people/invitations/:invitationId': async () => {
      const body = invitation()
      await prepare('POST', `${here}/people/invitations`, body)
      return { who: crew.admin, path: `${here}/people/invitations/${body.id}` }
    },
    'PUT /api/streets/:streetId/enterprises/:enterpriseId/poster': async () => ({
      who: crew.admin,
      path: `${here}/enterprises/${(await anEnterprise()).id}/poster`,
    }),
    'DELETE /api/streets/:streetId/enterprises/:enterpriseId/poster': async () => {
      const path = `${here}/enterprises/${(await anEnterprise()).id}/poster`
      await prepare('PUT', path, {})
      return { who: crew.admin, path }
    },
    'POST /api/streets/:streetId/enterprises/:enterpriseId/joining-codes': async () => ({
      who: crew.admin,
      path: `${here}/enterprises/${(await anEnterprise()).id}/joining-codes`,
      body: { role: 'enterprise-manager' },
    }),
    'PUT /api/streets/:streetId/joinings/:joiningId/decision': async () => ({
      who: crew.admin,
      path: `${here}/joinings/${await aJoining(street, crew.admin, (await anEnterprise()).id)}/decision`,
      body: { approved: true },
    }),
    'PUT /api/streets/:streetId/people/:personId/posts/:postId/reach': async () => ({
      who: crew.admin,
      path: `${await postPath(await worker())}/reach`,
      body: { reach: { within: 'grids', ids: [street.places.second] } },
    }),
    'DELETE /api/streets/:streetId/people/:personId/posts/:postId': async () => ({
      who: crew.admin,
      path: await postPath(await worker()),
    }),
    'PUT /api/streets/:streetId/people/:personId/handover': async () => {
      const [leaving, staying] = [await street.member('inspector'), await street.member('inspector')]
      const hazards = [await filed(street, crew.grid), await filed(street, crew.grid)]
      for (const id of hazards) await courseOf(street, id).assign(crew.admin, { responsibleId: leaving })
      const [held, sat] = [charge(await aGrid(), 'cadre', leaving), seat(leaving)]
      await prepare('POST', `${here}/organisation/charges`, held)
      await prepare('POST', `${here}/organisation/seats`, sat)
      return {
        who: crew.admin,
        path: person(leaving, 'handover'),
        body: { to: staying, hazards, charges: [held.id], seats: [sat.id], words: '工作调动' },
        about: [...hazards, leaving],
      }
    },
    'DELETE /api/streets/:streetId/people/:personId/lock': async () => {
      const id = await worker()
      await locked(id)
      return { who: crew.admin, path: person(id, 'lock') }
    },
    'DELETE /api/streets/:streetId/people/:personId/sessions': async () => ({
      who: crew.admin,
      path: person(await worker(), 'sessions'),
    }),
    'PUT /api/streets/:streetId/people/:personId/sign-in': async () => ({
      who: crew.admin,
      path: person(await worker(), 'sign-in'),
      body: { allowed: false },
    }),
    'DELETE /api/streets/:streetId/people/:personId/second-factor': async () => {
      const id = await worker()
      await withFactor(id)
      return { who: crew.admin, path: person(id, 'second-factor') }
    },
    'POST /api/streets/:streetId/people/:personId/link': async () => ({
      who: crew.admin,
      path: person(await worker(), 'link'),
    }),
    'POST /api/streets/:streetId/places/communities': async () => ({
      who: crew.admin,
      path: `${here}/places/communities`,
      body: { id: anId<CommunityId>('com'), name: name('社区') },
    }),
    'POST /api/streets/:streetId/places/grids': async () => ({
      who: crew.admin,
      path: `${here}/places/grids`,
      body: { id: anId<GridId>('grd'), communityId: street.places.east, name: name('网格') },
    }),
    'PUT /api/streets/:streetId/places/communities/:communityId/name': async () => ({
      who: crew.admin,
      path: `${here}/places/communities/${await aCommunity()}/name`,
      body: { name: name('更名社区'), why: '区划调整' },
    }),
    'PUT /api/streets/:streetId/places/grids/:gridId/name': async () => ({
      who: crew.admin,
      path: `${here}/places/grids/${await aGrid()}/name`,
      body: { name: name('更名网格'), why: '区划调整' },
    }),
    'POST /api/streets/:streetId/places/grids/:gridId/moves': async () => {
      const from = await aGrid()
      const hazards = [await inGrid(from), await inGrid(from)]
      return {
        who: crew.admin,
        path: `${here}/places/grids/${from}/moves`,
        body: { to: street.places.second, what: { kind: 'all' }, why: '网格合并' },
        about: [...hazards, from],
      }
    },
    'PUT /api/streets/:streetId/places/communities/:communityId/retirement': async () => {
      const id = await aCommunity()
      await prepare('POST', `${here}/organisation/charges`, charge(id, 'leader', leader))
      return { who: crew.admin, path: `${here}/places/communities/${id}/retirement`, body: { why: '合并' } }
    },
    'PUT /api/streets/:streetId/places/grids/:gridId/retirement': async () => {
      const id = await aGrid()
      await street.member('grid-worker', { within: 'grids', ids: [id] })
      const body = { to: street.places.second, why: '合并' }
      return { who: crew.admin, path: `${here}/places/grids/${id}/retirement`, body }
    },
    'POST /api/streets/:streetId/enterprises': async () => ({
      who: crew.admin,
      path: `${here}/enterprises`,
      body: enterprise(),
    }),
    'PUT /api/streets/:streetId/enterprises/:enterpriseId': async () => {
      const { id, activeSince: _, ...fields } = await anEnterprise()
      return { who: crew.admin, path: `${here}/enterprises/${id}`, body: { ...fields, staff: 8, version: 1 } }
    },
    'POST /api/streets/:streetId/enterprises/:enterpriseId/standings': async () => ({
      who: crew.admin,
      path: `${here}/enterprises/${(await anEnterprise()).id}/standings`,
      body: { version: 1, on: today, standing: 'suspended', why: '停业整顿' },
    }),
    'POST /api/streets/:streetId/enterprises/:enterpriseId/colours': async () => ({
      who: crew.admin,
      path: `${here}/enterprises/${(await anEnterprise()).id}/colours`,
      body: { version: 1, colour: 'red', why: '使用瓶装液化气' },
    }),
    'POST /api/streets/:streetId/enterprises/contacts/:contactId/phone-views': async () => {
      const { id } = await anEnterprise()
      const [contact] = await street.db
        .select({ id: enterpriseContacts.id })
        .from(enterpriseContacts)
        .where(and(eq(enterpriseContacts.streetId, street.id), eq(enterpriseContacts.enterpriseId, id)))
      return { who: crew.admin, path: `${here}/enterprises/contacts/${contact?.id ?? ''}/phone-views` }
    },
    'POST /api/streets/:streetId/merges': async () => {
      const { body } = await merging()
      return { who: crew.admin, path: `${here}/merges`, body, about: [body.goes.id, body.stays.id] }
    },
    'PUT /api/streets/:streetId/merges/:mergeId/undoing': async () => {
      const { body } = await merging()
      await prepare('POST', `${here}/merges`, body)
      return {
        who: crew.admin,
        path: `${here}/merges/${body.id}/undoing`,
        body: { why: '并非同一家' },
        about: [body.stays.id, body.goes.id],
      }
    },
    'POST /api/streets/:streetId/risks': async () => ({ who: crew.admin, path: `${here}/risks`, body: point() }),
    'PUT /api/streets/:streetId/risks/:pointId': async () => {
      const { id, enterpriseId: _, ...fields } = await aPoint()
      return { who: crew.admin, path: `${here}/risks/${id}`, body: { ...fields, version: 1, why: '重新分级' } }
    },
    'PUT /api/streets/:streetId/risks/:pointId/standing': async () => ({
      who: crew.admin,
      path: `${here}/risks/${(await aPoint()).id}/standing`,
      body: { version: 1, standing: 'retired', why: '设备已拆除' },
    }),
    'PUT /api/streets/:streetId/hazards/:hazardId/rounds/:round/measure': async () => ({
      who: crew.admin,
      path: round(await filed(street, crew.grid), 'measure'),
      body: { lapse: 'missing', measureId: null, measure: '每日巡查', words: '无人巡查' },
    }),
    'POST /api/streets/:streetId/imports/enterprises/chunks': async () => {
      const { id, version } = { id: (await anEnterprise()).id, version: 1 }
      const unit = { ...enterprise(), colour: null, standing: 'active' }
      const lines = [
        { kind: 'new', line: 2, unit },
        { kind: 'change', line: 3, id, version, changes: { staff: 9 } },
      ]
      return { who: crew.admin, path: `${here}/imports/enterprises/chunks`, body: { lines }, about: [unit.id, id] }
    },
    'PUT /api/streets/:streetId/imports/enterprises/mapping': async () => ({
      who: crew.admin,
      path: `${here}/imports/enterprises/mapping`,
      body: { headings: { 门头: 'name' }, fixed: {}, words: {} },
    }),
    'POST /api/streets/:streetId/organisation/charges': async () => ({
      who: crew.admin,
      path: `${here}/organisation/charges`,
      body: charge(await aCommunity(), 'leader', leader),
    }),
    'PUT /api/streets/:streetId/organisation/charges/:chargeId/end': async () => {
      const held = charge(await aCommunity(), 'leader', leader)
      await prepare('POST', `${here}/organisation/charges`, held)
      return { who: crew.admin, path: `${here}/organisation/charges/${held.id}/end`, body: { on: today } }
    },
    'POST /api/streets/:streetId/organisation/seats': async () => ({
      who: crew.admin,
      path: `${here}/organisation/seats`,
      // Whoever was head until then has the seat no longer: two rows, one deed.
      body: { ...seat(), seat: 'head' },
    }),
    'PUT /api/streets/:streetId/organisation/seats/:seatId/end': async () => {
      const sat = seat()
      await prepare('POST', `${here}/organisation/seats`, sat)
      return { who: crew.admin, path: `${here}/organisation/seats/${sat.id}/end`, body: { on: today } }
    },
    'POST /api/streets/:streetId/organisation/units': async () => ({
      who: crew.admin,
      path: `${here}/organisation/units`,
      body: { id: anId<UnitId>('unt'), name: name('单位'), leads: [], joins: ['gas'] },
    }),
    'PUT /api/streets/:streetId/organisation/units/:unitId': async () => ({
      who: crew.admin,
      path: `${here}/organisation/units/${await aUnit()}`,
      body: { name: name('单位'), leads: [], joins: [], basis: '街道分工文件' },
    }),
    'DELETE /api/streets/:streetId/organisation/units/:unitId': async () => ({
      who: crew.admin,
      path: `${here}/organisation/units/${await aUnit()}`,
    }),
    'PUT /api/streets/:streetId/settings/:key': async () => ({
      who: crew.admin,
      path: `${here}/settings/due.ordinary`,
      body: { value: 5 + (++count % 20) },
    }),
    'PUT /api/streets/:streetId/security/policy': async () => ({
      who: crew.admin,
      path: `${here}/security/policy`,
      body: { ...defaultPolicy, verifyAgain: 11 },
    }),
    'PUT /api/districts/:districtId/security/policy': async () => ({
      who: overseer,
      path: `${there}/security/policy`,
      body: { ...defaultPolicy, verifyAgain: 12 },
    }),
    'DELETE /api/districts/:districtId/people/:personId/lock': async () => {
      const id = await district.overseer()
      await locked(id)
      return { who: overseer, path: `${there}/people/${id}/lock` }
    },
    'DELETE /api/districts/:districtId/people/:personId/sessions': async () => ({
      who: overseer,
      path: `${there}/people/${await district.overseer()}/sessions`,
    }),
    'PUT /api/districts/:districtId/people/:personId/sign-in': async () => ({
      who: overseer,
      path: `${there}/people/${await district.overseer()}/sign-in`,
      body: { allowed: false },
    }),
    'DELETE /api/districts/:districtId/people/:personId/second-factor': async () => {
      const id = await district.overseer()
      await withFactor(id)
      return { who: overseer, path: `${there}/people/${id}/second-factor` }
    },
    'POST /api/districts/:districtId/people/:personId/link': async () => ({
      who: overseer,
      path: `${there}/people/${await district.overseer()}/link`,
    }),
    'POST /api/districts/:districtId/streets/:streetId/administrators/:personId/link': async () => {
      // A user of these tests has no password yet.
      const id = await street.member('street-admin')
      const path = `${there}/streets/${street.id}/administrators/${id}/link`
      // In the records of both.
      return { who: overseer, path, about: [id, id] }
    },
    'PUT /api/districts/:districtId/people/:personId/post': async () => {
      const path = `${there}/people/${await district.overseer('district-observer')}/post`
      await prepare('DELETE', path, undefined, overseer)
      return { who: overseer, path }
    },
    'POST /api/streets/:streetId/exports': async () => {
      await noExport()
      const body = { id: anId<ExportId>('exp'), passphrase: aPassphrase() }
      return { who: crew.admin, path: `${here}/exports`, body }
    },
    'DELETE /api/streets/:streetId/exports/:exportId': async () => {
      await noExport()
      const { id } = await asked(street.id, crew.admin)
      return { who: crew.admin, path: `${here}/exports/${id}` }
    },
    'PUT /api/streets/:streetId/people/:personId/phone': async () => ({
      who: crew.admin,
      path: `${here}/people/${await worker()}/phone`,
      body: { phone: '13800000000' },
    }),
    'POST /api/streets/:streetId/people/:personId/phone-views': async () => ({
      who: crew.inspector,
      path: `${here}/people/${await withPhone()}/phone-views`,
    }),
    'PUT /api/streets/:streetId/people/:personId/name': async () => ({
      who: crew.admin,
      path: `${here}/people/${await worker()}/name`,
      body: { name: '改正' },
    }),
    'POST /api/streets/:streetId/people/:personId/erasure': async () => ({
      who: crew.admin,
      path: `${here}/people/${await left()}/erasure`,
    }),
    'PUT /api/streets/:streetId/holds/:hazardId': async () => ({
      who: crew.admin,
      path: `${here}/holds/${await filed(street, crew.grid)}`,
      body: { why: '有争议' },
    }),
    'DELETE /api/streets/:streetId/holds/:hazardId': async () => {
      const path = `${here}/holds/${await filed(street, crew.grid)}`
      await send(crew.admin, 'PUT', path, { body: { why: '有争议' } })
      return { who: crew.admin, path }
    },
    'PUT /api/districts/:districtId/hazards/:streetId/:hazardId/rounds/:round/determination': async () => ({
      who: overseer,
      path: `${there}/hazards/${street.id}/${await assigned({ level: 'suspected' })}/rounds/1/determination`,
      body: { level: 'ordinary', words: '不属于重大' },
    }),
    'POST /api/districts/:districtId/streets/trials': async () => ({
      who: overseer,
      path: `${there}/streets/trials`,
      body: newStreet(),
    }),
    'POST /api/districts/:districtId/streets': async () => ({
      who: overseer,
      path: `${there}/streets`,
      body: newStreet(),
    }),
    'POST /api/districts/:districtId/people': async () => ({
      who: overseer,
      path: `${there}/people`,
      body: newOverseer(),
    }),
    'DELETE /api/districts/:districtId/people/:personId/post': async () => {
      const body = newOverseer()
      await prepare('POST', `${there}/people`, body, overseer)
      return { who: overseer, path: `${there}/people/${body.id}/post` }
    },
    'POST /api/districts/:districtId/units': async () => ({
      who: overseer,
      path: `${there}/units`,
      body: { id: anId<UnitId>('unt'), name: name('单位'), leads: [], joins: ['gas'] },
    }),
    'PUT /api/districts/:districtId/units/:unitId': async () => ({
      who: overseer,
      path: `${there}/units/${await aDistrictUnit()}`,
      body: { name: name('单位'), leads: [], joins: [], basis: '区任务分工表' },
    }),
    'DELETE /api/districts/:districtId/units/:unitId': async () => ({
      who: overseer,
      path: `${there}/units/${await aDistrictUnit()}`,
    }),
    'POST /api/districts/:districtId/notices': async () => ({
      who: overseer,
      path: `${there}/notices`,
      body: { period },
    }),
    'PUT /api/districts/:districtId/notices/:noticeId/words': async () => {
      const id = await drafted()
      return { who: overseer, path: `${there}/notices/${id}/words`, body: { version: 1, words: await words(id) } }
    },
    'PUT /api/districts/:districtId/notices/:noticeId/publication': async () => ({
      who: deputy,
      path: `${there}/notices/${await drafted()}/publication`,
      body: { version: 1 },
    }),
    'PUT /api/districts/:districtId/notices/:noticeId/withdrawal': async () => ({
      who: deputy,
      path: `${there}/notices/${await published()}/withdrawal`,
      body: { version: 2, reason: '数据有误' },
    }),
  }
  return { district, street, crew, operator, overseer, made }
}

/** A fresh example of one route; throws for a route that has none. */
export async function exampleOf(made: Record<string, () => Promise<Example>>, route: string): Promise<Example> {
  const make = made[route]
  if (!make) throw new Error(`No example of ${route}`)
  return make()
}

/** Sends an example as it comes over the wire; jobs that it asks for wait, so that nothing changes behind the test. */
export function tryOut(method: string, { who, path, body, type }: Example): Promise<Response> {
  return send(who, method, path, {
    bindings: quiet,
    ...(body !== undefined && { body }),
    ...(type !== undefined && { headers: { 'content-type': type } }),
  })
}
