import { Hono } from 'hono'
import * as v from 'valibot'
import { Determination, HazardRecord, RecordPath, RecordRoundPath } from '@app/shared/hazards/schema'
import { DistrictFilter } from '@app/shared/hazards/filter'
import { PhotoPath, PhotoQuery } from '@app/shared/photos/schema'
import { DistrictHazards, Overview } from '@app/shared/overviews/schema'
import { Problem } from '@app/shared/problem'
import type { DistrictEnv } from '../http/context'
import { photoResponse } from '../http/photo'
import { route } from '../http/route'
import { listDistrictHazards, openHazard, overview, photoOfRecord } from './store'

const RecordPhotoPath = v.object({ ...RecordPath.entries, ...PhotoPath.entries })

export const overviewRoutes = new Hono<DistrictEnv>()
  .get(
    '/overview',
    route({
      summary: '各街道未销号情况',
      needs: 'hazard.view',
      report: true,
      answer: { status: 200, body: Overview },
    }),
    async (c) => c.json(await overview(c.var.scope, c.var.now)),
  )
  .get(
    '/hazards',
    route({
      summary: '全区隐患（疑似重大、重大、逾期）',
      needs: 'hazard.view',
      query: DistrictFilter,
      answer: { status: 200, body: DistrictHazards },
    }),
    async (c) => c.json(await listDistrictHazards(c.var.scope, c.req.valid('query'), c.var.now)),
  )
  .get(
    '/hazards/:streetId/:hazardId',
    route({
      summary: '调阅街道隐患（留痕）',
      needs: 'hazard.inspect',
      param: RecordPath,
      answer: { status: 200, body: HazardRecord },
    }),
    async (c) => c.json(await openHazard(c.var.scope, c.req.valid('param'), c.var.now)),
  )
  .get(
    '/hazards/:streetId/:hazardId/photos/:photoId',
    route({
      summary: '调阅隐患照片（留痕）',
      needs: 'hazard.inspect',
      param: RecordPhotoPath,
      query: PhotoQuery,
      answer: { status: 200, type: 'image/jpeg' },
    }),
    async (c) => {
      const { photoId, ...record } = c.req.valid('param')
      const { scope, now } = c.var
      if (!(await photoOfRecord(scope, record, photoId, now))) throw new Problem('not-found')
      return photoResponse(await scope.evidence.photo(photoId, c.req.valid('query').size, record.streetId))
    },
  )
  .put(
    '/hazards/:streetId/:hazardId/rounds/:round/determination',
    route({
      summary: '认定疑似重大隐患',
      needs: 'hazard.determine',
      param: RecordRoundPath,
      json: Determination,
      answer: { status: 204 },
    }),
    async (c) => {
      await c.var.scope.decide(c.req.valid('param'), c.req.valid('json'), c.var.now)
      return c.body(null, 204)
    },
  )
