// A street's whole table of 5,000 units: how long it takes until it can be looked over, and until all of it is taken
// over; then the same file once more, which must find nothing to do, and with one number changed in each line.
import { createHash } from 'node:crypto'
import { columns, findHeader, linesBelow, mostRows, noMapping, placed } from '@app/shared/enterprises/columns'
import { checkOf } from '@app/shared/enterprises/credit-code'
import { rowReader } from '@app/shared/enterprises/import'
import {
  chunksOf,
  type Held,
  type HeldPage,
  identityOf,
  judge,
  lineToWrite,
  registerOf,
} from '@app/shared/enterprises/matching'
import type { EnterpriseId } from '@app/shared/ids'
import type { Places } from '@app/shared/places/schema'
import { dayOf } from '@app/shared/time'
import type { InferOutput } from 'valibot'
import { readBook, type Row, tableBytes } from '../../web/src/ui/desk/excel'
import { call, type Clerk, clerk } from '../trials/client'
import type { Host } from './host'

/** Milliseconds that a person may wait for the preview, and for the whole of it to be taken over. */
const most = { preview: 2000, commit: 60_000 } as const

const sha = (words: string) => createHash('sha256').update(words).digest('hex')
const since = (began: number) => Math.round(performance.now() - began)

/** Runs all of it and prints a line each; says whether every bound held. */
export async function imports({ product }: Host): Promise<boolean> {
  const admin = await clerk(product, 'lehua.admin')
  const here = `/api/streets/${admin.street.id}`
  const { body } = await call(product, admin.cookie, 'GET', `${here}/places`)
  // Safe: the answer's schema.
  const places = JSON.parse(body) as Places
  let held = true
  for (const [name, staff, units] of [
    ['import 5000 new', 5, { new: mostRows }],
    ['import the same again', 5, { same: mostRows }],
    ['import 5000 changed', 6, { changed: mostRows }],
  ] as const) {
    const file = new File([new Uint8Array(await tableBytes([], tableOf(places, staff), '台账'))], '台账.xlsx')
    const began = performance.now()
    const register = await registerIn(product, admin)
    const fetched = since(began)
    const { rows, verdicts } = await preview(file, places, register)
    const previewed = since(began)
    const kinds = Object.groupBy(verdicts, ({ kind }) => kind)
    const right = Object.entries(units).every(([kind, count]) => kinds[kind as keyof typeof kinds]?.length === count)

    const committing = performance.now()
    const lines = rows.flatMap((row, at) => {
      const id = `ent_${sha(`${admin.street.id} ${identityOf(row.values)}`).slice(0, 32)}` as EnterpriseId
      const verdict = verdicts[at]
      const line = verdict && lineToWrite(row, verdict, undefined, { id, today: dayOf(Date.now()) })
      return line ? [line] : []
    })
    for (const chunk of chunksOf(lines)) {
      const sent = JSON.stringify(chunk)
      const path = `${here}/imports/enterprises/chunks`
      const answer = await call(product, admin.cookie, 'POST', path, { body: sent, key: sha(sent) })
      if (answer.status !== 204) throw new Error(`A chunk answered ${answer.status}: ${answer.body}`)
    }
    const committed = since(committing)
    const fine = right && previewed <= most.preview && committed <= most.commit
    console.log(
      JSON.stringify({ name, bytes: file.size, fetchMs: fetched, previewMs: previewed, commitMs: committed, fine }),
    )
    held &&= fine
  }
  return held
}

async function preview(file: File, places: Places, register: readonly Held[]) {
  const [sheet] = await readBook(file, { bytes: 10_000_000, rows: 5100 })
  const header = findHeader(sheet?.rows ?? [], noMapping)
  if (!sheet || !header) throw new Error('The table has no header')
  const below = linesBelow(sheet.rows, header, placed(header.headings, noMapping), {})
  if ('wrong' in below) throw new Error(below.wrong)
  const rows = below.lines.map(rowReader({ ...places, today: dayOf(Date.now()) }, {}))
  return { rows, verdicts: judge(rows, registerOf(register), new Map()) }
}

async function registerIn(product: string, { cookie, street }: Clerk): Promise<Held[]> {
  const all: Held[] = []
  for (let cursor = ''; ;) {
    const path = `/api/streets/${street.id}/imports/enterprises/register${cursor && `?cursor=${cursor}`}`
    const { status, body } = await call(product, cookie, 'GET', path)
    if (status !== 200) throw new Error(`The register answered ${status}`)
    // Safe: the answer's schema.
    const { items, next } = JSON.parse(body) as InferOutput<typeof HeldPage>
    all.push(...items)
    if (next === null) return all
    cursor = next
  }
}

function tableOf({ communities, grids }: Places, staff: number): Row[] {
  const heads = [
    columns.name,
    columns.creditCode,
    columns.kind,
    columns.sectors,
    columns.community,
    columns.grid,
    columns.address,
    columns.staff,
    columns.floorArea,
    columns.principal,
    columns.principalPhone,
    columns.manager,
    columns.managerPhone,
    columns.colour,
    columns.since,
  ]
  return [
    ['压测街道生产经营单位台账'],
    heads.map(({ label }) => label),
    ...Array.from({ length: mostRows }, (_, at): Row => {
      const grid = grids[at % grids.length]
      const first17 = `92440800MA9${String(at).padStart(6, '0')}`
      return [
        `压测${at}号餐饮店`,
        first17 + checkOf(first17),
        '个体工商户',
        '消防、燃气',
        communities.find(({ id }) => id === grid?.communityId)?.name ?? '',
        grid?.name ?? '',
        `压测路 ${at} 号`,
        `${staff}人`,
        40 + (at % 90),
        '张三',
        `138${String(at).padStart(8, '0')}`,
        '李四、王五',
        `139${String(at).padStart(8, '0')}、139${String(at + 5000).padStart(8, '0')}`,
        '蓝',
        45_000 + (at % 700),
      ]
    }),
  ]
}
