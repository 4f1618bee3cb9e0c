import { colours, kinds, standings } from '@app/shared/enterprises/words'
import type { Post } from '@app/shared/people/schema'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Field } from '../../../ui/phone/fields'
import { Icon } from '../../../ui/phone/icons'
import { More } from '../../../ui/phone/more'
import { Nothing, PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { enterpriseQueries } from '../queries'

type StreetPost = Extract<Post, { kind: 'street' }>

/** The units within the reader's reach, to be looked for and opened. */
export function RegisterPage({
  post,
  q,
  onSearch,
}: {
  post: StreetPost
  q: string | undefined
  onSearch: (q: string | undefined) => void
}) {
  const [typed, setTyped] = useState(q ?? '')
  const { data, error, isPending, isFetching, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useInfiniteQuery(enterpriseQueries.list(post.id, q ? { q } : {}))
  const items = data?.pages.flatMap((page) => page.items) ?? []
  const empty = items.length === 0
  // A page may come empty when much was looked through for little; then the next one is what was asked for.
  useEffect(() => {
    if (empty && hasNextPage && !isFetching && !error) void fetchNextPage()
  }, [empty, hasNextPage, isFetching, error, fetchNextPage])
  return (
    <PhonePage
      title="企业档案"
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
          onSearch(typed.trim() || undefined)
        }}
      >
        <Field label="名称、拼音首字母、代码或地址">
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
        <button type="submit" className="button plain m-wide">
          查找
        </button>
      </form>
      {error && !data && <Trouble error={error} retry={() => void refetch()} />}
      {(isPending || (empty && isFetching)) && !error && <Waiting />}
      {!empty && (
        <ul className="m-cards">
          {items.map((one) => (
            <li key={one.id}>
              <Link
                to="/m/s/$street/enterprises/$enterpriseId"
                params={{ street: post.slug, enterpriseId: one.id }}
                className="m-card"
              >
                <span className="m-card-words">
                  <span className="m-card-tags">
                    <span className="m-tag">{kinds[one.kind]}</span>
                    {one.colour && <span className="m-tag">{colours[one.colour]}</span>}
                    {one.standing !== 'active' && <span className="m-tag">{standings[one.standing]}</span>}
                  </span>
                  <span className="m-card-what">{one.name}</span>
                  <span className="m-card-where">{one.address}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {data && empty && !isFetching && !hasNextPage && (
        <Nothing>{q ? '没有找到，换个词再试' : '负责范围内还没有企业档案'}</Nothing>
      )}
      {!empty && <More of={{ hasNextPage, isFetchingNextPage, fetchNextPage }} />}
      {!empty && !hasNextPage && (
        <p className="m-foot" role="status">
          已全部显示，共 {items.length} 家
        </p>
      )}
    </PhonePage>
  )
}
