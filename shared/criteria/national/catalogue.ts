import { catalogueOf } from '../rules'
import { aq3067 } from './aq-3067'
import {
  emergencyRegulation,
  fireLaw,
  guangdongFire,
  lehuaPlan,
  planRules,
  publicSecurity61,
  trainingRules,
  workSafetyLaw,
} from './duties'
import { gb35181, gb35181of2017 } from './gb-35181'
import { gb45067 } from './gb-45067'
import { maraFishing } from './mara-fishing'
import { memOrder10 } from './mem-order-10'
import { mohurdConstruction } from './mohurd-construction'
import { mohurdGas } from './mohurd-gas'
import { motHighway } from './mot-highway'
import { motRoad } from './mot-road'
import { saws121, saws121Fireworks } from './saws-121'

/**
 * What the project itself carries: the national criteria, and the rules that checks of every sector rest on. Only the
 * Worker, tools and tests may import it, so that no phone loads it.
 */
export const carried = [
  memOrder10,
  gb45067,
  aq3067,
  saws121,
  saws121Fireworks,
  mohurdGas,
  mohurdConstruction,
  motRoad,
  motHighway,
  maraFishing,
  gb35181,
  gb35181of2017,
  workSafetyLaw,
  fireLaw,
  guangdongFire,
  emergencyRegulation,
  planRules,
  trainingRules,
  publicSecurity61,
  lehuaPlan,
]

export const national = catalogueOf(carried)
