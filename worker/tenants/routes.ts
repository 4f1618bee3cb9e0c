import { Hono } from 'hono'
import { SetPasswordLink } from '@app/shared/accounts/schema'
import { DistrictAdministratorPath, DistrictAdministrators } from '@app/shared/onboarding/administrators'
import { DistrictPath, NewDistrict, Onboarded, StreetPath, Suspension } from '@app/shared/onboarding/schema'
import { KeyRotation, Tenants } from '@app/shared/tenants/schema'
import type { PlatformEnv } from '../http/context'
import { route } from '../http/route'

export const tenantRoutes = new Hono<PlatformEnv>()
  .get(
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
  .get(
    '/key-rotation',
    route({ summary: '加密密钥更换进度', needs: 'key.rotate', answer: { status: 200, body: KeyRotation } }),
    async (c) => c.json(await c.var.scope.keyRotation()),
  )
  .put(
    '/key-rotation',
    route({ summary: '用最新密钥重新加密（后台任务）', needs: 'key.rotate', again: true, answer: { status: 204 } }),
    async (c) => {
      await c.var.scope.rotateKeys(c.var.now)
      return c.body(null, 204)
    },
  )
  .post(
    '/districts',
    route({
      summary: '开通区',
      needs: 'tenant.manage',
      again: true,
      json: NewDistrict,
      answer: { status: 201, body: Onboarded },
    }),
    async (c) => c.json({ link: await c.var.scope.openDistrict(c.req.valid('json'), c.var.now) }, 201),
  )
  .get(
    '/districts/:districtId/administrators',
    route({
      summary: '区级管理员',
      needs: 'tenant.manage',
      param: DistrictPath,
      answer: { status: 200, body: DistrictAdministrators },
    }),
    async (c) => c.json({ items: await c.var.scope.administrators(c.req.valid('param').districtId, c.var.now) }),
  )
  .post(
    '/districts/:districtId/administrators/:personId/link',
    route({
      summary: '为区级管理员生成设置密码链接',
      needs: 'tenant.manage',
      again: true,
      param: DistrictAdministratorPath,
      answer: { status: 201, body: SetPasswordLink },
    }),
    async (c) => {
      const { districtId, personId } = c.req.valid('param')
      return c.json(await c.var.scope.administratorLink(districtId, personId, c.var.now), 201)
    },
  )
  .delete(
    '/districts/:districtId/administrators/:personId/second-factor',
    route({
      summary: '取消区级管理员的第二因素',
      needs: 'tenant.manage',
      again: true,
      param: DistrictAdministratorPath,
      answer: { status: 204 },
    }),
    async (c) => {
      const { districtId, personId } = c.req.valid('param')
      await c.var.scope.removeAdministratorFactor(districtId, personId, c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/districts/:districtId/suspension',
    route({
      summary: '停用或恢复一个区',
      needs: 'tenant.manage',
      again: true,
      param: DistrictPath,
      json: Suspension,
      answer: { status: 204 },
    }),
    async (c) => {
      const tenant = { kind: 'district', id: c.req.valid('param').districtId } as const
      await c.var.scope.suspend(tenant, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
  .put(
    '/streets/:streetId/suspension',
    route({
      summary: '停用或恢复一个街道',
      needs: 'tenant.manage',
      again: true,
      param: StreetPath,
      json: Suspension,
      answer: { status: 204 },
    }),
    async (c) => {
      const tenant = { kind: 'street', id: c.req.valid('param').streetId } as const
      await c.var.scope.suspend(tenant, c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
