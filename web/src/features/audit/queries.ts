import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { AuditFilter } from '@app/shared/audit/filter'
import type { AuditPage } from '@app/shared/audit/schema'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { district, street } from '../../api'

export type AuditSearch = InferInput<typeof AuditFilter>
/** Whose log: a street's or a district's. */
export type LogOf = { readonly kind: 'street' | 'district'; readonly id: string }

/** One page of a log; it may come short and say that there is more. */
export function readAudit({ kind, id }: LogOf, query: AuditSearch, signal?: AbortSignal): Promise<AuditPage> {
  const init = signal ? { init: { signal } } : {}
  return kind === 'street'
    ? parseResponse(street.audit.$get({ param: { streetId: id }, query }, init))
    : parseResponse(district.audit.$get({ param: { districtId: id }, query }, init))
}

export const auditPage = (of: LogOf, query: AuditSearch) =>
  queryOptions({
    queryKey: [of.kind, of.id, 'audit', query] as const,
    queryFn: ({ signal }) => readAudit(of, query, signal),
    placeholderData: keepPreviousData,
  })
