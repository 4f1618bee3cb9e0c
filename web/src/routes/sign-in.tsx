import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { SignInPage } from '../features/session/sign-in-page'

export const Route = createFileRoute('/sign-in')({
  // Only an address of our own may be gone back to.
  validateSearch: v.object({
    /** Somebody is signed in, and has something left to do. */
    on: v.optional(v.fallback(v.literal(1), 1)),
    back: v.optional(v.fallback(v.pipe(v.string(), v.regex(/^\/(?!\/|\\)/)), '/')),
  }),
  component: SignInPage,
})
