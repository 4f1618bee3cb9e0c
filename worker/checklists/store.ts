import { itemsOf } from '@app/shared/checklists/answering'
import { basisLines } from '@app/shared/checklists/basis'
import type { Published } from '@app/shared/checklists/schema'
import { shipped } from '@app/shared/checklists/shipped/all'
import { published } from '@app/shared/checklists/versions'
import { national } from '@app/shared/criteria/national/catalogue'
import type { CriterionRef } from '@app/shared/criteria/schema'
import type { Offer, TemplateRef } from '@app/shared/inspections/schema'
import type { Day } from '@app/shared/time'

// Safe: written out here as one.
const firstDay = '2026-11-28' as Day

/** Every checklist there is, in every version that a record may name. */
export const templates: readonly Published[] = shipped.map((template) => published([], template, firstDay))

/** The checklist that a record names, or null for one that was never published. */
export function templateOf({ id, version }: TemplateRef): Published | null {
  return templates.find((one) => one.id === id && one.version === version) ?? null
}

/** What rows of the catalogue say and what must be said beside them on a day. */
export const citationsOf = (basis: readonly CriterionRef[], on: Day) => basisLines(basis, national, on)

/** A checklist with the bases of its items as they stand on a day. */
export function offerOf(template: Published, on: Day): Offer {
  return {
    template,
    basis: Object.fromEntries(itemsOf(template).map(({ key, basis }) => [key, citationsOf(basis, on)])),
  }
}
