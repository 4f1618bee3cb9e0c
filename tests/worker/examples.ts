import type { HazardId, NoticeId, PersonId } from '@app/shared/ids'
import { addDays, dayOf } from '@app/shared/time'
import { people } from '../../worker/db/ledger'
import { and, eq } from '../../worker/db/operators'
import { aCrew, closed, courseOf, filed } from './course'
import { idOf, png } from './pictures'
import { period, score, worked } from './scored'
import { aDistrict, anId, anOperator, aStreet, clientFor, send } from './street'

/** One valid request for a route that changes something: who may, where, and with what. */
export interface Example {
  readonly who: PersonId
  readonly path: string
  readonly body?: object | ArrayBuffer | Uint8Array<ArrayBuffer>
  readonly type?: string
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
  const soon = addDays(dayOf(Date.now()), 3)

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
  const withPhone = async () => {
    const id = await worker()
    await send(crew.admin, 'PUT', `${here}/people/${id}/phone`, { body: { phone: '13800000000' } })
    return id
  }
  const left = async () => {
    const id = await worker()
    await street.db
      .update(people)
      .set({ until: 1 })
      .where(and(eq(people.streetId, street.id), eq(people.id, id)))
    return id
  }
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
        body: { id, name: '测试新人', role: 'grid-worker', reach, ...account },
      }
    },
    'PUT /api/streets/:streetId/people/:personId/password': async () => ({
      who: crew.admin,
      path: `${here}/people/${await worker()}/password`,
      body: { password: 'another password' },
    }),
    'DELETE /api/streets/:streetId/people/:personId/post': async () => ({
      who: crew.admin,
      path: `${here}/people/${await worker()}/post`,
    }),
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

/** Sends an example as it comes over the wire. */
export function tryOut(method: string, { who, path, body, type }: Example): Promise<Response> {
  return send(who, method, path, {
    ...(body !== undefined && { body }),
    ...(type !== undefined && { headers: { 'content-type': type } }),
  })
}
