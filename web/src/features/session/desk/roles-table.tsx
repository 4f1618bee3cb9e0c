import {
  type Capability,
  can,
  capabilities,
  districtRoles,
  type Role,
  roles,
  streetRoles,
} from '@app/shared/capabilities'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import './roles.css'

const shown: readonly Role[] = [...streetRoles, ...districtRoles, 'operator']
const groups = [
  { label: '街道', roles: streetRoles },
  { label: '区', roles: districtRoles },
  { label: '平台', roles: ['operator'] },
] as const

/** Which post lets one do what. */
export function RolesTable({ own }: { own: Role }) {
  // What no post can do is the clockwork's own, and no matter for people.
  const rows = (Object.keys(capabilities) as Capability[]).filter((capability) =>
    shown.some((role) => can(role, capability)),
  )
  return (
    <ScrollBox label="岗位权限表" least={900}>
      <table className="roles">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              权限
            </th>
            {groups.map(({ label, roles: members }) => (
              <th key={label} scope="colgroup" colSpan={members.length} className="group">
                {label}
              </th>
            ))}
          </tr>
          <tr>
            {shown.map((role) => (
              <th key={role} scope="col" className={role === own ? 'own' : undefined}>
                {roles[role].label}
                {role === own && <span>（当前）</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((capability) => (
            <tr key={capability}>
              <th scope="row">{capabilities[capability]}</th>
              {shown.map((role) => (
                <td key={role} className={role === own ? 'own' : undefined}>
                  {can(role, capability) ? <strong>可以</strong> : <span aria-label="不可以">—</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
