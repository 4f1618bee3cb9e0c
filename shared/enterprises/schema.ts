import * as v from 'valibot'
import { keysOf } from '../keys'
import { roles, type Role } from '../capabilities'
import { keyPlaces, sectors } from '../hazards/words'
import { CommunityId, ContactId, EnterpriseId, GridId, MergeId, PersonId } from '../ids'
import { chargeKinds } from '../organisation/words'
import { Phone } from '../people/schema'
import { text } from '../text'
import { Day } from '../time'
import { CreditCode } from './credit-code'
import { changeDeeds, colours, contactRoles, fieldWords, kinds, positionSources, sizes, standings } from './words'

export const Kind = v.picklist(keysOf(kinds), '请选择类别')
export const Colour = v.picklist(keysOf(colours), '请选择风险颜色')
export const Standing = v.picklist(keysOf(standings), '请选择状态')
const Sector = v.picklist(keysOf(sectors), '请选择行业领域')

/** Where a place lies: WGS-84 degrees, how they were come by, and within how many metres they are right. */
export const Position = v.strictObject({
  latitude: v.pipe(v.number(), v.minValue(-90, '纬度应在 -90 至 90 之间'), v.maxValue(90, '纬度应在 -90 至 90 之间')),
  longitude: v.pipe(
    v.number(),
    v.minValue(-180, '经度应在 -180 至 180 之间'),
    v.maxValue(180, '经度应在 -180 至 180 之间'),
  ),
  source: v.picklist(keysOf(positionSources)),
  accuracy: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(100_000))),
})
export type Position = v.InferOutput<typeof Position>

/** Who answers in a unit. A number is kept under the street's key, and shown masked. */
export const Contact = v.strictObject({ name: text(30), phone: v.nullable(Phone) })
export type Contact = v.InferOutput<typeof Contact>

/** So many safety managers (安全管理员) of one unit are kept. */
export const mostManagers = 5

const whole = (most: number, words: string) =>
  v.pipe(v.number(words), v.integer(words), v.minValue(0, words), v.maxValue(most, words))

const fields = {
  name: text(60),
  creditCode: v.nullable(CreditCode),
  kind: Kind,
  keyPlace: v.nullable(v.picklist(keysOf(keyPlaces), '请选择重点场所')),
  sectors: v.pipe(
    v.array(Sector),
    v.minLength(1, '请至少选择一个行业领域'),
    v.maxLength(6, '最多 6 个行业领域'),
    v.check((list) => new Set(list).size === list.length, '行业领域有重复'),
  ),
  /** Why it counts as high-risk (高危行业领域, clause 3.3.2-b); null for one that does not. */
  highRisk: v.nullable(text(200)),
  /** 人员密集场所: it owes a drill each half-year too. */
  crowded: v.boolean(),
  size: v.nullable(v.picklist(keysOf(sizes), '请选择规模')),
  staff: v.nullable(whole(1_000_000, '从业人数应为 0 至 1000000 的整数')),
  /** Square metres. */
  floorArea: v.nullable(whole(10_000_000, '面积应为 0 至 10000000 的整数平方米')),
  communityId: CommunityId,
  gridId: GridId,
  address: text(120),
  position: v.nullable(Position),
}
const contacts = <S extends v.GenericSchema>(one: S) => ({
  principal: v.nullable(one),
  managers: v.pipe(v.array(one), v.maxLength(mostManagers, `安全管理员最多 ${mostManagers} 人`)),
})

/** What a street writes down of a unit, by form or from a file. */
export const EnterpriseFields = v.strictObject({ ...fields, ...contacts(Contact) })
export type EnterpriseFields = v.InferOutput<typeof EnterpriseFields>

export const NewEnterprise = v.strictObject({ id: EnterpriseId, activeSince: Day, ...EnterpriseFields.entries })
export type NewEnterprise = v.InferOutput<typeof NewEnterprise>

/** Who answers from now on: of one that is there already its id; a number that is left out stays as it was. */
export const ContactChange = v.strictObject({
  id: v.optional(ContactId),
  name: text(30),
  phone: v.optional(v.nullable(Phone)),
})
export type ContactChange = v.InferOutput<typeof ContactChange>

const version = v.pipe(v.number(), v.integer())

