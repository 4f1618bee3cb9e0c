import { askedOf } from '@app/shared/checklists/answering'
import type { Published } from '@app/shared/checklists/schema'
import type { Result } from '@app/shared/checklists/words'
import type { Offer, Offers } from '@app/shared/inspections/schema'
import { answersOf, type Touched } from './touched'

/** A checklist that is gone through, as far as it has come; whoever goes through it adds what else is asked. */
export interface Going {
  /** Null for the first checklist that is offered. */
  readonly templateId: string | null
  /** The checklist that it was begun by: what is published meanwhile is for the next time. */
  readonly begun: Offer | null
  /** When it began, by the phone's clock: the first thing that was touched. */
  readonly observedAt: number | null
  readonly touched: { readonly [item: string]: Touched }
}

/** The checklist that is gone by: the one it was begun by, or else the one that was chosen, or the first. */
export const goneBy = ({ begun, templateId }: Going, { offers }: Pick<Offers, 'offers'>): Offer | undefined =>
  begun ?? offers.find(({ template }) => template.id === templateId) ?? offers[0]

/** What the first thing that is touched settles: when it began, and by which checklist. */
export const beginning = ({ begun, observedAt }: Going, offer: Offer, now: number): Partial<Going> => ({
  ...(observedAt === null && { observedAt: now }),
  ...(begun === null && { begun: offer }),
})

/** Another checklist in place of the one before, with nothing touched. */
export const choosing = (templateId: string, { offers }: Pick<Offers, 'offers'>): Partial<Going> => ({
  templateId,
  begun: offers.find(({ template }) => template.id === templateId) ?? null,
  touched: {},
})

/** Whether this very version is still offered. */
export const isOffered = ({ id, version }: Published, { offers }: Pick<Offers, 'offers'>) =>
  offers.some(({ template }) => template.id === id && template.version === version)

/** What is asked, given what was touched so far. */
export const shownItems = (template: Published, { unit }: Pick<Offers, 'unit'>, { touched }: Pick<Going, 'touched'>) =>
  askedOf(template, unit, answersOf(template, touched, []))

/** Those of a checklist's lines that something is wrong with. */
export const findingsOf = <Line extends { readonly result: Result }>(lines: readonly Line[]) =>
  lines.filter(({ result }) => result === 'fail' || result === 'fixed')
