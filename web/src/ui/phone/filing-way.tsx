import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { OwedItem } from '@app/shared/filings/schema'

/** The way to where an owed paper is: to what is there of it already, or to the form that files it. */
export function FilingWay({
  street,
  filing: { kind, period, filingId },
  children,
}: {
  street: string
  filing: Pick<OwedItem, 'kind' | 'period' | 'filingId'>
  children: ReactNode
}) {
  return filingId ? (
    <Link to="/m/s/$street/filings/$filingId" params={{ street, filingId }} className="m-card">
      {children}
    </Link>
  ) : (
    <Link
      to="/m/s/$street/filings/new/$kind"
      params={{ street, kind }}
      search={period ? { period } : {}}
      className="m-card"
    >
      {children}
    </Link>
  )
}
