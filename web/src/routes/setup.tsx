import { createFileRoute, notFound } from '@tanstack/react-router'
import { setupQuery } from '../features/session/queries'
import { SetupPage } from '../features/session/setup-page'
import { NothingHere } from '../ui/states'

export const Route = createFileRoute('/setup')({
  beforeLoad: async ({ context }) => {
    if (!(await context.queryClient.query(setupQuery))) throw notFound()
  },
  component: SetupPage,
  notFoundComponent: NothingHere,
})
