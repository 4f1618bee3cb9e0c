import { createFileRoute } from '@tanstack/react-router'
import { NoticePage } from '../features/privacy/notice-page'

export const Route = createFileRoute('/privacy')({ component: NoticePage })
