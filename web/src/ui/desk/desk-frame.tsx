import { MenuFoldOutlined, MenuUnfoldOutlined, StopOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { Link, useLocation } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { type Place, PlaceContext } from './place'

export interface MenuItem {
  readonly label: string
  readonly to: string
  readonly search?: Record<string, string>
  readonly icon: ReactNode
  /** Lit only on its own page and not on those below it. */
  readonly exact?: boolean
}

interface FrameProps {
  readonly place: Place
  readonly menu: readonly MenuItem[]
  /** The right end of the top bar: posts and the person. */
  readonly corner: ReactNode
  readonly children: ReactNode
}

/** The frame of the desk: menu at the left, tenant and person above, the page in between. */
export function DeskFrame({ place, menu, corner, children }: FrameProps) {
  const { pathname } = useLocation()
  // On a narrow screen the menu opens over one page and is closed on the next.
  const [openedOn, setOpenedOn] = useState<string | null>(null)
  const open = openedOn === pathname
  return (
    <PlaceContext value={place}>
      <a
        className="desk-skip"
        href="#page"
        onClick={(event) => {
          event.preventDefault()
          document.getElementById('page')?.focus()
        }}
      >
        跳到正文
      </a>
      <div className="desk">
        <header className="desk-bar">
          <Button
            className="desk-fold"
            type="text"
            icon={open ? <MenuFoldOutlined /> : <MenuUnfoldOutlined />}
            aria-label={open ? '收起菜单' : '展开菜单'}
            aria-expanded={open}
            aria-controls="menu"
            onClick={() => setOpenedOn(open ? null : pathname)}
          />
          <Link to={place.home} className="desk-brand">
            <img src="/icon.svg" alt="治本" width="30" height="30" />
            <span>{place.name}</span>
          </Link>
          {place.demo && <span className="desk-demo">演示数据</span>}
          <div className="desk-corner">{corner}</div>
        </header>
        <nav id="menu" className={open ? 'desk-menu open' : 'desk-menu'} aria-label="主菜单">
          <ul>
            {menu.map(({ label, to, search, icon, exact = false }) => (
              <li key={to}>
                <Link
                  to={to}
                  search={search ?? {}}
                  activeOptions={{ exact, includeSearch: false }}
                  activeProps={{ className: 'active' }}
                >
                  <span aria-hidden="true">{icon}</span>
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <main id="page" className="desk-page" tabIndex={-1}>
          {place.stopped !== null && (
            <p className="desk-suspended">
              <StopOutlined aria-hidden /> {place.stopped}
            </p>
          )}
          {children}
        </main>
      </div>
    </PlaceContext>
  )
}
