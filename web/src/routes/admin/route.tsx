import { Outlet, createFileRoute, redirect, useRouter } from '@tanstack/react-router'
import { VerifyDialog } from '../../features/session/desk/verify-dialog'
import { NoticeGate } from '../../features/privacy/notice-gate'
import { meQuery } from '../../features/session/queries'
import { Failed } from '../../ui/desk/answer'
import { DeskRoot } from '../../ui/desk/desk-root'

export const Route = createFileRoute('/admin')({
  beforeLoad: async ({ context, location }) => {
    const me = await context.queryClient.query(meQuery)
    if (!me) throw redirect({ to: '/sign-in', search: { back: location.href } })
    // Something is left to be done before any work.
    if (me.security.next) throw redirect({ to: '/sign-in', search: { back: location.href } })
    return { me }
  },
  component: function Desk() {
    const { me } = Route.useRouteContext()
    return (
      <NoticeGate me={me}>
        <DeskRoot>
          <Outlet />
          <VerifyDialog secondFactor={me.security.secondFactor} />
        </DeskRoot>
      </NoticeGate>
    )
  },
  errorComponent: function DeskFailed({ error }) {
    const router = useRouter()
    return (
      <DeskRoot>
        <title>没有加载成功 - 治本</title>
        <main>
          <Failed error={error} retry={() => void router.invalidate()} />
        </main>
      </DeskRoot>
    )
  },
})
