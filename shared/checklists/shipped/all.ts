import { cateringGas } from './catering-gas'
import { construction } from './construction'
import { crowded } from './crowded'
import { eBike } from './e-bike'
import { industry } from './industry'
import { nineSmall } from './nine-small'
import { oldEstate } from './old-estate'
import { rental } from './rental'

/**
 * The checklists that come with the product; a street publishes its own from them. Only the Worker, tools and tests
 * may import it, so that no phone loads it.
 */
export const shipped = [nineSmall, eBike, rental, crowded, cateringGas, industry, construction, oldEstate]
