import { Hono } from 'hono'
import { Problem } from '@app/shared/problem'
import { PhotoKept, PhotoPath, PhotoQuery } from '@app/shared/photos/schema'
import type { StreetEnv } from '../http/context'
import { photoResponse } from '../http/photo'
import { route } from '../http/route'

export const photoRoutes = new Hono<StreetEnv>()
  .put(
    '/:photoId',
    route({
      summary: '上传照片（编号为所传内容的 SHA-256）',
      needs: 'hazard.file',
      param: PhotoPath,
      file: ['image/jpeg', 'image/png', 'image/webp'],
      answer: { status: 201, body: PhotoKept },
    }),
    async (c) => {
      const { scope, now } = c.var
      const photo = await scope.evidence.clean(c.req.valid('param').photoId, await c.req.arrayBuffer())
      const { id, width, height } = photo
      await scope.keepPhoto({ id, width, height, at: now }, () => scope.evidence.put(photo))
      return c.json({ id, width, height }, 201)
    },
  )
  .get(
    '/:photoId',
    route({
      summary: '查看照片',
      needs: 'hazard.view',
      param: PhotoPath,
      query: PhotoQuery,
      answer: { status: 200, type: 'image/jpeg' },
    }),
    async (c) => {
      const { scope } = c.var
      const { photoId } = c.req.valid('param')
      if (!(await scope.photoShown(photoId))) throw new Problem('not-found')
      return photoResponse(await scope.evidence.photo(photoId, c.req.valid('query').size))
    },
  )
