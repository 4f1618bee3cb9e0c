import { hc } from 'hono/client'
import type { InferRequestType, InferResponseType } from 'hono/client'
import type { HazardDraft } from '@app/shared/hazards/schema'
import type { HazardId, StreetId } from '@app/shared/ids'
import type { Api } from './app'
import type { DeedDone } from './tenancy/deed'
import type { DistrictScope } from './tenancy/district-scope'
import type { Relations, StreetScope } from './tenancy/street-scope'
import type { NewHazard, SeenHazard, Writer } from './tenancy/writer'

// What must not compile. It is never run.

declare const w: Writer
declare const scope: StreetScope
declare const district: DistrictScope
declare const rel: Relations['hazards']
declare const row: NewHazard
declare const seen: SeenHazard
declare const done: DeedDone
declare const streetId: StreetId
declare const draft: HazardDraft

w.begin(row)
// @ts-expect-error a writer cannot be told which street to write to
w.begin({ ...row, streetId })
// @ts-expect-error nor which number to give
w.begin({ ...row, number: '1' })
// @ts-expect-error nor move a row to another street
w.change(seen, { streetId })
// @ts-expect-error nor another place
w.change(seen, { gridId: 'x' })
// @ts-expect-error wrong state
w.change(seen, { state: 'gone' })
// @ts-expect-error missing columns are refused
w.begin({ id: 'x' as HazardId })
// @ts-expect-error no handle leaks
scope.db
// @ts-expect-error nor bindings
scope.env
// @ts-expect-error a second where would replace the first; drizzle removes the method
scope.read('hazard.view').select({ id: rel.id }).from(rel).where(undefined).where(undefined)
// @ts-expect-error unknown capability
scope.read('hazard.fly')
// @ts-expect-error one deed has one subject
scope.write(done, (w) => [w.change(seen, {}), w.change(seen, {})])
// @ts-expect-error a district sees no person,
district.read('hazard.view').hazards.responsible
// @ts-expect-error no detail in a list,
district.read('hazard.view').hazards.place
// @ts-expect-error and writes nothing of a street's but by deciding
district.write

const api = hc<Api>('/').api.streets[':streetId'].hazards
type List = InferResponseType<typeof api.$get>
type Post = InferRequestType<typeof api.$post>
declare const list: List
export const first = list.items[0]?.receivedAt.toFixed()
export const post: Post = { param: { streetId: 'x' }, json: draft }
// @ts-expect-error a major cannot be filed
export const bad: Post = { param: { streetId: 'x' }, json: { ...draft, level: 'major' } }
type IsAny<T> = 0 extends 1 & T ? true : false
export const listIsTyped: IsAny<List> = false
export const itemIsTyped: IsAny<List['items'][number]['state']> = false
