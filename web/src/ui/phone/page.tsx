import type { ReactNode } from 'react'
import { wordsOf } from '../states'
import { Icon } from './icons'

/** One page of the phone side: its title in the tab, its one heading, and what is in it. */
export function PhonePage({
  title,
  street,
  heading = title,
  back,
  action,
  children,
}: {
  /** What the tab and the history say; unique among the pages that are open. */
  title: string
  street: string
  heading?: ReactNode
  /** A link back to where this page belongs. */
  back?: ReactNode
  /** What can be done with the page as a whole, at the end of its heading. */
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <main id="content" className="m-page" tabIndex={-1}>
      <title>{`${title} - ${street} - 治本`}</title>
      <div className="m-page-head">
        {back}
        <h1>{heading}</h1>
        {action}
      </div>
      {children}
    </main>
  )
}

/** Something went wrong with a part of the page; the rest of it stays. */
export function Trouble({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <div className="m-note m-note-error" role="alert">
      <p>{wordsOf(error)}</p>
      {retry && (
        <button type="button" className="button plain" onClick={retry}>
          重新加载
        </button>
      )}
    </div>
  )
}

/** A part of the page that is on its way. */
export function Waiting({ children = '正在加载…' }: { children?: ReactNode }) {
  return (
    <p className="m-waiting" role="status">
      {children}
    </p>
  )
}

/** Nothing there, and that is fine. */
export function Nothing({ children }: { children: ReactNode }) {
  return (
    <div className="m-nothing">
      <Icon name="done" size="2rem" />
      <p>{children}</p>
    </div>
  )
}
