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
  'inspection.view': '查看检查记录',
  'inspection.sign': '开展检查并签字',
  'inspection.correct': '更正本人签字的检查记录',
  'draw.view': '查看双随机抽取',
  'draw.make': '组织双随机抽取',
  'enterprise.view': '查看企业档案',
  'enterprise.manage': '建立与修改企业档案',
  'enterprise.rate': '变更企业状态与风险颜色',
  'score.view': '查看考核得分',
  'notice.view': '查看通报草稿',
  'notice.draft': '拟写通报',
  'notice.publish': '发布通报',
  'notice.withdraw': '撤回通报',
  'people.view': '查看人员',
  'people.manage': '管理人员账号与岗位',
  'place.manage': '调整社区与网格',
  'duty.manage': '安排双包与领导小组',
  'unit.manage': '维护成员单位',
  'settings.manage': '修改本级设置',
  'street.onboard': '开通街道',
  'overseer.manage': '管理区级人员账号',
  'security.manage': '设置登录安全策略',
  'contact.unmask': '查看完整联系方式（逐次留痕）',
  'person.rights': '办理个人信息查阅、更正、删除',
  'retention.hold': '因争议暂缓清除记录',
  'access.view': '查看上级调阅记录',
  'audit.view': '查看审计日志',
  'key.rotate': '更换加密密钥',
  'job.run': '后台计算',
  'tenant.view': '查看租户',
  'tenant.manage': '开通与停用租户',
  'street.export': '导出全街道数据',
  'tenant.move': '迁移街道',
  'tenant.import': '导入街道',
} as const satisfies Record<string, string>
export type Capability = keyof typeof capabilities

const streetView = [
  'hazard.view',
  'inspection.view',
  'enterprise.view',
  'score.view',
  'people.view',
] as const satisfies Capability[]
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
      'inspection.sign',
      'inspection.correct',
      'draw.view',
      'draw.make',
      'enterprise.manage',
      'enterprise.rate',
      'people.manage',
      'place.manage',
      'duty.manage',
      'unit.manage',
      'settings.manage',
      'security.manage',
      'contact.unmask',
      'person.rights',
      'retention.hold',
      'access.view',
      'audit.view',
      'street.export',
    ],
  },
  'street-leader': {
    label: '街道领导（班子成员）',
    grants: [
      ...streetView,
      'hazard.file',
      'hazard.recheck',
      'hazard.reopen',
      'inspection.sign',
      'inspection.correct',
      'draw.view',
      'access.view',
    ],
  },
  inspector: {
    label: '街道干部（检查员）',
    grants: [
      ...streetView,
      'hazard.file',
      'hazard.rectify',
      'hazard.recheck',
      'hazard.reopen',
      'hazard.propose-void',
      'inspection.sign',
      'inspection.correct',
      'draw.view',
      'enterprise.manage',
      'enterprise.rate',
      'contact.unmask',
    ],
  },
  'community-secretary': {
    label: '社区书记',
    grants: [
      ...streetView,
      'hazard.file',
      'hazard.rectify',
      'hazard.propose-void',
      'inspection.sign',
      'inspection.correct',
      'enterprise.manage',
    ],
  },
  'grid-worker': {
    label: '网格员',
    grants: [
      'hazard.view',
      'inspection.view',
      'enterprise.view',
      'people.view',
      'hazard.file',
      'hazard.rectify',
      'inspection.sign',
      'inspection.correct',
      'enterprise.manage',
    ],
  },
  'enterprise-principal': {
    label: '企业主要负责人',
    grants: ['hazard.view', 'inspection.view', 'enterprise.view', 'hazard.file', 'hazard.rectify'],
  },
  'enterprise-manager': {
    label: '企业安全管理员',
    grants: ['hazard.view', 'inspection.view', 'enterprise.view', 'hazard.file', 'hazard.rectify'],
  },
  // Held in a street or in a district, apart from those who do the work: who looks after them, and who looks at them
  // (separated administrators, GB/T 22239 8.1.5). Neither touches a record.
  auditor: { label: '审计员', grants: ['audit.view', 'people.view'] },
  'security-admin': { label: '安全管理员', grants: ['people.view', 'audit.view', 'security.manage'] },
  // Held in a district, which looks and decides but never acts for a street.
  'district-admin': {
    label: '区安委办管理员',
    grants: [
      ...districtView,
      'hazard.determine',
      'notice.draft',
      'notice.publish',
      'notice.withdraw',
      'street.onboard',
      'people.view',
      'overseer.manage',
      'unit.manage',
      'audit.view',
      'security.manage',
    ],
  },
  // 管行业必须管安全: of its own sectors it sees all streets, and determines what is suspected to be major there.
  'district-unit': { label: '区成员单位', grants: ['hazard.view', 'hazard.inspect', 'hazard.determine'] },
  'district-observer': { label: '区级观察员', grants: districtView },
  // Held over the deployment: tenants and their health, never what they hold.
  operator: {
    label: '平台运维',
    grants: [
      'tenant.view',
      'tenant.manage',
      'audit.view',
      'security.manage',
      'key.rotate',
      'tenant.move',
      'tenant.import',
    ],
  },
  // The schedule, which has no person behind it.
  clock: { label: '系统定时任务', grants: ['hazard.view', 'score.view', 'job.run'] },
} as const satisfies Record<string, { label: string; grants: readonly Capability[] }>

export type Role = keyof typeof roles

export const streetRoles = [
  'street-admin',
  'street-leader',
  'inspector',
  'community-secretary',
  'grid-worker',
  'enterprise-principal',
  'enterprise-manager',
  'auditor',
  'security-admin',
] as const satisfies Role[]
export const districtRoles = [
  'district-admin',
  'district-unit',
  'district-observer',
  'auditor',
  'security-admin',
] as const satisfies Role[]

/** Ask for what is to be done, never for the role's name. */
export function can(role: Role, capability: Capability): boolean {
  return grantsOf(role).includes(capability)
}

export function grantsOf(role: Role): readonly Capability[] {
  return roles[role].grants
}
