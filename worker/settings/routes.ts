import { Hono } from 'hono'
import { SettingChange, SettingPath, SettingsPage } from '@app/shared/settings/schema'
import type { StreetEnv } from '../http/context'
import { route } from '../http/route'
import { changeSetting, listSettings } from './store'

export const settingRoutes = new Hono<StreetEnv>()
  .get(
    '/',
    route({ summary: '街道设置', needs: 'hazard.view', answer: { status: 200, body: SettingsPage } }),
    async (c) => c.json({ items: await listSettings(c.var.scope) }),
  )
  .put(
    '/:key',
    route({
      summary: '修改街道设置',
      needs: 'settings.manage',
      param: SettingPath,
      json: SettingChange,
      answer: { status: 204 },
    }),
    async (c) => {
      await changeSetting(c.var.scope, c.req.valid('param').key, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
