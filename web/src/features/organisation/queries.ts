import type { NewCharge, NewSeat, NewUnit, UnitWords } from '@app/shared/organisation/schema'
import type { Day } from '@app/shared/time'
import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { district, street } from '../../api'

export type NewChargeInput = InferInput<typeof NewCharge>
export type NewSeatInput = InferInput<typeof NewSeat>
export type NewUnitInput = InferInput<typeof NewUnit>
export type UnitWordsInput = InferInput<typeof UnitWords>

/** Whose register of member units. */
export interface UnitOwner {
  readonly kind: 'street' | 'district'
  readonly id: string
}

const all = (streetId: string) => ['street', streetId, 'organisation'] as const

export const organisationQueries = {
  /** 双包 on a day; without one, of today and what is arranged for later. */
  charges: (streetId: string, on?: Day) =>
    queryOptions({
      queryKey: [...all(streetId), 'charges', on ?? null] as const,
      queryFn: ({ signal }) =>
        parseResponse(
          street.organisation.charges.$get({ param: { streetId }, query: on ? { on } : {} }, { init: { signal } }),
        ),
    }),
  /** Who ever answered for one place, newest first. */
  chargesOf: (streetId: string, placeId: string) =>
    queryOptions({
      queryKey: [...all(streetId), 'charges', 'of', placeId] as const,
      queryFn: ({ signal }) =>
        parseResponse(
          street.organisation.charges.$get({ param: { streetId }, query: { placeId } }, { init: { signal } }),
        ),
    }),
  seats: (streetId: string, on?: Day) =>
    queryOptions({
      queryKey: [...all(streetId), 'seats', on ?? null] as const,
      queryFn: ({ signal }) =>
        parseResponse(
          street.organisation.seats.$get({ param: { streetId }, query: on ? { on } : {} }, { init: { signal } }),
        ),
    }),
  /** 成员单位 of a street or of the district. */
  units: ({ kind, id }: UnitOwner) =>
    queryOptions({
      queryKey: [kind, id, 'units'] as const,
      queryFn: ({ signal }) =>
        kind === 'street'
          ? parseResponse(street.organisation.units.$get({ param: { streetId: id } }, { init: { signal } }))
          : parseResponse(district.units.$get({ param: { districtId: id } }, { init: { signal } })),
    }),
}

/** Whatever changes here is shown on the workbench and with each hazard too. */
const refresh = (streetId: string) => ({ queryKey: ['street', streetId] as const })

/** Gives a place to somebody to answer for, from a day on. */
export const takeCharge = (streetId: string) =>
  mutationOptions({
    mutationFn: (json: NewChargeInput) =>
      parseResponse(street.organisation.charges.$post({ param: { streetId }, json })),
    onSuccess: (_data, _json, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })

export const endCharge = (streetId: string) =>
  mutationOptions({
    mutationFn: ({ chargeId, on }: { chargeId: string; on: Day }) =>
      parseResponse(street.organisation.charges[':chargeId'].end.$put({ param: { streetId, chargeId }, json: { on } })),
    onSuccess: (_data, _end, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })

export const takeSeat = (streetId: string) =>
  mutationOptions({
    mutationFn: (json: NewSeatInput) => parseResponse(street.organisation.seats.$post({ param: { streetId }, json })),
    onSuccess: (_data, _json, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })

export const endSeat = (streetId: string) =>
  mutationOptions({
    mutationFn: ({ seatId, on }: { seatId: string; on: Day }) =>
      parseResponse(street.organisation.seats[':seatId'].end.$put({ param: { streetId, seatId }, json: { on } })),
    onSuccess: (_data, _end, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })

/** Enters a unit in the register, or changes the one that bears this id. */
export const keepUnit = ({ kind, id }: UnitOwner) =>
  mutationOptions({
    mutationFn: ({ unitId, isNew, json }: { unitId: NewUnitInput['id']; isNew: boolean; json: UnitWordsInput }) => {
      const param = { streetId: id, districtId: id, unitId }
      if (kind === 'street')
        return isNew
          ? parseResponse(street.organisation.units.$post({ param, json: { id: unitId, ...json } }))
          : parseResponse(street.organisation.units[':unitId'].$put({ param, json }))
      return isNew
        ? parseResponse(district.units.$post({ param, json: { id: unitId, ...json } }))
        : parseResponse(district.units[':unitId'].$put({ param, json }))
    },
    onSuccess: (_data, _unit, _result, { client }) => client.invalidateQueries({ queryKey: [kind, id] as const }),
  })

export const retireUnit = ({ kind, id }: UnitOwner) =>
  mutationOptions({
    mutationFn: (unitId: string) =>
      kind === 'street'
        ? parseResponse(street.organisation.units[':unitId'].$delete({ param: { streetId: id, unitId } }))
        : parseResponse(district.units[':unitId'].$delete({ param: { districtId: id, unitId } })),
    onSuccess: (_data, _unitId, _result, { client }) => client.invalidateQueries({ queryKey: [kind, id] as const }),
  })
