import { createFileRoute, redirect } from '@tanstack/react-router'

export const Route = createFileRoute('/admin/')({
  // The start page knows where each post's day begins.
  beforeLoad: () => {
    throw redirect({ to: '/' })
  },
})
