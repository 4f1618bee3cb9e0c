import { Hono } from 'hono'
import { PeoplePage } from '@app/shared/people/schema'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import { listPeople } from './store'

export const peopleRoutes = new Hono<StreetEnv>().get(
  '/',
  route({ summary: '人员', needs: 'people.view', answer: { status: 200, body: PeoplePage } }),
  async (c) => c.json({ items: await listPeople(c.var.scope) }),
)
