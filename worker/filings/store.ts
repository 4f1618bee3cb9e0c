import { can } from '@app/shared/capabilities'
import { daysOf, mostExpiringDays, periodAt } from '@app/shared/filings/periods'
import {
  daysIn,
  decisionRefusal,
  type FiledFacts,
  type FilingWords,
  type HeldCertificate,
  missingIn,
  owedFilings,
  permitWarnings,
  periodic,
  photosOf,
  recordErrors,
  sealFiling,
  titleOf,
} from '@app/shared/filings/rules'
import type { BoardFilter, FilingFilter } from '@app/shared/filings/filter'
import type {
  BoardPage,
  Confirmation,
  Decision,
  FilingBody,
  FilingPage,
  FilingRecord,
  NewFiling,
  Owing,
  StatementBody,
  StatementDraft,
  WorkClosure,
} from '@app/shared/filings/schema'
import { kinds, trades } from '@app/shared/filings/words'
import type { EnterpriseId, FilingId } from '@app/shared/ids'
import { compareText } from '@app/shared/order'
import { pageOf, readCursor, writeCursor } from '@app/shared/pages'
import { type FieldError, Problem } from '@app/shared/problem'
import { type Settings, settingsOf } from '@app/shared/settings/catalogue'
import { addDays, type Day, dayOf } from '@app/shared/time'
import {
  afterFalling,
  afterRising,
  aliased,
  and,
  asc,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isCertificate,
  isDraft,
  isFiled,
  isNotNull,
  isNull,
  isTrue,
  lte,
  or,
  placesOf,
  type SQLWrapper,
  the,
} from '../db/operators'
import { newSalt } from '../ids'
import { requireHeld } from '../photos/store'
import { settingsSet } from '../settings/store'
import { sha256 } from '../sha256'
import type { Relations, StreetScope } from '../tenancy/street-scope'

/** A page of papers reads at most so many, whatever it is filtered by. */
const mostScanned = 40
/** A page of the board reads so many units with what each has filed. */
const boardSize = 8
/** A permit that nobody closed is named for so many days. */
const permitDays = 60

const factColumns = (f: Relations['filings']) => ({
  id: f.id,
  enterpriseId: f.enterpriseId,
  kind: f.kind,
  state: f.state,
  period: f.period,
  from: f.from,
  until: f.until,
  words: f.words,
})

const factsOf = ({
  words,
  ...facts
}: Omit<FiledFacts, 'title'> & { words: FilingWords | null; enterpriseId: EnterpriseId }): FiledFacts & {
  enterpriseId: EnterpriseId
} => ({
  ...facts,
  title: words && titleOf(words.body),
})

/** Units of a page, to be joined with what each has filed: a condition on the papers would be sought by their places. */
type Units = ReturnType<ReturnType<typeof unitsOf>['as']>
const unitsOf = (
  { enterprises: e, select }: ReturnType<StreetScope['read']>,
  here: ReturnType<typeof and>,
  most: number,
) => select({ id: e.id }).from(e).where(here).orderBy(asc(e.name), asc(e.id)).limit(most)

/** Queries for what decides what units owe: papers about days of this year, certificates that run out, and drafts. */
function concerning(scope: StreetScope, whose: EnterpriseId | Units, now: number) {
  const { filings: f, select } = scope.read('filing.view')
  const today = dayOf(now)
  // Safe: the first day of a year.
  const year = `${today.slice(0, 4)}-01-01` as Day
  const papers = (condition: ReturnType<typeof and>) =>
    typeof whose === 'string'
      ? select(factColumns(f))
          .from(f)
          .where(and(eq(f.enterpriseId, whose), condition))
      : // The units first, each sought by its id.
        select(factColumns(f))
          .from(whose)
          .crossJoin(f)
          .where(and(eq(f.enterpriseId, whose.id), condition))

  return [
    papers(and(isTrue(f.latest), inArray(f.kind, [...periodic, 'permit']), gte(f.until, addDays(year, -permitDays)))),
    papers(and(isTrue(f.latest), eq(f.kind, 'certificate'), lte(f.until, addDays(today, mostExpiringDays)))),
    papers(isDraft(f.state)),
  ] as const
}

