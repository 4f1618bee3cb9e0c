import { createFileRoute } from '@tanstack/react-router'
import { SetPasswordPage } from '../features/session/set-password-page'

export const Route = createFileRoute('/set-password')({ component: SetPasswordPage })
