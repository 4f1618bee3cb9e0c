import type { FormEvent, ReactNode } from 'react'
import './sign-in.css'

/** The one sheet of a page that stands before signing in. */
export function Card({
  title,
  heading,
  onSubmit,
  children,
}: {
  title: string
  heading?: string
  onSubmit?: () => void
  children: ReactNode
}) {
  const inner = (
    <>
      <header>
        <img src="/icon.svg" alt="" width="44" height="44" />
        <div>
          <h1>{heading ?? '治本'}</h1>
          <p>安全生产治本攻坚工作系统</p>
        </div>
      </header>
      {children}
    </>
  )
  return (
    <main className="sign-in">
      <title>{`${title} - 治本`}</title>
      {onSubmit ? (
        <form
          className="sign-in-card"
          onSubmit={(event: FormEvent) => {
            event.preventDefault()
            onSubmit()
          }}
        >
          {inner}
        </form>
      ) : (
        <div className="sign-in-card">{inner}</div>
      )}
    </main>
  )
}
