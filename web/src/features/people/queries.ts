import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { InvitationsPage, NewInvitation } from '@app/shared/people/invitations'
import type { HandOver, NewPerson, NewPost, OpenUnder } from '@app/shared/people/schema'
import type { EnterpriseFilter } from '@app/shared/places/schema'
import type { Reach } from '@app/shared/reach'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { street } from '../../api'
import { everyEnterprise } from './every-enterprise'

export type NewPersonInput = InferInput<typeof NewPerson>
export type NewPostInput = InferInput<typeof NewPost>

export const peopleQueries = {
  all: (streetId: string) =>
    queryOptions({
      queryKey: ['street', streetId, 'people'] as const,
      queryFn: ({ signal }) => parseResponse(street.people.$get({ param: { streetId } }, { init: { signal } })),
      staleTime: 5 * 60_000,
    }),
  /** What is open under somebody. */
  open: (streetId: string, personId: string) =>
    queryOptions({
      queryKey: ['street', streetId, 'people', 'open', personId] as const,
      queryFn: ({ signal }): Promise<OpenUnder> =>
        parseResponse(
          street.people[':personId'].open.$get({ param: { streetId, personId } }, { init: { signal } }),
        ) as Promise<OpenUnder>,
    }),
}

const refresh = (streetId: string) => ({ queryKey: ['street', streetId, 'people'] as const })

