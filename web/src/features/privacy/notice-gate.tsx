import type { Me } from '@app/shared/people/schema'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, Suspense, lazy } from 'react'
import { meQuery } from '../session/queries'

// Read once in a life: nobody carries it every day.
const FirstNotice = lazy(() => import('./first-notice'))

/** Shows the privacy notice before anything else to somebody who has not read it, and from then on the page itself. */
export function NoticeGate({ me: entered, children }: { me: Me; children: ReactNode }) {
  const { data: me = entered } = useQuery(meQuery)
  // An answer that was kept by an older version does not say; nobody is stopped for that, least of all without a network.
  if (me?.noticeSeenAt !== null) return children
  return (
    <Suspense>
      <FirstNotice me={me} />
    </Suspense>
  )
}
