import { DistrictFilter } from '@app/shared/hazards/filter'
import { StreetId } from '@app/shared/ids'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import * as v from 'valibot'
import { district } from '../../../api'
import { gather } from '../../../ui/desk/gather'
import { part } from '../../../ui/desk/part'

export const shows = { suspected: '疑似重大', major: '重大', overdue: '逾期', open: '全部未销号' } as const
export type Show = keyof typeof shows

/** Rows of a page of a district's list. */
export const pageSize = 50

/** The address of a district's list: what it shows, its page, and the record that is open. */
export const DistrictSearch = v.object({
  show: part(v.picklist(['suspected', 'major', 'overdue', 'open'])),
  streetId: part(DistrictFilter.entries.streetId),
  cursor: part(DistrictFilter.entries.cursor),
  page: part(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** The record that is open, and whose it is. */
  of: part(StreetId),
  record: part(v.string()),
})
export type DistrictSearch = v.InferOutput<typeof DistrictSearch>

/** One page of a district's list from the address's cursor on. */
export const districtPage = (
  districtId: string,
  { show = 'suspected', streetId, cursor: start }: Pick<DistrictSearch, 'show' | 'streetId' | 'cursor'>,
) =>
  queryOptions({
    queryKey: ['district', districtId, 'hazards', 'page', show, streetId ?? '', start ?? ''] as const,
    queryFn: ({ signal }) =>
      gather(
        (cursor) =>
          parseResponse(
            district.hazards.$get(
              {
                param: { districtId },
                query: { show, limit: String(pageSize), ...(streetId && { streetId }), ...(cursor && { cursor }) },
              },
              { init: { signal } },
            ),
          ),
        start,
        pageSize,
      ),
    placeholderData: keepPreviousData,
  })