/** Makes an account with its post; the first password is handed over in person. */
export const appoint = (streetId: string) =>
  mutationOptions({
    mutationFn: (json: NewPersonInput) => parseResponse(street.people.$post({ param: { streetId }, json })),
    onSuccess: (_data, _json, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })

/** Gives somebody of the street one more post. */
export const addPost = (streetId: string, personId: string) =>
  mutationOptions({
    mutationFn: (json: NewPostInput) =>
      parseResponse(street.people[':personId'].posts.$post({ param: { streetId, personId }, json })),
    onSuccess: (_data, _json, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })

/** Invitations of the street that nobody accepted yet. */
export const invitationsQuery = (streetId: string) =>
  queryOptions({
    queryKey: ['street', streetId, 'people', 'invitations'] as const,
    queryFn: ({ signal }): Promise<InvitationsPage> =>
      parseResponse(
        street.people.invitations.$get({ param: { streetId } }, { init: { signal } }),
      ) as Promise<InvitationsPage>,
  })

/** A link to a post, for whoever accepts it; shown once. */
export const invite = (streetId: string) =>
  mutationOptions({
    mutationFn: (json: InferInput<typeof NewInvitation>) =>
      parseResponse(street.people.invitations.$post({ param: { streetId }, json })),
    onSuccess: (_data, _json, _result, { client }) => client.invalidateQueries(invitationsQuery(streetId)),
    gcTime: 0,
  })

export const withdrawInvitation = (streetId: string) =>
  mutationOptions({
    mutationFn: (invitationId: string) =>
      parseResponse(street.people.invitations[':invitationId'].$delete({ param: { streetId, invitationId } })),
    // One that was accepted meanwhile is no longer there, and the list says so.
    onSettled: (_data, _error, _id, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })

/** Sets how far a post reaches, from its holder's next request on. */
export const changeReach = (streetId: string, param: { personId: string; postId: string }) =>
  mutationOptions({
    mutationFn: (reach: Reach) =>
      parseResponse(
        street.people[':personId'].posts[':postId'].reach.$put({ param: { streetId, ...param }, json: { reach } }),
      ),
    onSuccess: (_data, _reach, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })

export const resetPassword = (streetId: string) =>
  mutationOptions({
    mutationFn: ({ personId, password }: { personId: string; password: string }) =>
      parseResponse(street.people[':personId'].password.$put({ param: { streetId, personId }, json: { password } })),
  })

/** Ends a post; whoever held it is out from the next request on. */
export const endPost = (streetId: string) =>
  mutationOptions({
    mutationFn: ({ personId, postId }: { personId: string; postId: string }) =>
      parseResponse(street.people[':personId'].posts[':postId'].$delete({ param: { streetId, personId, postId } })),
    onSuccess: (_data, _personId, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })

/** So much is given over in one request. */
const mostOfAKind = { charges: 50, seats: 20 }

/**
 * Gives all that is open under somebody to another, in portions until nothing is left; `tell` hears how many have gone.
 * Broken off anywhere, what has gone has gone, and the rest can be given over again.
 */
export const handOverAll = (streetId: string, personId: string, tell: (gone: number) => void) =>
  mutationOptions({
    mutationFn: async ({ to, words }: Pick<InferInput<typeof HandOver>, 'to' | 'words'>) => {
      let gone = 0
      for (;;) {
        const open = await parseResponse(street.people[':personId'].open.$get({ param: { streetId, personId } }))
        const portion = {
          hazards: open.hazards.map(({ id }) => id),
          charges: open.charges.slice(0, mostOfAKind.charges).map(({ id }) => id),
          seats: open.seats.slice(0, mostOfAKind.seats).map(({ id }) => id),
        }
        const count = portion.hazards.length + portion.charges.length + portion.seats.length
        if (count === 0) return gone
        await parseResponse(
          street.people[':personId'].handover.$put({ param: { streetId, personId }, json: { to, words, ...portion } }),
        )
        gone += count
        tell(gone)
      }
    },
    onSettled: (_data, _error, _to, _result, { client }) =>
      client.invalidateQueries({ queryKey: ['street', streetId] as const }),
  })

/** What a post of the street may be given to answer for, ready to be chosen from. */
export const reachablePlaces = (streetId: string) =>
  queryOptions({
    queryKey: ['street', streetId, 'people', 'places'] as const,
    queryFn: async ({ signal }) => {
      const param = { streetId }
      const list = async (query: InferInput<typeof EnterpriseFilter>) => {
        const { items } = await parseResponse(street.places.enterprises.$get({ param, query }, { init: { signal } }))
        return items
      }
      const [places, first] = await Promise.all([
        parseResponse(street.places.$get({ param }, { init: { signal } })),
        list({}),
      ])
      return { ...places, enterprises: await everyEnterprise(first, places, list) }
    },
    staleTime: 5 * 60_000,
  })

/** The whole of a telephone number, for one look, which the audit log keeps. */
export const seePhone = (streetId: string) =>
  mutationOptions({
    mutationFn: (personId: string) =>
      parseResponse(street.people[':personId']['phone-views'].$post({ param: { streetId, personId } })),
    // Nothing of it stays in memory once it is hidden again.
    gcTime: 0,
  })

export const setPhone = (streetId: string) =>
  mutationOptions({
    mutationFn: ({ personId, phone }: { personId: string; phone: string | null }) =>
      parseResponse(street.people[':personId'].phone.$put({ param: { streetId, personId }, json: { phone } })),
    onSuccess: (_data, _change, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })

export const correctName = (streetId: string) =>
  mutationOptions({
    mutationFn: ({ personId, name }: { personId: string; name: string }) =>
      parseResponse(street.people[':personId'].name.$put({ param: { streetId, personId }, json: { name } })),
    onSuccess: (_data, _change, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })

/** Saves all that the street holds about somebody as a file. */
export const copyOf = (streetId: string) =>
  mutationOptions({
    mutationFn: async ({ personId, name }: { personId: string; name: string }) => {
      const copy = await parseResponse(street.people[':personId'].copy.$get({ param: { streetId, personId } }))
      const url = URL.createObjectURL(new Blob([JSON.stringify(copy, null, 2)], { type: 'application/json' }))
      const link = document.createElement('a')
      link.href = url
      link.download = `${name}的个人信息.json`
      link.click()
      setTimeout(() => URL.revokeObjectURL(url), 10_000)
    },
    gcTime: 0,
  })

export const erasePerson = (streetId: string) =>
  mutationOptions({
    mutationFn: (personId: string) =>
      parseResponse(street.people[':personId'].erasure.$post({ param: { streetId, personId } })),
    onSuccess: (_data, _personId, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })
