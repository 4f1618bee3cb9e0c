import { describe, it } from 'vitest'
import {
  type Capability,
  capabilities,
  can,
  districtRoles,
  grantsOf,
  type Role,
  roles,
  streetRoles,
} from '@app/shared/capabilities'

const everybody = Object.keys(roles) as Role[]
const holders = (capability: Capability) => everybody.filter((role) => can(role, capability)).sort()

/**
 * Who may do what cannot be undone, or what others rely on, written down a second time: to widen one of these is a
 * decision, made in two places.
 */
const guarded: Partial<Record<Capability, readonly Role[]>> = {
  'hazard.assign': ['street-admin'],
  'hazard.recheck': ['inspector', 'street-admin', 'street-leader'],
  'hazard.close': ['street-admin'],
  'hazard.reopen': ['inspector', 'street-admin', 'street-leader'],
  'hazard.void': ['street-admin'],
  'hazard.inspect': ['district-admin', 'district-observer', 'district-unit'],
  'hazard.determine': ['district-admin', 'district-unit'],
  'draw.view': ['inspector', 'street-admin', 'street-leader'],
  'draw.make': ['street-admin'],
  'enterprise.manage': ['community-secretary', 'grid-worker', 'inspector', 'street-admin'],
  'enterprise.rate': ['inspector', 'street-admin'],
  'notice.draft': ['district-admin'],
  'notice.publish': ['district-admin'],
  'notice.withdraw': ['district-admin'],
  'people.manage': ['street-admin'],
  'access.view': ['street-admin', 'street-leader'],
  'job.run': ['clock'],
  'tenant.view': ['operator'],
}

describe('the table of roles', () => {
  it.for(Object.entries(guarded) as [Capability, Role[]][])(
    'gives %s to %s and nobody else',
    ([name, who], { expect }) => {
      expect(holders(name)).toEqual(who)
    },
  )

  it('knows no capability that nobody holds, and no role that holds nothing', ({ expect }) => {
    for (const capability of Object.keys(capabilities) as Capability[])
      expect(holders(capability), capability).not.toEqual([])
    for (const role of everybody) expect(grantsOf(role).length, role).toBeGreaterThan(0)
  })

  it('keeps street, district and platform apart', ({ expect }) => {
    const deeds: Capability[] = ['hazard.file', 'hazard.assign', 'hazard.rectify', 'hazard.recheck', 'hazard.close']
    for (const role of districtRoles) for (const deed of deeds) expect(can(role, deed), `${role} ${deed}`).toBe(false)
    for (const role of streetRoles) {
      for (const deed of ['hazard.inspect', 'hazard.determine', 'notice.publish', 'tenant.view'] as const) {
        expect(can(role, deed), `${role} ${deed}`).toBe(false)
      }
    }
    expect(grantsOf('operator').filter((one) => /^(hazard|score|notice|people|access)\./.test(one))).toEqual([])
  })
})
