import { Hono } from 'hono'
import { Tenants } from '@app/shared/tenants/schema'
import type { PlatformEnv } from '../http/context'
import { route } from '../http/route'

export const tenantRoutes = new Hono<PlatformEnv>().get(
  '/tenants',
  route({
    summary: '租户与运行状况',
    needs: 'tenant.view',
    report: true,
    answer: { status: 200, body: Tenants },
  }),
  async (c) => {
    const { scope } = c.var
    const [tenants, work] = await Promise.all([scope.tenants(), scope.work()])
    return c.json({
      districts: tenants.map((district) => {
        const {
          waiting = 0,
          failed = 0,
          lastAt = null,
        } = work.find(({ districtId }) => districtId === district.id) ?? {}
        return { ...district, jobs: { waiting, failed, lastAt } }
      }),
    })
  },
)
