import type { Env } from '../env'
import type { DistrictScope } from '../tenancy/district-scope'
import type { PlatformScope } from '../tenancy/platform-scope'
import type { StreetScope } from '../tenancy/street-scope'

/** What every request carries. `now` is the one clock that handlers may ask, in epoch milliseconds. */
export interface Common {
  requestId: string
  now: number
  /** Somebody proved lately who they are, to do what asks for it again; a gate says so. */
  fresh?: boolean
}

export interface AppEnv {
  Bindings: Env
  Variables: Common
}

/** Routes under `/streets/:streetId`. No bindings: a handler there has its scope and nothing else. */
export interface StreetEnv {
  Variables: Common & { scope: StreetScope }
}

/** Routes under `/districts/:districtId`. */
export interface DistrictEnv {
  Variables: Common & { scope: DistrictScope }
}

/** Routes under `/platform`. */
export interface PlatformEnv {
  Variables: Common & { scope: PlatformScope }
}

/** Routes that are the same under each gate. */
export interface SecuredEnv {
  Variables: Common & { scope: Pick<StreetScope | DistrictScope | PlatformScope, 'security'> }
}
