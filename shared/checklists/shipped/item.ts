import type { CriterionRef } from '../../criteria/schema'
import { categories } from '../../hazards/words'
import type { TemplateId } from '../../ids'
import type { Item } from '../schema'

// Safe: written out in this project in the shape of its kind, and parsed by a test.
export const templateId = (id: string) => id as TemplateId

/** A row of the criteria catalogue in its first wording, which is what these checklists were written by. */
export const row = (id: string): CriterionRef => ({ id, version: 1 })

/** An item as the shipped checklists write it: what is left out is usual, its sector that of its category. */
export function item(
  written: Omit<Item, 'basis' | 'mayBeMajor' | 'sector' | 'condition' | 'locked'> &
    Partial<Pick<Item, 'basis' | 'mayBeMajor' | 'sector' | 'condition'>>,
): Item {
  return {
    basis: [],
    mayBeMajor: false,
    sector: categories[written.category].sector,
    condition: null,
    locked: false,
    ...written,
  }
}
