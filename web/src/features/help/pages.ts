import { type Role } from '@app/shared/capabilities'

/** The pages of the guide, each fetched when it is opened. */
export const guide = {
  'grid-worker': { title: '网格员', load: () => import('../../../../docs/guide/grid-worker.md') },
  enterprise: { title: '企业', load: () => import('../../../../docs/guide/enterprise.md') },
  secretary: { title: '社区书记', load: () => import('../../../../docs/guide/secretary.md') },
  inspector: { title: '检查员', load: () => import('../../../../docs/guide/inspector.md') },
  leader: { title: '街道领导', load: () => import('../../../../docs/guide/leader.md') },
  'street-office': { title: '街道管理员', load: () => import('../../../../docs/guide/street-office.md') },
  district: { title: '区安委办', load: () => import('../../../../docs/guide/district.md') },
  auditor: { title: '审计员', load: () => import('../../../../docs/guide/auditor.md') },
  operator: { title: '平台运维', load: () => import('../../../../docs/guide/operator.md') },
  public: { title: '群众', load: () => import('../../../../docs/guide/public.md') },
} as const
export type GuidePage = keyof typeof guide

/** Which page is written for whom; a role that is not named begins with the first. */
const pageOfRole: Partial<Record<Role, GuidePage>> = {
  'street-admin': 'street-office',
  inspector: 'inspector',
  'community-secretary': 'secretary',
  'grid-worker': 'grid-worker',
  'enterprise-principal': 'enterprise',
  auditor: 'auditor',
  'security-admin': 'auditor',
  'district-admin': 'district',
  'district-observer': 'district',
  operator: 'operator',
}

/** The page of the guide that somebody with this post opens first. */
export function guideFor(role: Role | undefined): GuidePage {
  return (role && pageOfRole[role]) ?? 'grid-worker'
}
