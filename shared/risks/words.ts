/** The closed vocabularies of the risk list (风险清单). The four levels are the four colours of the registry. */

/** What can become of a risk point. */
export const pointDeeds = { entered: '登记', edited: '修改', retired: '停用', restored: '恢复' } as const
export type PointDeed = keyof typeof pointDeeds

/** How a control measure came to let a hazard arise (clause 1.1-a: 管控措施缺失或失效). */
export const lapses = { missing: '措施缺失', failed: '措施失效' } as const
export type Lapse = keyof typeof lapses
