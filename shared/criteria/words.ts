/** The closed vocabularies of the criteria catalogue (标准库) and how each is written on screen. */

/** What a document is to a checker: a list of what counts as a major hazard, or a rule that says what is owed. */
export const kinds = { major: '重大隐患判定标准', duty: '法律法规和文件规定' } as const

/** Whose document it is. A district and a street may add their own to the national ones. */
export const scopes = { national: '国家', district: '区级', street: '街道' } as const

/**
 * How sure the words of a row are. Only what was read and whose address is the issuing organ's own counts as verified
 * (已核实); what was read in a reprint, or is known from memory only, says so wherever it is shown.
 */
export const carriedSightings = {
  official: '已核实',
  reprint: '待核实：内容未与发文机关公布的原文核对',
  unseen: '未核实：未见条文内容，以发文机关公布的原文为准',
} as const

/** What a street added says so, verified by a person of the street or not. */
export const sightings = {
  ...carriedSightings,
  own: '本级增补，未核实',
  'own-verified': '本级增补，已核实',
} as const
export type Sighting = keyof typeof sightings

/** The same in so few words that a list is filtered by them. */
export const sightingTags = {
  official: '已核实',
  reprint: '待核实',
  unseen: '未核实',
  own: '本级增补，未核实',
  'own-verified': '本级增补，已核实',
} as const satisfies Record<Sighting, string>

/** How a document stands on a day. */
export const standings = {
  'in-force': '施行中',
  upcoming: '尚未施行',
  superseded: '已被替代',
  retired: '已停用',
} as const
export type Standing = keyof typeof standings

/** Said wherever rows of the catalogue are shown. */
export const ownWords = '以下为本系统自拟的概括，不是原文；是否构成重大隐患由有权部门按原文认定。'
