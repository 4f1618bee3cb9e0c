import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { SignInPage } from '../features/session/sign-in-page'

export const Route = createFileRoute('/sign-in')({
  // Only an address of our own may be gone back to.
  validateSearch: v.object({ back: v.optional(v.fallback(v.pipe(v.string(), v.regex(/^\/(?!\/|\\)/)), '/')) }),
  component: SignInPage,
})
