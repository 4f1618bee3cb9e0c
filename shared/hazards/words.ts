/** The closed vocabularies of the hazard ledger and how each is written on screen. */

export const levels = { ordinary: '一般', suspected: '疑似重大', major: '重大' } as const
export type Level = keyof typeof levels

export const states = {
  filed: '待交办',
  assigned: '整改中',
  rectified: '待复查',
  checked: '待销号',
  closed: '已销号',
  voided: '已作废',
  settled: '自查自改',
} as const
export type State = keyof typeof states

/** States in which something is still to be done. */
export const openStates = ['filed', 'assigned', 'rectified', 'checked'] as const satisfies State[]
export const isOpen = (state: State) => (openStates as readonly State[]).includes(state)

/** Where a hazard came from (隐患来源). */
export const sources = {
  'enterprise-check': '企业自查',
  'community-patrol': '社区巡查',
  'street-check': '街道检查',
  'department-check': '部门检查',
  'superior-order': '上级督办交办',
  report: '举报',
  monitoring: '监测预警',
  'accident-inquiry': '事故倒查',
} as const
export type Source = keyof typeof sources

export const sectors = {
  fire: '消防安全',
  gas: '燃气安全',
  electricity: '用电安全',
  construction: '建设施工',
  traffic: '道路交通',
  housing: '房屋安全',
  chemicals: '危险化学品',
  equipment: '特种设备',
  education: '学校教育',
  water: '水上与渔业',
  // 新业态 has member units of its own (clause 2.2-c).
  'new-forms': '新业态',
  other: '其他',
} as const
export type Sector = keyof typeof sectors

/** The five key kinds of clause 3.1.3-d and the kinds of place that streets really deal with. */
export const keyPlaces = {
  'nine-small': '九小场所',
  'e-bike': '电动自行车停放充电场所',
  rental: '出租屋',
  mall: '商场市场',
  school: '学校幼儿园',
  medical: '医疗养老机构',
  construction: '建筑工地',
  enterprise: '工贸企业',
} as const
export type KeyPlace = keyof typeof keyPlaces

/** The stages at which photos are taken. */
export const stages = { before: '整改前', after: '整改后', recheck: '复查', objection: '异议佐证' } as const
export type Stage = keyof typeof stages

/**
 * What a grid worker picks with one tap. Each brings a description to start from, its sector, and how many days the
 * street usually grants; all three can be changed.
 */
export const categories = {
  'e-bike-charging': {
    label: '电动车违规充电',
    sector: 'fire',
    keyPlace: 'e-bike',
    days: 3,
    description: '电动自行车在楼道或室内停放、充电，存在火灾风险。',
  },
  'blocked-exit': {
    label: '疏散通道堵塞',
    sector: 'fire',
    keyPlace: 'nine-small',
    days: 1,
    description: '疏散通道、安全出口被杂物占用或上锁，影响人员疏散。',
  },
  'fire-equipment': {
    label: '消防设施缺损',
    sector: 'fire',
    keyPlace: 'nine-small',
    days: 7,
    description: '灭火器、消火栓或应急照明缺失、失效或被遮挡。',
  },
  'living-inside': {
    label: '违规住人',
    sector: 'fire',
    keyPlace: 'nine-small',
    days: 3,
    description: '经营场所内违规设置住宿，未与经营区域有效分隔。',
  },
  wiring: {
    label: '电气线路隐患',
    sector: 'electricity',
    keyPlace: 'rental',
    days: 7,
    description: '电线私拉乱接、线路老化或未穿管保护。',
  },
  'gas-use': {
    label: '燃气使用隐患',
    sector: 'gas',
    keyPlace: 'nine-small',
    days: 3,
    description: '瓶装液化气存放、连接软管或报警装置不符合安全要求。',
  },
  construction: {
    label: '施工作业隐患',
    sector: 'construction',
    keyPlace: 'construction',
    days: 5,
    description: '临边、高处或动火作业未落实安全防护措施。',
  },
  other: { label: '其他隐患', sector: 'other', keyPlace: null, days: 7, description: '' },
} as const satisfies Record<
  string,
  { label: string; sector: Sector; keyPlace: KeyPlace | null; days: number; description: string }
>
export type Category = keyof typeof categories
