/** The closed vocabularies of the registry (一企一档) and how each is written on screen. */

/** What a place under watch is: three kinds of unit, and the five key kinds of clause 3.1.3-d. */
export const kinds = {
  enterprise: '企业',
  individual: '个体工商户',
  institution: '机关事业单位',
  gathering: '公共聚集场所',
  sensitive: '特殊敏感场所',
  mixed: '多业态混合经营场所',
  unmanaged: '无人管理老旧小区',
  'self-built': '村民自建房',
} as const
export type Kind = keyof typeof kinds

export const sizes = { large: '大型', medium: '中型', small: '小型', micro: '微型' } as const
export type Size = keyof typeof sizes

/** The four colours of a risk and the level each stands for. */
export const colours = {
  red: '红色（重大风险）',
  orange: '橙色（较大风险）',
  yellow: '黄色（一般风险）',
  blue: '蓝色（低风险）',
} as const
export type Colour = keyof typeof colours

/** Only one that is active owes anything, and weighs in scores for the days it was. */
export const standings = { active: '在营', suspended: '停业', closed: '关闭', moved: '迁出' } as const
export type Standing = keyof typeof standings

export const positionSources = { phone: '手机定位', map: '地图标注', file: '表格导入' } as const
export type PositionSource = keyof typeof positionSources

export const contactRoles = { principal: '主要负责人', manager: '安全管理员' } as const
export type ContactRole = keyof typeof contactRoles

/** What can become of a unit's file. */
export const changeDeeds = {
  entered: '建档',
  edited: '修改档案',
  standing: '变更状态',
  colour: '评定风险颜色',
  relocated: '划转网格',
  merged: '并入其他档案',
  absorbed: '并入重复档案',
  separated: '撤销合并',
} as const
export type ChangeDeed = keyof typeof changeDeeds

/** What is written down of a unit, as it is called on screen. */
export const fieldWords = {
  name: '名称',
  creditCode: '统一社会信用代码',
  kind: '类别',
  keyPlace: '重点场所',
  sectors: '行业领域',
  highRisk: '高危行业领域',
  crowded: '人员密集场所',
  size: '规模',
  staff: '从业人数',
  floorArea: '建筑面积',
  communityId: '社区',
  gridId: '网格',
  address: '地址',
  position: '位置',
  principal: '主要负责人',
  managers: '安全管理员',
} as const
export type FieldName = keyof typeof fieldWords
