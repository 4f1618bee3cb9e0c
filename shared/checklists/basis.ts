import type { CriterionRef } from '../criteria/schema'
import { type Catalogue, citationOf, cited, warningsOf } from '../criteria/rules'
import type { Day } from '../time'
import type { BasisLine } from './basis-line'
import { withoutBasis } from './words'

/** What an item or a hazard rests on, as it is shown on a day; never empty, since having no basis is said too. */
export function basisLines(basis: readonly CriterionRef[], catalogue: Catalogue, on: Day): BasisLine[] {
  if (basis.length === 0) return [{ citation: withoutBasis, text: null, address: null, warnings: [] }]
  return basis.map((ref) => {
    const found = cited(catalogue, ref)
    if (!found) return { citation: ref.id, text: null, address: null, warnings: ['依据条款不在标准库中'] }
    return {
      citation: citationOf(found),
      text: found.criterion.text,
      address: found.standard.address,
      warnings: warningsOf(catalogue, found, on),
    }
  })
}
