import type { Capability } from '@app/shared/capabilities'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { NotYours } from './answer'
import { usePlace } from './place'

interface PageProps {
  readonly title: string
  /** Without it the page only says that this post may not see it. */
  readonly needs?: Capability
  /** Pages between the first one and this one. */
  readonly above?: readonly { readonly label: string; readonly to: string }[]
  /** One line under the heading: what this page is about or what to keep in mind. */
  readonly about?: ReactNode
  /** Buttons that concern the whole page. */
  readonly extra?: ReactNode
  readonly children: ReactNode
}

/** One page of the desk: the window's title, where one is, the one heading, and the rest. */
export function Page({ title, needs, above, about, extra, children }: PageProps) {
  const place = usePlace()
  const allowed = !needs || place.capabilities.includes(needs)
  return (
    <>
      <title>{`${title} - ${place.name} - 治本`}</title>
      <header className="desk-head">
        <nav aria-label="当前位置">
          <ol className="desk-crumbs">
            <li>
              <Link to={place.home}>{place.name}</Link>
            </li>
            {above?.map(({ label, to }) => (
              <li key={to}>
                <Link to={to}>{label}</Link>
              </li>
            ))}
            <li aria-current="page">{title}</li>
          </ol>
        </nav>
        <div className="desk-title">
          <h1>{title}</h1>
          {allowed && extra && <div className="desk-extra">{extra}</div>}
        </div>
        {allowed && about && <p className="desk-about">{about}</p>}
      </header>
      {allowed ? children : <NotYours needs={needs} />}
    </>
  )
}

/** A white sheet of a page, with a heading of its own where it has one. */
export function Sheet({ title, extra, children }: { title?: ReactNode; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="desk-sheet">
      {title && (
        <div className="desk-sheet-head">
          <h2>{title}</h2>
          {extra}
        </div>
      )}
      {children}
    </section>
  )
}
