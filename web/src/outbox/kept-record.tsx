import { type DefaultError, type QueryKey, useQuery, type UseQueryOptions } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { PhonePage, Trouble, Waiting } from '../ui/phone/page'
import { useOutbox } from './outbox'

/** The page of a record: while the deed that makes it is on this phone it says so, and shows it once it has arrived. */
export function KeptRecordPage<Record, Key extends QueryKey>({
  title,
  post,
  saved,
  kept,
  query,
  children,
}: {
  title: string
  post: { readonly slug: string; readonly name: string }
  /** The deed's id, where one has just come from it. */
  saved: string | undefined
  /** What was done, of a deed that is on this phone. */
  kept: string
  query: UseQueryOptions<Record, DefaultError, Record, Key>
  children: (record: Record) => ReactNode
}) {
  const { ready, ops } = useOutbox()
  const held = ops.find(({ id }) => id === saved)
  const { data, error, refetch } = useQuery({ ...query, enabled: ready && !held })
  const params = { street: post.slug }
  return (
    <PhonePage title={title} street={post.name}>
      {held && (
        <>
          <p role="status" className={`m-saved m-saved-${held.state}`}>
            {held.state === 'rejected'
              ? `被退回：${held.problem ?? ''}`
              : `${kept}在手机上，待上传。有网络时自动上传。`}
          </p>
          <Link to="/m/s/$street/outbox" params={params} className="button plain m-wide">
            {held.state === 'rejected' ? '去处理' : '查看待上传'}
          </Link>
        </>
      )}
      {!held && error && <Trouble error={error} retry={() => void refetch()} />}
      {!held && !data && !error && <Waiting />}
      {!held && data && children(data)}
      <Link to="/m/s/$street" params={params} activeOptions={{ exact: true }} className="m-center-link">
        返回首页
      </Link>
    </PhonePage>
  )
}
