import * as v from 'valibot'

const id = <const Brand extends string>(prefix: string, brand: Brand) =>
  v.pipe(v.string(), v.regex(new RegExp(`^${prefix}_[0-9a-z]{10,40}$`), '编号格式不正确'), v.brand(brand))

/** An authority over several streets (区、功能区). */
export const DistrictId = id('dis', 'DistrictId')
export type DistrictId = v.InferOutput<typeof DistrictId>

/** A street office (街道、镇): the tenant. Every tenant row, file, job and cache key starts with one. */
export const StreetId = id('str', 'StreetId')
export type StreetId = v.InferOutput<typeof StreetId>

export const CommunityId = id('com', 'CommunityId')
export type CommunityId = v.InferOutput<typeof CommunityId>

export const GridId = id('grd', 'GridId')
export type GridId = v.InferOutput<typeof GridId>

export const EnterpriseId = id('ent', 'EnterpriseId')
export type EnterpriseId = v.InferOutput<typeof EnterpriseId>

/** Who answers in an enterprise, with an account or without. */
export const ContactId = id('con', 'ContactId')
export type ContactId = v.InferOutput<typeof ContactId>

/** Something in a unit that can come to harm (风险点). */
export const RiskPointId = id('rsk', 'RiskPointId')
export type RiskPointId = v.InferOutput<typeof RiskPointId>

/** One of the measures that hold a risk in check (管控措施), the same through the versions of its risk point. */
export const MeasureId = id('msr', 'MeasureId')
export type MeasureId = v.InferOutput<typeof MeasureId>

/** Two files that turned out to be of one unit, put together until that is undone. */
export const MergeId = id('mrg', 'MergeId')
export type MergeId = v.InferOutput<typeof MergeId>

/** Made where the hazard is filed, a phone without a network included, so that an expired key cannot double it. */
export const HazardId = id('haz', 'HazardId')
export type HazardId = v.InferOutput<typeof HazardId>

/** A check of a unit (检查记录), made on the phone that it is signed on. */
export const InspectionId = id('insp', 'InspectionId')
export type InspectionId = v.InferOutput<typeof InspectionId>

/** What an enterprise files of itself (企业材料), made where it is written. */
export const FilingId = id('fil', 'FilingId')
export type FilingId = v.InferOutput<typeof FilingId>
/** A unit's check of itself (自查), made on the phone that it is signed on. */
export const SelfcheckId = id('sck', 'SelfcheckId')
export type SelfcheckId = v.InferOutput<typeof SelfcheckId>
/** A random draw of units and inspectors (双随机). */
export const DrawId = id('drw', 'DrawId')
export type DrawId = v.InferOutput<typeof DrawId>

export const NoticeId = id('ntc', 'NoticeId')
export type NoticeId = v.InferOutput<typeof NoticeId>

/** A package that a street has made of itself; the id comes from the browser, so that a repeated request makes one. */
export const ExportId = id('exp', 'ExportId')
export type ExportId = v.InferOutput<typeof ExportId>

/** The taking in of such a package by another deployment. */
export const ImportId = id('imp', 'ImportId')
export type ImportId = v.InferOutput<typeof ImportId>

/** A street's way from one district to another. */
export const MoveId = id('mov', 'MoveId')
export type MoveId = v.InferOutput<typeof MoveId>

/** Someone who signs in; in a ledger, the same person as a record names them. */
export const PersonId = id('usr', 'PersonId')
export type PersonId = v.InferOutput<typeof PersonId>

/** What somebody is in a street: a person may hold several, and acts in one of them at a time. */
export const PostId = id('pst', 'PostId')
export type PostId = v.InferOutput<typeof PostId>

/** A street's invitation to one of its posts, for whoever accepts it. */
export const InvitationId = id('inv', 'InvitationId')
export type InvitationId = v.InferOutput<typeof InvitationId>

/** Somebody's asking to be let in as one of an enterprise's people. */
export const JoiningId = id('joi', 'JoiningId')
export type JoiningId = v.InferOutput<typeof JoiningId>

/** A department with duties (成员单位), of a street or of a district. */
export const UnitId = id('unt', 'UnitId')
export type UnitId = v.InferOutput<typeof UnitId>

/** Somebody's answering for a place, from one day to another (双包). */
export const ChargeId = id('chg', 'ChargeId')
export type ChargeId = v.InferOutput<typeof ChargeId>

/** A seat in the leading group (领导小组). */
export const SeatId = id('sea', 'SeatId')
export type SeatId = v.InferOutput<typeof SeatId>

/** A checklist template (检查表), the same through all its versions. */
export const TemplateId = id('tpl', 'TemplateId')
export type TemplateId = v.InferOutput<typeof TemplateId>

/** What a street itself adds to the criteria catalogue (本级增补), the same through all its versions. */
export const OwnCriterionId = id('crt', 'OwnCriterionId')
export type OwnCriterionId = v.InferOutput<typeof OwnCriterionId>

/** The SHA-256 of a photo as it was sent, in hexadecimal. */
export const PhotoId = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, '照片编号格式不正确'), v.brand('PhotoId'))
export type PhotoId = v.InferOutput<typeof PhotoId>

/** Made by the client once per deed, and sent again with every retry of it. */
export const IdempotencyKey = v.pipe(v.string(), v.regex(/^[\w-]{8,64}$/))

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'

/**
 * A sortable id such as `haz_0mf3k…`: nine characters of time, then sixteen random ones.
 * `random` is at least 16 bytes of good randomness; `now` is in epoch milliseconds.
 */
export function idFrom<Id extends string>(prefix: string, now: number, random: Uint8Array): Id {
  const tail = Array.from(random.subarray(0, 16), (byte) => alphabet[byte % alphabet.length]).join('')
  // Safe: the caller names the brand that belongs to its prefix.
  return `${prefix}_${now.toString(36).padStart(9, '0')}${tail}` as Id
}

/** What every id of this prefix that was made at an instant or later does not come before. */
export function firstIdAt(prefix: string, instant: number): string {
  return `${prefix}_${instant.toString(36).padStart(9, '0')}`
}
