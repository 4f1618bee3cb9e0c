import { capabilities, type Capability } from '@app/shared/capabilities'
import { Problem } from '@app/shared/problem'
import { Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { wordsOf } from '../states'

interface Asked<T> {
  readonly data: T | undefined
  readonly error: Error | null
  readonly refetch: () => unknown
}

/** What a query answered, or that it is on its way, or why it failed and how to ask again. */
export function Answer<T>({
  of,
  rows = 4,
  children,
}: {
  of: Asked<T>
  rows?: number
  children: (data: T) => ReactNode
}) {
  if (of.data !== undefined) return children(of.data)
  return of.error ? <Failed error={of.error} retry={() => void of.refetch()} /> : <Waiting rows={rows} />
}

export function Waiting({ rows = 4 }: { rows?: number }) {
  return (
    <div className="desk-waiting" role="status">
      <span className="desk-unseen">正在加载…</span>
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  )
}

/** Why something could not be shown, with the next step: again, or signing in first. */
export function Failed({ error, retry }: { error: unknown; retry: () => void }) {
  const slug = error instanceof Problem ? error.slug : null
  const heading =
    slug === 'not-found'
      ? '没有找到'
      : slug === 'unauthenticated'
        ? '登录已过期'
        : slug === 'forbidden'
          ? '没有权限'
          : '没有加载成功'
  return (
    <div className="desk-state" role="alert">
      <h2>{heading}</h2>
      <p>{slug === 'not-found' ? '记录不存在，或者不属于您的单位。' : wordsOf(error)}</p>
      {slug === 'unauthenticated' ? (
        <Button type="primary" href={`/sign-in?back=${encodeURIComponent(location.pathname + location.search)}`}>
          重新登录
        </Button>
      ) : (
        slug !== 'forbidden' && <Button onClick={retry}>重新加载</Button>
      )}
    </div>
  )
}

/** A page that this post may not see. */
export function NotYours({ needs }: { needs?: Capability | undefined }) {
  return (
    <div className="desk-state">
      <h2>您的岗位没有此项权限</h2>
      <p>{needs ? `需要“${capabilities[needs]}”权限。` : ''}如工作需要，请联系本单位管理员。</p>
    </div>
  )
}

/** Nothing to show, and what that means. */
export function Nothing({ children }: { children: ReactNode }) {
  return <div className="desk-state">{children}</div>
}
