import type { CriterionCard } from '@app/shared/criteria/schema'
import { ownWords, scopes, sightingTags, standings } from '@app/shared/criteria/words'
import { sectors } from '@app/shared/hazards/words'
import type { Post } from '@app/shared/people/schema'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Field } from '../../../ui/phone/fields'
import { Icon } from '../../../ui/phone/icons'
import { More } from '../../../ui/phone/more'
import { Nothing, PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { criteriaQueries } from '../queries'

export interface Looked {
  readonly words?: string | undefined
  readonly sector?: keyof typeof sectors | undefined
}

interface PageProps {
  readonly post: Extract<Post, { kind: 'street' }>
  readonly looked: Looked
  readonly onLook: (looked: Looked) => void
}

/** 判定标准 to be looked up on the spot. */
export function CriteriaPage({ post, looked, onLook }: PageProps) {
  const [typed, setTyped] = useState(looked.words ?? '')
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    criteriaQueries.list(post.id, {
      ...(looked.words && { words: looked.words }),
      ...(looked.sector && { sector: looked.sector }),
    }),
  )
  const items = data?.pages.flatMap((page) => page.items) ?? []
  return (
    <PhonePage
      title="判定标准"
      street={post.name}
      back={
        <Link to="/m/s/$street/me" params={{ street: post.slug }} className="m-back" aria-label="返回我的">
          <Icon name="back" />
        </Link>
      }
    >
      <form
        role="search"
        className="m-filters"
        onSubmit={(event) => {
          event.preventDefault()
          onLook({ ...looked, words: typed.trim() || undefined })
        }}
      >
        <Field label="内容、标准名称或条款">
          {(tie) => (
            <input
              {...tie}
              type="search"
              enterKeyHint="search"
              maxLength={60}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          )}
        </Field>
        <Field label="行业领域">
          {(tie) => (
            <select
              {...tie}
              value={looked.sector ?? ''}
              onChange={({ target: { value } }) =>
                // Safe: one of the options below.
                onLook({ words: typed.trim() || undefined, sector: (value || undefined) as Looked['sector'] })
              }
            >
              <option value="">全部</option>
              {Object.entries(sectors).map(([sector, label]) => (
                <option key={sector} value={sector}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button type="submit" className="button plain m-wide">
          查找
        </button>
      </form>
      <p className="m-hint">{ownWords}</p>
      {error && !data && <Trouble error={error} retry={() => void refetch()} />}
      {isPending && !error && <Waiting />}
      <ul className="m-cards">
        {items.map((one) => (
          <li key={one.ref.id}>
            <Card one={one} />
          </li>
        ))}
      </ul>
      {data && items.length === 0 && <Nothing>没有找到，换个词再试</Nothing>}
      <More of={{ hasNextPage, isFetchingNextPage, fetchNextPage }} />
      {items.length > 0 && !hasNextPage && (
        <p className="m-foot" role="status">
          已全部显示，共 {items.length} 条
        </p>
      )}
    </PhonePage>
  )
}

/** What the tag above does not say already. */
const notSaid =
  ({ seen }: CriterionCard) =>
  (warning: string) =>
    warning !== sightingTags[seen]

function Card({ one }: { one: CriterionCard }) {
  return (
    <article className="m-card">
      <span className="m-card-words">
        <span className="m-card-tags">
          <span className="m-tag">{scopes[one.scope]}</span>
          <span className="m-tag">{sightingTags[one.seen]}</span>
          {one.standing !== 'in-force' && <span className="m-tag">{standings[one.standing]}</span>}
        </span>
        <span className="m-card-what">{one.text}</span>
        <span className="m-hint">
          {one.document} {one.article ?? '（条款号未收录）'}
        </span>
        {one.warnings.filter(notSaid(one)).map((warning) => (
          <span key={warning} className="m-hint">
            {warning}
          </span>
        ))}
        {one.address && (
          <a href={one.address} target="_blank" rel="noreferrer" className="m-link">
            官方原文
          </a>
        )}
      </span>
    </article>
  )
}
