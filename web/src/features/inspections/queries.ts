import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { InspectionFilter, InspectionPage as Page, InspectionRecord, Offers } from '@app/shared/inspections/schema'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { street } from '../../api'

export const inspectionQueries = {
  all: (streetId: string) => ['street', streetId, 'inspections'] as const,
  /** Whom to check by now. */
  due: (streetId: string) =>
    queryOptions({
      queryKey: [...inspectionQueries.all(streetId), 'due'] as const,
      queryFn: ({ signal }) =>
        parseResponse(street.inspections.due.$get({ param: { streetId } }, { init: { signal } })),
    }),
  /** The checklists for a unit, with all else that a check needs without a network. */
  offers: (streetId: string, enterpriseId: string) =>
    queryOptions({
      queryKey: [...inspectionQueries.all(streetId), 'offers', enterpriseId] as const,
      queryFn: ({ signal }) =>
        parseResponse(
          street.inspections.offers[':enterpriseId'].$get({ param: { streetId, enterpriseId } }, { init: { signal } }),
        ),
      staleTime: 10 * 60_000,
    }),
  /** Whom one may name as having taken part. */
  colleagues: (streetId: string) =>
    queryOptions({
      queryKey: [...inspectionQueries.all(streetId), 'colleagues'] as const,
      queryFn: ({ signal }) =>
        parseResponse(street.inspections.colleagues.$get({ param: { streetId } }, { init: { signal } })),
      staleTime: 10 * 60_000,
    }),
  /** The checklist of a record that is to be corrected. */
  correction: (streetId: string, inspectionId: string) =>
    queryOptions({
      queryKey: [...inspectionQueries.all(streetId), 'correction', inspectionId] as const,
      queryFn: ({ signal }): Promise<Offers> =>
        parseResponse(
          street.inspections[':inspectionId'].correction.$get(
            { param: { streetId, inspectionId } },
            { init: { signal } },
          ),
        ),
    }),
  /** The newest few of one unit. */
  ofUnit: (streetId: string, enterpriseId: string) =>
    queryOptions({
      queryKey: [...inspectionQueries.all(streetId), 'unit', enterpriseId] as const,
      queryFn: ({ signal }): Promise<Page> =>
        parseResponse(
          street.inspections.$get({ param: { streetId }, query: { enterpriseId, limit: '10' } }, { init: { signal } }),
        ),
    }),
  list: (streetId: string, filter: Omit<InferInput<typeof InspectionFilter>, 'cursor'>) =>
    infiniteQueryOptions({
      queryKey: [...inspectionQueries.all(streetId), 'list', filter] as const,
      queryFn: ({ signal, pageParam }) =>
        parseResponse(
          street.inspections.$get(
            { param: { streetId }, query: { ...filter, ...(pageParam !== '' && { cursor: pageParam }) } },
            { init: { signal } },
          ),
        ),
      initialPageParam: '',
      getNextPageParam: ({ next }) => next,
    }),
  record: (streetId: string, inspectionId: string) =>
    queryOptions({
      queryKey: [...inspectionQueries.all(streetId), 'record', inspectionId] as const,
      queryFn: ({ signal }): Promise<InspectionRecord> =>
        parseResponse(
          street.inspections[':inspectionId'].$get({ param: { streetId, inspectionId } }, { init: { signal } }),
        ),
    }),
}