/** Queries for when a unit came to the register and for the papers that decide what it owes, to be read by `owingFacts`. */
export function owingQueries(scope: StreetScope, id: EnterpriseId, now: number) {
  const { enterpriseChanges: l, select } = scope.read('filing.view')
  return [
    select({ on: l.on })
      .from(l)
      .where(and(eq(l.enterpriseId, id), eq(l.version, 1))),
    ...concerning(scope, id, now),
  ] as const
}

type Papers = Awaited<ReturnType<typeof concerning>[number]>
/** What `owingQueries` answered, as the rules take it. */
export const owingFacts = ([entered, ...found]: readonly [readonly { readonly on: Day | null }[], ...Papers[]]) => ({
  since: entered[0]?.on ?? begun,
  papers: found.flat().map(factsOf),
})

/** What a unit owes now, and what its own phone needs to file it. Throws `not-found`. */
export async function owingOf(scope: StreetScope, id: EnterpriseId, now: number): Promise<Owing> {
  const { enterprises: e, filings: f, select } = scope.read('filing.view')
  const [[unit], set, held, ...found] = await scope.together([
    select({ id: e.id, name: e.name, standing: e.standing, highRisk: e.highRisk, crowded: e.crowded })
      .from(e)
      .where(and(eq(e.id, id), isNull(e.mergedInto))),
    settingsSet(scope),
    select({ id: f.id, words: f.words })
      .from(f)
      .where(and(eq(f.enterpriseId, id), isTrue(f.latest), eq(f.kind, 'certificate'), gte(f.until, dayOf(now)))),
    ...owingQueries(scope, id, now),
  ])
  if (!unit) throw new Problem('not-found')
  const settings = settingsOf(set)
  const { highRisk, crowded, ...shown } = unit
  const { since, papers } = owingFacts(found)
  return {
    unit: shown,
    items: owedFilings({ standing: unit.standing, since, highRisk, crowded }, papers, now, settings),
    commitment: settings['filing.commitment-text'],
    expiringDays: settings['filing.expiring-days'],
    certificates: held.flatMap(({ id: one, words }) =>
      words?.body.kind === 'certificate'
        ? [{ id: one, holder: words.body.holder, trade: trades[words.body.trade], expiresOn: words.body.expiresOn }]
        : [],
    ),
  }
}

/** What the actor's own unit owes. Throws `not-found` for a post that is in no unit. */
export function ownOwing(scope: StreetScope, now: number): Promise<Owing> {
  const { reach } = scope.actor
  if (reach.within !== 'enterprise') throw new Problem('not-found', '您的岗位不属于某一家企业。')
  return owingOf(scope, reach.ids[0], now)
}

/** Of a unit whose beginning nobody wrote down. */
const begun = '2000-01-01' as Day

const unitColumns = (e: Relations['enterprises']) => ({
  id: e.id,
  name: e.name,
  communityId: e.communityId,
  gridId: e.gridId,
  standing: e.standing,
  highRisk: e.highRisk,
  crowded: e.crowded,
})

/**
 * Units with what each of them owes, in the order of names. A page may come short and still have a next one, since what
 * is owed is a matter of rules and not of rows.
 */
export async function listBoard(scope: StreetScope, filter: BoardFilter, now: number): Promise<BoardPage> {
  const relations = scope.read('filing.view')
  const { enterprises: e, enterpriseChanges: l, select } = relations
  const { communityId, gridId, kind, state, cursor } = filter
  const { reach } = scope.actor
  const drives = gridId
    ? [eq(e.gridId, gridId)]
    : communityId && (reach.within === 'street' || reach.within === 'communities')
      ? [eq(e.communityId, communityId)]
      : placesOf(reach, { enterprise: e.id, grid: e.gridId, community: e.communityId })
  const [first, ...others] = drives
  if (drives.length === 0) return { items: [], next: null }
  const scanned = Math.max(1, Math.floor(boardSize / drives.length))
  const behind =
    cursor && afterRising([e.name, e.id], [the(select({ name: e.name }).from(e).where(eq(e.id, cursor))), cursor])
  const pageIn = (drive: SQLWrapper | undefined) => {
    const here = and(drive, isNotNull(e.name), isNull(e.mergedInto), behind)
    const units = unitsOf(relations, here, scanned)
    return [
      select(unitColumns(e)).from(e).where(here).orderBy(asc(e.name), asc(e.id)).limit(scanned),
      select({ of: l.enterpriseId, on: l.on })
        .from(l)
        .where(and(inArray(l.enterpriseId, units), eq(l.version, 1))),
      ...concerning(scope, units.as('page'), now),
    ] as const
  }
  // The first drive gives the batch its types; the answers of the others are of the same ones.
  const one = pageIn(first)
  const [set, ...answers] = await scope.together([
    settingsSet(scope),
    ...one,
    ...others.flatMap(pageIn),
  ] as unknown as readonly [ReturnType<typeof settingsSet>, ...typeof one])
  const settings = settingsOf(set)
  const lists = drives.map((_, at) => {
    // Safe: each drive asked as many queries, and the batch answers in their order.
    const [units, entered, ...found] = answers.slice(at * one.length, (at + 1) * one.length) as typeof answers
    const since = new Map(entered.map(({ of, on }) => [of, on]))
    const papers = Map.groupBy(found.flat().map(factsOf), ({ enterpriseId }) => enterpriseId)
    return {
      rows: units.map(({ standing, highRisk, crowded, ...line }) => ({
        ...line,
        items: owedFilings(
          { standing, highRisk, crowded, since: since.get(line.id) ?? begun },
          papers.get(line.id) ?? [],
          now,
          settings,
        ).filter((item) => (!kind || item.kind === kind) && (!state || item.state === state)),
      })),
      more: units.length === scanned,
    }
  })
  const { items, next } = pageOf(
    lists,
    (a, b) => compareText(a.name, b.name) || compareText(a.id, b.id),
    (row) =>
      row.items.length > 0 && (!communityId || row.communityId === communityId) && (!gridId || row.gridId === gridId),
    boardSize,
  )
  return { items, next: next && next.id }
}

/** One page of what was filed, the newest first; of certificates that run out, those that do so first. */
export async function listFilings(scope: StreetScope, filter: FilingFilter, now: number): Promise<FilingPage> {
  const { filings: f, enterprises: e, select } = scope.read('filing.view')
  const cursor = filter.cursor === undefined ? null : readCursor(filter.cursor)
  const { enterpriseId, communityId, gridId, kind, expiring, limit } = filter
  const key = Number(cursor?.key)
  if (filter.cursor !== undefined && (!cursor || (!expiring && Number.isNaN(key)))) {
    throw new Problem('invalid-input', undefined, [{ pointer: '/cursor', detail: '翻页位置无效，请从第一页开始' }])
  }
  const { reach } = scope.actor
  const drives = enterpriseId
    ? [eq(f.enterpriseId, enterpriseId)]
    : gridId
      ? [eq(f.gridId, gridId)]
      : communityId
        ? [eq(f.communityId, communityId)]
        : kind && !expiring && reach.within === 'street'
          ? [eq(f.kind, kind)]
          : placesOf(reach, { enterprise: f.enterpriseId, grid: f.gridId, community: f.communityId })
  const [first, ...others] = drives
  if (drives.length === 0) return { items: [], next: null }
  const narrowed = Boolean(kind) || [enterpriseId, communityId, gridId].filter(Boolean).length > 1
  const scanned = Math.max(1, Math.min(narrowed ? mostScanned : limit + 1, Math.floor(mostScanned / drives.length)))
  const today = dayOf(now)
  const query = (drive: SQLWrapper | undefined) =>
    select({
      id: f.id,
      enterpriseId: f.enterpriseId,
      communityId: f.communityId,
      gridId: f.gridId,
      unitName: aliased(e.name, 'unit_name'),
      kind: f.kind,
      state: f.state,
      period: f.period,
      from: f.from,
      until: f.until,
      words: f.words,
      version: f.version,
      at: f.at,
    })
      .from(f)
      .innerJoin(e, eq(e.id, f.enterpriseId))
      .where(
        and(
          drive,
          isTrue(f.latest),
          ...(expiring
            ? [
                isCertificate(f.kind),
                isNotNull(f.until),
                lte(f.until, addDays(today, mostExpiringDays)),
                cursor ? afterRising([f.until, f.id], [cursor.key, cursor.id]) : undefined,
              ]
            : [cursor ? afterFalling([f.at, f.id], [key, cursor.id]) : undefined]),
        ),
      )
      .orderBy(...(expiring ? [asc(f.until), asc(f.id)] : [desc(f.at), desc(f.id)]))
      .limit(scanned)
  const [set, ...found] = await scope.together([settingsSet(scope), query(first), ...others.map(query)])
  const soon = addDays(today, settingsOf(set)['filing.expiring-days'])
  const { items, next } = pageOf(
    found.map((rows) => ({ rows, more: rows.length === scanned })),
    (a, b) =>
      expiring
        ? compareText(a.until ?? '', b.until ?? '') || compareText(a.id, b.id)
        : b.at - a.at || compareText(b.id, a.id),
    (row) =>
      (!expiring || (row.until ?? '') <= soon) &&
      (!kind || row.kind === kind) &&
      (!communityId || row.communityId === communityId) &&
      (!gridId || row.gridId === gridId),
    limit,
  )
  return {
    items: items.map(({ words, ...card }) => ({ ...card, title: words && titleOf(words.body) })),
    // What comes behind one that is not named yet is not either.
    next:
      next && !(expiring && (next.until ?? '') > soon)
        ? writeCursor(expiring ? (next.until ?? '') : next.at, next.id)
        : null,
  }
}

/** A paper with all that was written, what was done to it, and what the reader may do with it. Throws `not-found`. */
export async function getFiling(scope: StreetScope, id: FilingId, now: number): Promise<FilingRecord> {
  const { filings: f, filingActs: a, enterprises: e, people: p, posts, select } = scope.read('filing.view')
  const its = the(select({ of: f.enterpriseId }).from(f).where(eq(f.id, id)))
  const [[row], [unit], acts, [later], names, certificates, staff] = await scope.together([
    select({
      id: f.id,
      enterpriseId: f.enterpriseId,
      kind: f.kind,
      state: f.state,
      period: f.period,
      from: f.from,
      until: f.until,
      words: f.words,
      numberMask: f.numberMask,
      draftedBy: f.draftedBy,
      draftedRole: f.draftedRole,
      by: f.by,
      role: f.role,
      at: f.at,
      revision: f.revision,
      version: f.version,
      supersedes: f.supersedes,
      latest: f.latest,
      hash: f.hash,
    })
      .from(f)
      .where(eq(f.id, id)),
    select({ name: e.name }).from(e).where(eq(e.id, its)),
    select({ act: a.act, outcome: a.outcome, by: a.by, at: a.at, photos: a.photos, words: a.words })
      .from(a)
      .where(eq(a.filingId, id))
      .orderBy(asc(a.at)),
    select({ id: f.id })
      .from(f)
      .where(and(isNotNull(f.supersedes), eq(f.supersedes, id), isFiled(f.state))),
    select({ id: aliased(p.id, 'person_id'), name: aliased(p.name, 'person_name') })
      .from(f)
      .innerJoin(p, or(eq(p.id, f.by), eq(p.id, f.draftedBy)))
      .where(eq(f.id, id)),
    select({ id: f.id, words: f.words })
      .from(f)
      .where(and(eq(f.enterpriseId, its), isTrue(f.latest), eq(f.kind, 'certificate'), isNotNull(f.until))),
    select({ id: posts.personId, name: aliased(p.name, 'person_name'), role: posts.role, until: posts.until })
      .from(posts)
      .innerJoin(p, eq(p.id, posts.personId))
      .where(eq(posts.enterpriseId, its)),
  ])
  if (!row || !unit) throw new Problem('not-found')
  const { role, id: me } = scope.actor
  const nameOf = new Map([...staff, ...names].map(({ id: person, name }) => [person, name]))
  const body = row.words?.body ?? null
  const form = kinds[row.kind].form
  const held = certificates.flatMap(({ id: one, words }) => heldIn(one, words) ?? [])
  const present = staff.filter(({ until }) => until === null || until > now).map(({ id: person }) => person)
  const writes = can(role, 'filing.write')
  const confirms = can(role, 'filing.confirm')
  const may = {
    edit: writes && row.state === 'draft',
    confirm: confirms && row.state === 'draft' && body !== null,
    correct: writes && row.state === 'filed' && row.latest && body !== null && form !== 'permit',
    decide:
      writes && form === 'permit' && decisionRefusal({ state: row.state, appliedBy: row.by }, me, present) === null,
    close: writes && row.state === 'approved',
    unmask: can(role, 'contact.unmask') && row.numberMask !== null,
  }
  return {
    id: row.id,
    enterpriseId: row.enterpriseId,
    unitName: unit.name,
    kind: row.kind,
    state: row.state,
    period: row.period,
    from: row.from,
    until: row.until,
    body,
    commitment: row.words?.commitment ?? null,
    signedAs: row.words?.signedAs ?? null,
    numberMask: row.numberMask,
    draftedBy: { name: nameOf.get(row.draftedBy) ?? null, role: row.draftedRole },
    by: { name: nameOf.get(row.by) ?? null, role: row.role },
    at: row.at,
    revision: row.revision,
    version: row.version,
    why: row.words?.why ?? null,
    supersedes: row.supersedes,
    supersededBy: later?.id ?? null,
    hash: row.hash,
    acts: acts.map(({ by, words, ...act }) => ({ ...act, by: nameOf.get(by) ?? null, words: words?.words ?? null })),
    warnings: body?.kind === 'permit' && row.state === 'applied' ? permitWarnings(body, held) : [],
    // Safe: the keys of the object written out above.
    may: (Object.keys(may) as (keyof typeof may)[]).filter((deed) => may[deed]),
  }
}

