import { mutationOptions, queryOptions } from '@tanstack/react-query'
import type { NoticeWords } from '@app/shared/notices/schema'
import { parseResponse } from 'hono/client'
import { district } from '../../api'

const all = (districtId: string) => ['district', districtId, 'notices'] as const

export const noticeQueries = {
  all,
  list: (districtId: string) =>
    queryOptions({
      queryKey: [...all(districtId), 'list'] as const,
      queryFn: ({ signal }) => parseResponse(district.notices.$get({ param: { districtId } }, { init: { signal } })),
    }),
  one: (districtId: string, noticeId: string) =>
    queryOptions({
      queryKey: [...all(districtId), 'one', noticeId] as const,
      queryFn: ({ signal }) =>
        parseResponse(district.notices[':noticeId'].$get({ param: { districtId, noticeId } }, { init: { signal } })),
    }),
}

export const draftNotice = (districtId: string) =>
  mutationOptions({
    mutationFn: (period: string) => parseResponse(district.notices.$post({ param: { districtId }, json: { period } })),
    onSuccess: (_data, _period, _result, { client }) => client.invalidateQueries({ queryKey: all(districtId) }),
  })

export type NoticeDeed =
  | { deed: 'edit'; json: { version: number; words: NoticeWords } }
  | { deed: 'publish'; json: { version: number } }
  | { deed: 'withdraw'; json: { version: number; reason: string } }

export const doNoticeDeed = (districtId: string, noticeId: string) =>
  mutationOptions({
    mutationFn: (doing: NoticeDeed) => {
      const param = { districtId, noticeId }
      const notice = district.notices[':noticeId']
      switch (doing.deed) {
        case 'edit':
          return parseResponse(notice.words.$put({ param, json: doing.json }))
        case 'publish':
          return parseResponse(notice.publication.$put({ param, json: doing.json }))
        case 'withdraw':
          return parseResponse(notice.withdrawal.$put({ param, json: doing.json }))
      }
    },
    onSettled: (_data, _error, _doing, _result, { client }) => client.invalidateQueries({ queryKey: all(districtId) }),
  })
