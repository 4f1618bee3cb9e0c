import type { QueryClient } from '@tanstack/react-query'
import { Outlet, createRootRouteWithContext } from '@tanstack/react-router'
import { LoadFailed, NothingHere } from '../ui/states'

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  errorComponent: ({ error, reset }) => <LoadFailed error={error} retry={reset} />,
  notFoundComponent: NothingHere,
})
