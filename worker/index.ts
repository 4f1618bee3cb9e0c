import { createApp } from './app'
import type { Env } from './env'
import { consume } from './jobs/run'
import { scheduled } from './platform/schedule'

const app = createApp()

export default {
  fetch: app.fetch,
  scheduled,
  queue: consume,
} satisfies ExportedHandler<Env>
