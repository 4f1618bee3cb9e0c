import { infiniteQueryOptions, keepPreviousData, mutationOptions, queryOptions } from '@tanstack/react-query'
import type {
  ColourChange,
  EnterpriseEdit,
  EnterpriseFile,
  NewEnterprise,
  RegisterPage,
  StandingChange,
} from '@app/shared/enterprises/schema'
import type { RegisterFilter } from '@app/shared/enterprises/filter'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { street } from '../../api'

export type RegisterQuery = InferInput<typeof RegisterFilter>

const all = (streetId: string) => ['street', streetId, 'enterprises'] as const

const page = (streetId: string, query: RegisterQuery, signal: AbortSignal): Promise<RegisterPage> =>
  parseResponse(street.enterprises.$get({ param: { streetId }, query }, { init: { signal } }))

export const enterpriseQueries = {
  /** One page of the register. */
  page: (streetId: string, filter: RegisterQuery) =>
    queryOptions({
      queryKey: [...all(streetId), 'page', filter] as const,
      queryFn: ({ signal }) => page(streetId, filter, signal),
      placeholderData: keepPreviousData,
    }),
  /** The register from its beginning on, page after page. */
  list: (streetId: string, filter: RegisterQuery) =>
    infiniteQueryOptions({
      queryKey: [...all(streetId), 'list', filter] as const,
      queryFn: ({ pageParam, signal }) =>
        page(streetId, { ...filter, ...(pageParam && { cursor: pageParam }) }, signal),
      initialPageParam: '',
      getNextPageParam: ({ next }) => next,
    }),
  file: (streetId: string, enterpriseId: string) =>
    queryOptions({
      queryKey: [...all(streetId), 'file', enterpriseId] as const,
      queryFn: ({ signal }): Promise<EnterpriseFile> =>
        parseResponse(
          street.enterprises[':enterpriseId'].$get({ param: { streetId, enterpriseId } }, { init: { signal } }),
        ) as Promise<EnterpriseFile>,
    }),
}

const keeps = <T>(streetId: string, send: (change: T) => Promise<unknown>) =>
  mutationOptions({
    mutationFn: send,
    onSuccess: (_data, _change, _result, { client }) =>
      Promise.all([
        client.invalidateQueries({ queryKey: all(streetId) }),
        // Pickers offer units too.
        client.invalidateQueries({ queryKey: ['street', streetId, 'places', 'enterprises'] as const }),
      ]),
  })

export const enterEnterprise = (streetId: string) =>
  keeps(streetId, (json: InferInput<typeof NewEnterprise>) =>
    parseResponse(street.enterprises.$post({ param: { streetId }, json })),
  )

export const editEnterprise = (streetId: string, enterpriseId: string) =>
  keeps(streetId, (json: InferInput<typeof EnterpriseEdit>) =>
    parseResponse(street.enterprises[':enterpriseId'].$put({ param: { streetId, enterpriseId }, json })),
  )

export const changeStanding = (streetId: string, enterpriseId: string) =>
  keeps(streetId, (json: InferInput<typeof StandingChange>) =>
    parseResponse(street.enterprises[':enterpriseId'].standings.$post({ param: { streetId, enterpriseId }, json })),
  )

export const changeColour = (streetId: string, enterpriseId: string) =>
  keeps(streetId, (json: InferInput<typeof ColourChange>) =>
    parseResponse(street.enterprises[':enterpriseId'].colours.$post({ param: { streetId, enterpriseId }, json })),
  )

/** The whole of a contact's number, for one look, which the audit log keeps. */
export const seeContactPhone = (streetId: string) =>
  mutationOptions({
    mutationFn: (contactId: string) =>
      parseResponse(street.enterprises.contacts[':contactId']['phone-views'].$post({ param: { streetId, contactId } })),
    // Nothing of it stays in memory once it is hidden again.
    gcTime: 0,
  })
