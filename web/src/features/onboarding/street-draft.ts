import { PersonId, PostId, StreetId } from '@app/shared/ids'
import { PlaceRow, planOf } from '@app/shared/onboarding/plan'
import { NewStreet } from '@app/shared/onboarding/schema'
import type { FieldError } from '@app/shared/problem'
import * as v from 'valibot'
import type { NewStreetInput } from './queries'

/** A new street as it is filled in, step by step. */
const StreetDraft = v.object({
  /** One set of ids for all of it, so that a repeat after a lost answer is the same street. */
  ids: v.object({ street: StreetId, admin: PersonId, post: PostId }),
  name: v.string(),
  /** Follows the name until it is written by hand. */
  shortName: v.nullable(v.string()),
  slug: v.string(),
  statCode: v.string(),
  rows: v.array(PlaceRow),
  adminName: v.string(),
  username: v.string(),
})
export type StreetDraft = v.InferOutput<typeof StreetDraft>

export const steps = ['街道信息', '社区与网格', '首任管理员', '核对并开通'] as const
export const lastStep = steps.length - 1

export const blankDraft = (ids: StreetDraft['ids']): StreetDraft => ({
  ids,
  name: '',
  shortName: null,
  slug: '',
  statCode: '',
  rows: [],
  adminName: '',
  username: '',
})

/** `乐华` of `乐华街道`. */
export const shortNameOf = ({ name, shortName }: Pick<StreetDraft, 'name' | 'shortName'>): string =>
  shortName ??
  name
    .trim()
    .replace(/(?<=.)(街道办事处|街道|镇|乡)$/, '')
    .slice(0, 8)

/** The step where what a JSON Pointer names is filled in. */
export const stepOf = (pointer: string) => (pointer.startsWith('/rows') ? 1 : pointer.startsWith('/admin') ? 2 : 0)

/** What the server is told of a draft. */
export function streetInput(draft: StreetDraft): NewStreetInput {
  const { ids, name, slug, statCode, rows, adminName, username } = draft
  return {
    id: ids.street,
    name,
    shortName: shortNameOf(draft),
    slug,
    statCode: statCode.trim() || null,
    rows,
    admin: { id: ids.admin, postId: ids.post, name: adminName, username },
  }
}

/** All that a draft lacks or has wrong, by the server's own rules, with the places that its rows make. */
export function checked(draft: StreetDraft): ReturnType<typeof planOf> {
  const { plan, errors } = planOf(draft.rows)
  const { issues = [] } = v.safeParse(NewStreet, streetInput(draft))
  const own: FieldError[] = issues.map(({ path, message }) => ({
    pointer: `/${path?.map(({ key }) => String(key)).join('/') ?? ''}`,
    detail: message,
  }))
  return { plan, errors: [...own, ...errors] }
}

const place = (districtId: string) => `street-draft ${districtId}`

/** What was filled in before the page was left or loaded again, as long as the tab is open. */
export function keptDraft(districtId: string): StreetDraft | null {
  try {
    return v.parse(StreetDraft, JSON.parse(sessionStorage.getItem(place(districtId)) ?? ''))
  } catch {
    return null
  }
}

/** Keeps a draft for this tab, or with null forgets it. */
export function keepDraft(districtId: string, draft: StreetDraft | null): void {
  try {
    if (draft) sessionStorage.setItem(place(districtId), JSON.stringify(draft))
    else sessionStorage.removeItem(place(districtId))
  } catch {
    // Without storage it is kept as long as the page stands.
  }
}
