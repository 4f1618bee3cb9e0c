import * as v from 'valibot'
import { NoticeId, PersonId } from '../ids'
import { text } from '../text'
import { Month } from '../time'

export const noticeStates = { draft: '草稿', published: '已发布', withdrawn: '已撤回' } as const
export type NoticeState = keyof typeof noticeStates

/** The words of a notice, which people edit. Its numbers come from the snapshot and are nobody's to edit. */
export const NoticeWords = v.strictObject({
  title: text(80),
  /** 主送. */
  addressees: text(120),
  opening: text(800),
  /** 先进做法. */
  praise: text(1500),
  /** 存在问题. */
  problems: text(1500),
  /** 工作要求. */
  demands: text(1500),
  /** 发文机关. */
  issuer: text(60),
})
export type NoticeWords = v.InferOutput<typeof NoticeWords>

export const NoticeDraft = v.strictObject({ period: Month })
export type NoticeDraft = v.InferOutput<typeof NoticeDraft>

/** An edit names the version it was made from, so that two editors cannot overwrite each other. */
export const NoticeEdit = v.strictObject({ version: v.number(), words: NoticeWords })
export type NoticeEdit = v.InferOutput<typeof NoticeEdit>

export const Publication = v.strictObject({ version: v.number() })
export const Withdrawal = v.strictObject({ version: v.number(), reason: text(200) })
export type Withdrawal = v.InferOutput<typeof Withdrawal>

export const NoticePath = v.object({ noticeId: NoticeId })

export const NoticeCard = v.object({
  id: NoticeId,
  period: Month,
  revision: v.number(),
  state: v.picklist(['draft', 'published', 'withdrawn']),
  /** `2026-3`, the last part of its public address; null for a draft. */
  number: v.nullable(v.string()),
  title: v.string(),
  publishedAt: v.nullable(v.number()),
  editedAt: v.number(),
})
export type NoticeCard = v.InferOutput<typeof NoticeCard>

export const NoticeRecord = v.object({
  ...NoticeCard.entries,
  words: NoticeWords,
  version: v.number(),
  /** Everyone who drafted or edited it, none of whom may publish it. */
  editors: v.array(v.object({ id: PersonId, name: v.nullable(v.string()) })),
  publisher: v.nullable(v.string()),
  withdrawalReason: v.nullable(v.string()),
  /** The page as it would be published, or was. */
  html: v.string(),
  next: v.array(v.picklist(['edit', 'publish', 'withdraw'])),
})
export type NoticeRecord = v.InferOutput<typeof NoticeRecord>
