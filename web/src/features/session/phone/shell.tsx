import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import type { Me } from '@app/shared/people/schema'
import { useOutbox } from '../../../outbox/outbox'
import { postWords } from '../../../post'
import { Icon, type IconName } from '../../../ui/phone/icons'
import { stoppedWords } from '../../../ui/stopped'
import type { StreetPost } from '../queries'

/** What every page of the phone side stands in: whose it is, what waits to be sent, and the way to the four pages. */
export function PhoneShell({ me, post, children }: { me: Me; post: StreetPost; children: ReactNode }) {
  const { ops, signedOut } = useOutbox()
  const mine = ops.filter(({ userId }) => userId === me.id)
  const params = { street: post.slug }
  const stopped = stoppedWords(post)
  usePhoneViewport()
  return (
    <div className="m-shell">
      <a className="m-skip" href="#content">
        跳到正文
      </a>
      <header className="m-header">
        <div className="m-header-row">
          <p className="m-street">{post.name}</p>
          <p className="m-who">
            {me.name}
            <span>{postWords(post)}</span>
          </p>
          {mine.length > 0 && (
            <Link to="/m/s/$street/outbox" params={params} className="m-header-outbox">
              <Icon name="upload" size="1.1rem" />
              待上传 {mine.length}
            </Link>
          )}
        </div>
        {post.demo && <p className="m-demo">演示数据：人员、单位和隐患均为虚构</p>}
        {stopped !== null && <p className="m-strip">{stopped}</p>}
        {signedOut && (
          <p className="m-strip" role="status">
            登录已过期。保存的内容都在，
            <Link to="/sign-in" search={{ back: `/m/s/${post.slug}/outbox` }}>
              重新登录
            </Link>
            后继续上传。
          </p>
        )}
      </header>
      {children}
      <nav className="m-tabs" aria-label="主导航">
        <Tab to="/m/s/$street" exact params={params} icon="today" label="今日" />
        <Tab to="/m/s/$street/file" params={params} icon="camera" label="拍隐患" big />
        <Tab to="/m/s/$street/hazards" params={params} icon="ledger" label="台账" />
        <Tab to="/m/s/$street/me" params={params} icon="me" label="我的" />
      </nav>
    </div>
  )
}

function Tab({
  to,
  params,
  icon,
  label,
  exact = false,
  big = false,
}: {
  to: '/m/s/$street' | '/m/s/$street/file' | '/m/s/$street/hazards' | '/m/s/$street/me'
  params: { street: string }
  icon: IconName
  label: string
  exact?: boolean
  big?: boolean
}) {
  return (
    <Link
      to={to}
      params={params}
      className={big ? 'm-tab m-tab-big' : 'm-tab'}
      activeOptions={{ exact, includeSearch: false }}
    >
      <span className="m-tab-icon">
        <Icon name={icon} size={big ? '1.75rem' : '1.5rem'} />
      </span>
      {label}
    </Link>
  )
}

/** What is fixed to the edges must not cover what the keyboard has gone to. */
function usePhoneViewport(): void {
  useEffect(() => {
    document.documentElement.classList.add('m-root')
    return () => document.documentElement.classList.remove('m-root')
  }, [])
}
