/** The closed vocabularies of the criteria catalogue (标准库) and how each is written on screen. */

/** What a document is to a checker: a list of what counts as a major hazard, or a rule that says what is owed. */
export const kinds = { major: '重大隐患判定标准', duty: '法律法规和文件规定' } as const

/** Whose document it is. A district and a street may add their own to the national ones. */
export const scopes = { national: '国家', district: '区级', street: '街道' } as const

/**
 * How sure the words of a row are. Only what was read and whose address is the issuing organ's own counts as verified
 * (已核实); what was read in a reprint, or is known from memory only, says so wherever it is shown.
 */
export const sightings = {
  official: '已核实',
  reprint: '待核实：内容未与发文机关公布的原文核对',
  unseen: '未核实：未见条文内容，以发文机关公布的原文为准',
} as const
export type Sighting = keyof typeof sightings

/** How a document stands on a day. */
export const standings = { 'in-force': '施行中', upcoming: '尚未施行', superseded: '已被替代' } as const
export type Standing = keyof typeof standings

/** Said wherever rows of the catalogue are shown. */
export const ownWords = '以下为本系统自拟的概括，不是原文；是否构成重大隐患由有权部门按原文认定。'