const heldIn = (id: FilingId, words: FilingWords | null): HeldCertificate | null =>
  words?.body.kind === 'certificate' ? { id, holder: words.body.holder, expiresOn: words.body.expiresOn } : null

const refuse = (errors: readonly FieldError[]) => {
  if (errors.length > 0) throw new Problem('invalid-input', undefined, [...errors])
}

/** The unit that something is filed for, and the photos that it names. */
function unitQuery(scope: StreetScope, id: EnterpriseId) {
  const { enterprises: e, select } = scope.read('filing.write')
  return select({ id: e.id, communityId: e.communityId, gridId: e.gridId, standing: e.standing })
    .from(e)
    .where(and(eq(e.id, id), isNull(e.mergedInto)))
}

function requireActive<U extends { standing: string }>(unit: U | undefined): U {
  if (!unit) throw new Problem('not-found')
  if (unit.standing !== 'active') throw new Problem('rule-broken', '单位不在营，不需要报送材料。')
  return unit
}

const placeOf = ({ communityId, gridId }: { communityId: string; gridId: string }) => ({ communityId, gridId })

/**
 * Files a record, or applies for a permit. Throws `not-found`, `invalid-input`, `photos-missing`, `already-there`,
 * `stale` for a record that was corrected before.
 */
export async function fileRecord(
  scope: StreetScope,
  { id, enterpriseId, body: asked, supersedes, why }: NewFiling,
  now: number,
): Promise<void> {
  const { filings: f, select } = scope.read('filing.write')
  const photos = photosOf(asked)
  const [[found], [before], held] = await scope.together([
    unitQuery(scope, enterpriseId),
    select({
      id: f.id,
      enterpriseId: f.enterpriseId,
      kind: f.kind,
      latest: f.latest,
      version: f.version,
      hash: f.hash,
      numberMask: f.numberMask,
    })
      .from(f)
      .where(eq(f.id, supersedes ?? ('' as FilingId))),
    scope.photosHeld(photos),
  ])
  const unit = requireActive(found)
  const errors = recordErrors(asked, dayOf(now))
  if (supersedes !== null) {
    if (!before || before.enterpriseId !== enterpriseId) throw new Problem('not-found')
    if (before.kind !== asked.kind || asked.kind === 'permit')
      errors.push({ pointer: '/supersedes', detail: '只能更正同一种材料；危险作业审批不能更正，请另行申请' })
    else if (!before.latest) throw new Problem('stale', '这份材料已被更正过，请在最新的一版上更正。')
    if (why === null) errors.push({ pointer: '/why', detail: '请填写更正原因' })
  }
  if (asked.kind === 'certificate' && asked.number === undefined && supersedes !== null && before?.numberMask)
    errors.push({ pointer: '/body/number', detail: '更正证书时请重新填写证书编号' })
  refuse(errors)
  requireHeld(photos, held)
  const number = asked.kind === 'certificate' ? (asked.number ?? null) : null
  const body: FilingBody = asked.kind === 'certificate' ? withoutNumber(asked) : asked
  const { actor } = scope
  const version = supersedes === null ? 1 : (before?.version ?? 0) + 1
  const facts = {
    id,
    enterpriseId,
    kind: body.kind,
    period: null,
    ...daysIn(body),
    draftedBy: actor.id,
    draftedRole: actor.role,
    by: actor.id,
    role: actor.role,
    at: now,
    revision: 1,
    version,
    supersedes,
  }
  const words: FilingWords = { body, commitment: null, signedAs: null, why }
  const salt = newSalt()
  const sealed = await sealFiling(
    before?.hash ?? '',
    { streetId: scope.street.streetId, ...facts },
    words,
    salt,
    sha256,
  )
  const sealedNumber = number === null ? { numberSealed: null, numberMask: null } : await scope.sealNumber(id, number)
  const row = {
    ...facts,
    ...(placeOf(unit) as Pick<typeof unit, 'communityId' | 'gridId'>),
    state: body.kind === 'permit' ? ('applied' as const) : ('filed' as const),
    words,
    salt,
    ...sealed,
    ...sealedNumber,
    latest: true,
  }
  await scope.file('filing.write', { subject: id, at: now }, (w) => w.add(row, photos, supersedes))
}

