import { facts, results, type Result } from '@app/shared/checklists/words'
import type { Condition } from '@app/shared/checklists/schema'
import { kinds } from '@app/shared/enterprises/words'
import { keyPlaces, sectors } from '@app/shared/hazards/words'

interface For {
  readonly kinds: readonly (keyof typeof kinds)[]
  readonly keyPlaces: readonly (keyof typeof keyPlaces)[]
  readonly sectors: readonly (keyof typeof sectors)[]
}

/** Whom a checklist is for, in one line. */
export function forWhom({ kinds: ofKinds, keyPlaces: ofPlaces, sectors: ofSectors }: For): string {
  const names = [
    ...ofKinds.map((one) => kinds[one]),
    ...ofPlaces.map((one) => keyPlaces[one]),
    ...ofSectors.map((one) => `${sectors[one]}行业`),
  ]
  return names.join('、') || '还没有选'
}

/** When an item is asked, in one line; `textOf` says what another item is called. */
export function whenAsked(condition: Condition | null, textOf: (key: string) => string): string | null {
  if (condition === null) return null
  if (condition.on === 'unit') return `${condition.is ? '' : '不'}属于${facts[condition.fact]}时才查`
  return `“${textOf(condition.item)}”为${condition.is.map((result: Result) => results[result]).join('、')}时才查`
}