/** All that is written down of a unit, anew; `version` is the one that was read. */
export const EnterpriseEdit = v.strictObject({ version, ...fields, ...contacts(ContactChange) })
export type EnterpriseEdit = v.InferOutput<typeof EnterpriseEdit>

/** From `on` it stands so; `version` is the one that was read. */
export const StandingChange = v.strictObject({ version, on: Day, standing: Standing, why: text(200) })
export type StandingChange = v.InferOutput<typeof StandingChange>

export const ColourChange = v.strictObject({ version, colour: Colour, why: text(200) })
export type ColourChange = v.InferOutput<typeof ColourChange>

export const EnterprisePath = v.object({ enterpriseId: EnterpriseId })
export const ContactPath = v.object({ contactId: ContactId })

const shown = {
  id: EnterpriseId,
  name: v.string(),
  creditCode: v.nullable(v.string()),
  kind: Kind,
  keyPlace: v.nullable(v.picklist(keysOf(keyPlaces))),
  /** Empty for a unit that was entered before they were asked for. */
  sectors: v.array(Sector),
  highRisk: v.nullable(v.string()),
  crowded: v.boolean(),
  communityId: CommunityId,
  gridId: GridId,
  address: v.string(),
  standing: Standing,
  colour: v.nullable(Colour),
  /** The day of its last signed check; null for never. */
  inspectedOn: v.nullable(Day),
}

/** A unit in a list. */
export const EnterpriseLine = v.object(shown)
export type EnterpriseLine = v.InferOutput<typeof EnterpriseLine>

/** A page of the register in the order of names; it may come short and still have a next one. */
export const RegisterPage = v.object({ items: v.array(EnterpriseLine), next: v.nullable(EnterpriseId) })
export type RegisterPage = v.InferOutput<typeof RegisterPage>

/** One thing that became of a unit. */
export const EnterpriseChange = v.object({
  version: v.number(),
  deed: v.picklist(keysOf(changeDeeds)),
  fields: v.array(v.picklist(keysOf(fieldWords))),
  /** From which day on it stands so; both null where that did not change. */
  on: v.nullable(Day),
  standing: v.nullable(Standing),
  colour: v.nullable(Colour),
  why: v.nullable(v.string()),
  /** Null for one whom the street does not know by name, and for the system. */
  by: v.nullable(v.string()),
  at: v.number(),
})
export type EnterpriseChange = v.InferOutput<typeof EnterpriseChange>

/** Counts go up to `mostCounted` hazards of each kind. */
export const mostCounted = 100

/** The whole file of one unit. */
export const EnterpriseFile = v.object({
  ...shown,
  size: v.nullable(v.picklist(keysOf(sizes))),
  staff: v.nullable(v.number()),
  floorArea: v.nullable(v.number()),
  position: v.nullable(Position),
  communityName: v.string(),
  gridName: v.string(),
  version: v.number(),
  contacts: v.array(
    v.object({
      id: ContactId,
      role: v.picklist(keysOf(contactRoles)),
      name: v.string(),
      phoneMask: v.nullable(v.string()),
    }),
  ),
  /** Lines that say how it stands, in the order they were written; the newest is how it stands now. */
  standings: v.array(v.object({ on: Day, standing: Standing, why: v.nullable(v.string()) })),
  /** On how many days of this year it was active, today included. */
  activeDays: v.number(),
  /** At most the newest 200. */
  changes: v.array(EnterpriseChange),
  hazards: v.object({ open: v.number(), closed: v.number() }),
  /** 双包: who answers for its community and its grid today. */
  charges: v.array(v.object({ kind: v.picklist(keysOf(chargeKinds)), name: v.nullable(v.string()), from: Day })),
  /** Who signs in for it. */
  people: v.array(v.object({ id: PersonId, name: v.string(), role: v.picklist(keysOf<Role>(roles)) })),
  /** The file that is kept of this unit, where this is another one. */
  mergedInto: v.nullable(v.object({ id: EnterpriseId, name: v.string() })),
  /** Files that were put aside for this one, the newest first; those undone included. */
  merges: v.array(
    v.object({
      id: MergeId,
      enterpriseId: EnterpriseId,
      name: v.string(),
      why: v.string(),
      at: v.number(),
      undoneAt: v.nullable(v.number()),
    }),
  ),
})
export type EnterpriseFile = v.InferOutput<typeof EnterpriseFile>