const withoutNumber = ({ number: _, ...rest }: Extract<FilingBody, { kind: 'certificate' }>) => rest

/**
 * Keeps a draft of a statement for the principal to confirm, the unit's one for its kind and period. Throws
 * `not-found`, `photos-missing`, and `stale` when somebody wrote it meanwhile or another draft is there.
 */
export async function keepDraft(
  scope: StreetScope,
  id: FilingId,
  { enterpriseId, revision, body, why }: StatementDraft,
  now: number,
): Promise<void> {
  const { filings: f, select } = scope.read('filing.write')
  const photos = photosOf(body)
  const [[found], [seen], [confirmed], set, held] = await scope.together([
    unitQuery(scope, enterpriseId),
    select({
      id: f.id,
      enterpriseId: f.enterpriseId,
      kind: f.kind,
      period: f.period,
      state: f.state,
      revision: f.revision,
    })
      .from(f)
      .where(eq(f.id, id)),
    select({ id: f.id })
      .from(f)
      .where(and(eq(f.enterpriseId, enterpriseId), eq(f.kind, body.kind), isTrue(f.latest), eq(f.period, body.period))),
    settingsSet(scope),
    scope.photosHeld(photos),
  ])
  const unit = requireActive(found)
  if (seen && seen.enterpriseId !== enterpriseId) throw new Problem('not-found')
  if (seen && (seen.state !== 'draft' || seen.revision !== revision))
    throw new Problem('stale', '这份材料刚刚有人改过或已经确认，请刷新后再填。')
  if (!seen && revision !== null) throw new Problem('not-found')
  const errors = periodErrors(body, settingsOf(set), dayOf(now))
  if (seen && (seen.kind !== body.kind || seen.period !== body.period))
    errors.push({ pointer: '/body/period', detail: '草稿的种类和期间不能更换，请另填一份' })
  if (confirmed && why === null) errors.push({ pointer: '/why', detail: '本期已确认过一份，请写明更正原因' })
  refuse(errors)
  requireHeld(photos, held)
  const { actor } = scope
  const written = {
    words: { body, commitment: null, signedAs: null, why },
    ...daysIn(body),
    by: actor.id,
    role: actor.role,
    at: now,
    supersedes: confirmed?.id ?? null,
  }
  await scope.file('filing.write', { subject: id, at: now }, (w) =>
    seen
      ? w.change(seen, { ...written, revision: seen.revision + 1 }, photos, null)
      : w.add(
          {
            ...written,
            id,
            enterpriseId,
            communityId: unit.communityId,
            gridId: unit.gridId,
            kind: body.kind,
            state: 'draft',
            period: body.period,
            draftedBy: actor.id,
            draftedRole: actor.role,
            revision: 1,
            version: 1,
            latest: false,
          },
          photos,
          null,
        ),
  )
}

