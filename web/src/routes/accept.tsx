import { createFileRoute } from '@tanstack/react-router'
import { AcceptPage } from '../features/session/accept-page'

export const Route = createFileRoute('/accept')({ component: AcceptPage })
