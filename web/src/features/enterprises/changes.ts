import type { EnterpriseChange } from '@app/shared/enterprises/schema'
import { changeDeeds, colours, fieldWords, standings } from '@app/shared/enterprises/words'

/** What a line of a unit's file says: what was done, and to what it came. */
export function changeWords({ deed, fields, on, standing, colour }: EnterpriseChange): { what: string; how: string } {
  const what = changeDeeds[deed]
  if (standing !== null && on !== null) return { what, how: `${on} 起${standings[standing]}` }
  if (colour !== null) return { what, how: colours[colour] }
  return { what, how: deed === 'edited' ? fields.map((name) => fieldWords[name]).join('、') : '' }
}