/** A statement is for the period that runs by the street's settings, or for the one before it. */
function periodErrors(body: StatementBody, settings: Settings, today: Day): FieldError[] {
  const cadence = settings[`filing.${body.kind}`]
  const now = periodAt(cadence === '不要求' ? '每年' : cadence, today)
  const before = now && periodAt(cadence === '不要求' ? '每年' : cadence, addDays(daysOf(now).firstDay, -1))
  return body.period === now || body.period === before
    ? []
    : [{ pointer: '/body/period', detail: '只能填报本期或上一期' }]
}

/**
 * The principal's confirmation of a draft as it was read; from then on it is frozen, and what was confirmed for the
 * period before is superseded. Throws `not-found`, `invalid-input` for what is incomplete, `stale`.
 */
export async function confirmFiling(
  scope: StreetScope,
  id: FilingId,
  { revision, name }: Confirmation,
  now: number,
): Promise<void> {
  const { filings: f, people: p, select } = scope.read('filing.confirm')
  const its = select({ of: f.enterpriseId }).from(f).where(eq(f.id, id))
  const [[row], earlier, [self], set] = await scope.together([
    select({
      id: f.id,
      enterpriseId: f.enterpriseId,
      kind: f.kind,
      state: f.state,
      period: f.period,
      words: f.words,
      draftedBy: f.draftedBy,
      draftedRole: f.draftedRole,
      revision: f.revision,
    })
      .from(f)
      .where(eq(f.id, id)),
    select({ id: f.id, kind: f.kind, period: f.period, version: f.version, hash: f.hash })
      .from(f)
      .where(and(eq(f.enterpriseId, the(its)), isTrue(f.latest), isNotNull(f.period))),
    select({ name: p.name }).from(p).where(eq(p.id, scope.actor.id)),
    settingsSet(scope),
  ])
  const body = row?.words?.body
  if (!row || !body || kinds[row.kind].form !== 'statement') throw new Problem('not-found')
  if (row.state !== 'draft') throw new Problem('stale', '这份材料已经确认过。')
  if (row.revision !== revision) throw new Problem('stale', '这份材料刚刚有人改过，请看过最新内容再确认。')
  // Safe: a statement by its kind.
  const errors = missingIn(body as StatementBody)
  if (name !== self?.name) errors.push({ pointer: '/name', detail: '请输入您本人的姓名；主要负责人须亲自确认' })
  refuse(errors)
  const before = earlier.find(({ kind, period }) => kind === row.kind && period === row.period)
  const { actor } = scope
  const facts = {
    id,
    enterpriseId: row.enterpriseId,
    kind: row.kind,
    period: row.period,
    ...daysIn(body),
    draftedBy: row.draftedBy,
    draftedRole: row.draftedRole,
    by: actor.id,
    role: actor.role,
    at: now,
    revision: row.revision + 1,
    version: (before?.version ?? 0) + 1,
    supersedes: before?.id ?? null,
  }
  const words: FilingWords = {
    body,
    commitment: body.kind === 'commitment' ? settingsOf(set)['filing.commitment-text'] : null,
    signedAs: name,
    why: row.words?.why ?? null,
  }
  const salt = newSalt()
  const sealed = await sealFiling(
    before?.hash ?? '',
    { streetId: scope.street.streetId, ...facts },
    words,
    salt,
    sha256,
  )
  const { id: _, enterpriseId: _e, kind: _k, draftedBy: _d, ...columns } = facts
  await scope.file('filing.confirm', { subject: id, at: now }, (w) =>
    w.change(
      row,
      { ...columns, state: 'filed', words, salt, ...sealed, latest: true },
      photosOf(body),
      before?.id ?? null,
    ),
  )
}

