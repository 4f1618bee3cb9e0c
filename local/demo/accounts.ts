import { scryptSync } from 'node:crypto'
import type { DistrictRole, StreetRole } from './places'

/** Of every demonstration account; the start command prints it. */
export const demoPassword = 'Zhiben-2026-demo'

/** Someone who can sign in to the demonstration. */
export type DemoAccount = { readonly username: string; readonly post: string } & (
  | { readonly kind: 'district'; readonly slug: string; readonly role: DistrictRole }
  | { readonly kind: 'street'; readonly slug: string; readonly role: StreetRole }
  | { readonly kind: 'platform' }
)

/** Each is the next of that role there; the first community, grid and enterprise of a street belong to the first. */
export const demoAccounts: readonly DemoAccount[] = [
  {
    username: 'zone.admin',
    kind: 'district',
    slug: 'zetdz',
    role: 'district-admin',
    post: '湛江经开区安委办管理员（拟写通报、认定重大）',
  },
  {
    username: 'zone.deputy',
    kind: 'district',
    slug: 'zetdz',
    role: 'district-admin',
    post: '湛江经开区安委办管理员（第二人，发布通报）',
  },
  {
    username: 'zone.observer',
    kind: 'district',
    slug: 'zetdz',
    role: 'district-observer',
    post: '湛江经开区观察员（只看不改）',
  },
  {
    username: 'lehua.admin',
    kind: 'street',
    slug: 'lehua',
    role: 'street-admin',
    post: '乐华街道应急办（交办、销号、管理人员）',
  },
  { username: 'lehua.inspector', kind: 'street', slug: 'lehua', role: 'inspector', post: '乐华街道检查员（复查）' },
  {
    username: 'lehua.officer',
    kind: 'street',
    slug: 'lehua',
    role: 'inspector',
    post: '乐华街道检查员（重大隐患第二复查人）',
  },
  {
    username: 'lehua.leader',
    kind: 'street',
    slug: 'lehua',
    role: 'street-leader',
    post: '乐华街道领导（包社区）',
  },
  {
    username: 'lehua.mingzhe',
    kind: 'street',
    slug: 'lehua',
    role: 'community-secretary',
    post: '乐华街道明哲社区书记',
  },
  {
    username: 'lehua.grid',
    kind: 'street',
    slug: 'lehua',
    role: 'grid-worker',
    post: '明哲第一网格网格员（手机上报）',
  },
  {
    username: 'lehua.shop',
    kind: 'street',
    slug: 'lehua',
    role: 'enterprise-principal',
    post: '示例明哲电动车充电站负责人（手机整改、自查）',
  },
  { username: 'quanzhuang.admin', kind: 'street', slug: 'quanzhuang', role: 'street-admin', post: '泉庄街道应急办' },
  {
    username: 'other.admin',
    kind: 'street',
    slug: 'shili-east',
    role: 'street-admin',
    post: '示例新区示例东街道应急办（另一租户）',
  },
  {
    username: 'other.district',
    kind: 'district',
    slug: 'shili',
    role: 'district-admin',
    post: '示例新区安委办管理员（另一租户）',
  },
  { username: 'operator', kind: 'platform', post: '平台运维（只看租户与运行状况）' },
]

/** The password's hash as the product keeps it, `scrypt$N$r$p$salt$key`; one salt for all, since they share the password anyway. */
export function demoPasswordHash(salt: Uint8Array): string {
  const [N, r, p] = [16_384, 8, 5]
  const key = scryptSync(demoPassword.normalize('NFKC'), salt, 32, { N, r, p, maxmem: 256 * N * r })
  return ['scrypt', N, r, p, Buffer.from(salt).toString('base64url'), key.toString('base64url')].join('$')
}
