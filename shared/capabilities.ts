/** Everything that can be done, in the words of the domain. Code asks for one of these and never for a role's name. */
export const capabilities = {
  'hazard.view': '查看隐患',
  'hazard.file': '上报隐患',
  'hazard.assign': '交办整改',
  'hazard.rectify': '填报整改',
  'hazard.recheck': '复查',
  'hazard.close': '销号',
  'hazard.reopen': '重新打开',
  'hazard.propose-void': '申请作废',
  'hazard.void': '审核作废',
  'hazard.inspect': '调阅街道隐患详情',
  'hazard.determine': '认定重大隐患',
  'score.view': '查看考核得分',
  'notice.view': '查看通报草稿',
  'notice.draft': '拟写通报',
  'notice.publish': '发布通报',
  'notice.withdraw': '撤回通报',
  'people.view': '查看人员',
  'people.manage': '管理人员账号',
  'access.view': '查看上级调阅记录',
  'street.export': '导出全街道数据',
  'job.run': '后台计算',
  'tenant.view': '查看租户',
  'tenant.move': '迁移街道',
  'tenant.import': '导入街道',
} as const satisfies Record<string, string>
export type Capability = keyof typeof capabilities

const streetView = ['hazard.view', 'score.view', 'people.view'] as const satisfies Capability[]
const districtView = ['hazard.view', 'hazard.inspect', 'score.view', 'notice.view'] as const satisfies Capability[]

/** Who holds a post may do this and nothing else (roles: the practice of streets and districts; the table is shown in the app). */
export const roles = {
  // Held in a street.
  'street-admin': {
    label: '街道管理员（应急办）',
    grants: [
      ...streetView,
      'hazard.file',
      'hazard.assign',
      'hazard.rectify',
      'hazard.recheck',
      'hazard.close',
      'hazard.reopen',
      'hazard.propose-void',
      'hazard.void',
      'people.manage',
      'access.view',
      'street.export',
    ],
  },
  inspector: {
    label: '街道干部（检查员）',
    grants: [...streetView, 'hazard.file', 'hazard.rectify', 'hazard.recheck', 'hazard.reopen', 'hazard.propose-void'],
  },
  'community-secretary': {
    label: '社区书记',
    grants: [...streetView, 'hazard.file', 'hazard.rectify', 'hazard.propose-void'],
  },
  'grid-worker': { label: '网格员', grants: ['hazard.view', 'people.view', 'hazard.file', 'hazard.rectify'] },
  'enterprise-principal': { label: '企业主要负责人', grants: ['hazard.view', 'hazard.file', 'hazard.rectify'] },
  // Held in a district, which looks and decides but never acts for a street.
  'district-admin': {
    label: '区安委办管理员',
    grants: [...districtView, 'hazard.determine', 'notice.draft', 'notice.publish', 'notice.withdraw'],
  },
  'district-observer': { label: '区级观察员', grants: districtView },
  // Held over the deployment: tenants and their health, never what they hold.
  operator: { label: '平台运维', grants: ['tenant.view', 'tenant.move', 'tenant.import'] },
  // The schedule, which has no person behind it.
  clock: { label: '系统定时任务', grants: ['hazard.view', 'score.view', 'job.run'] },
} as const satisfies Record<string, { label: string; grants: readonly Capability[] }>

export type Role = keyof typeof roles

export const streetRoles = [
  'street-admin',
  'inspector',
  'community-secretary',
  'grid-worker',
  'enterprise-principal',
] as const satisfies Role[]
export const districtRoles = ['district-admin', 'district-observer'] as const satisfies Role[]

/** Ask for what is to be done, never for the role's name. */
export function can(role: Role, capability: Capability): boolean {
  return grantsOf(role).includes(capability)
}

export function grantsOf(role: Role): readonly Capability[] {
  return roles[role].grants
}
