import { QueryClient } from '@tanstack/react-query'
import type { Problem } from '@app/shared/problem'

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: Problem
    /** Every key names its tenant first, so one street's cache can never answer for another. */
    queryKey:
      | readonly ['street', string, ...ReadonlyArray<unknown>]
      | readonly ['district', string, ...ReadonlyArray<unknown>]
      | readonly ['platform', ...ReadonlyArray<unknown>]
      | readonly ['me', ...ReadonlyArray<unknown>]
      // Built into the client, and nobody's.
      | readonly ['guide', string]
  }
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, retry: (count, problem) => problem.status >= 500 && count < 2 },
  },
})
