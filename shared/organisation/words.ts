import type { Role } from '../capabilities'

/** Seats of the leading group (领导小组), in the order and with the posts of clause 4.1-a. */
export const seatWords = {
  head: { label: '组长', usual: '党工委书记' },
  'executive-deputy': { label: '常务副组长', usual: '办事处主任' },
  deputy: { label: '副组长', usual: '分管领导' },
  member: { label: '成员', usual: '各办主任、社区书记' },
} as const
export type Seat = keyof typeof seatWords
/** Seats that one person has at a time; the ledger's index `seats_single` says the same. */
export const singleSeats: readonly Seat[] = ['head', 'executive-deputy']

/** 双包 (clause 3.1.3-a): members of the leadership take communities, cadres take grids. */
export const chargeKinds = {
  leader: { label: '包社区领导', place: 'community' },
  cadre: { label: '包网格干部', place: 'grid' },
} as const
export type ChargeKind = keyof typeof chargeKinds

/** Whose posts may take a place of that kind. */
export const chargeRoles: Record<ChargeKind, readonly Role[]> = {
  leader: ['street-leader', 'street-admin'],
  cadre: ['inspector', 'street-admin', 'street-leader'],
}