/** Reads what an act upon a permit stands on. */
async function permitOf(
  scope: StreetScope,
  id: FilingId,
  photos: Parameters<StreetScope['photosHeld']>[0],
  now: number,
) {
  const { filings: f, filingActs: a, posts, select } = scope.read('filing.write')
  const its = the(select({ of: f.enterpriseId }).from(f).where(eq(f.id, id)))
  const [[row], [last], staff, held] = await scope.together([
    select({ id: f.id, kind: f.kind, state: f.state, by: f.by, hash: f.hash }).from(f).where(eq(f.id, id)),
    select({ hash: a.hash }).from(a).where(eq(a.filingId, id)).orderBy(desc(a.at)).limit(1),
    select({ id: posts.personId })
      .from(posts)
      .where(and(eq(posts.enterpriseId, its), or(isNull(posts.until), gt(posts.until, now)))),
    scope.photosHeld(photos),
  ])
  if (!row || row.kind !== 'permit') throw new Problem('not-found')
  return { row, previous: last?.hash ?? row.hash ?? '', staff: staff.map(({ id: person }) => person), held }
}

async function actOn(
  scope: StreetScope,
  id: FilingId,
  previous: string,
  act: { act: 'decision' | 'closure'; outcome: 'approved' | 'refused' | null; photos: WorkClosure['photos'] },
  said: string | null,
  steps: readonly ['applied' | 'approved', 'approved' | 'refused' | 'closed'],
  now: number,
) {
  const { actor } = scope
  const facts = { filingId: id, ...act, by: actor.id, role: actor.role, at: now }
  const words = { words: said }
  const salt = newSalt()
  const sealed = await sealFiling(previous, { streetId: scope.street.streetId, ...facts }, words, salt, sha256)
  await scope.file('filing.write', { subject: id, at: now }, (w) =>
    w.act({ ...facts, words, salt, ...sealed }, ...steps),
  )
}

/** Approves a permit or refuses it. Throws `not-found`, `rule-broken` for who applied where others are there, `stale`. */
export async function decideFiling(
  scope: StreetScope,
  id: FilingId,
  { outcome, words }: Decision,
  now: number,
): Promise<void> {
  const { row, previous, staff } = await permitOf(scope, id, [], now)
  const refusal = decisionRefusal({ state: row.state, appliedBy: row.by }, scope.actor.id, staff)
  if (refusal !== null) throw new Problem(row.state === 'applied' ? 'rule-broken' : 'stale', refusal)
  if (outcome === 'refused' && words === null) refuse([{ pointer: '/words', detail: '请写明不批准的原因' }])
  await actOn(scope, id, previous, { act: 'decision', outcome, photos: [] }, words, ['applied', outcome], now)
}

/** Says that approved work is over. Throws `not-found`, `rule-broken` for what was not approved, `photos-missing`, `stale`. */
export async function closeFiling(
  scope: StreetScope,
  id: FilingId,
  { words, photos }: WorkClosure,
  now: number,
): Promise<void> {
  const { row, previous, held } = await permitOf(scope, id, photos, now)
  if (row.state !== 'approved') throw new Problem('rule-broken', '只有已批准、未完工的作业可以办理完工。')
  requireHeld(photos, held)
  await actOn(scope, id, previous, { act: 'closure', outcome: null, photos }, words, ['approved', 'closed'], now)
}

/** A certificate's whole number. Each look leaves its line in the audit log. Throws `not-found`. */
export async function seeNumber(scope: StreetScope, id: FilingId, now: number): Promise<string> {
  const number = await scope.unmask('contact.unmask', 'filings.number', id, now)
  if (number === null) throw new Problem('not-found')
  return number
}
