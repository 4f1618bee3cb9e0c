import { toJsonSchema } from '@valibot/to-json-schema'
import type { Hono } from 'hono'
import type * as v from 'valibot'
import { problemTypes } from '@app/shared/problem'
import { type Declaration, declarationOf } from './route'

/** Only its table of routes is looked at. */
type AnyApp = Pick<Hono, 'routes'>

/** A route as it is mounted: where, and what it declared. */
export interface Mounted {
  readonly method: string
  readonly path: string
  readonly declaration: Declaration
}

/** Every declared route of an app. The OpenAPI document, the gate walk and the tests of budgets walk this list. */
export function routesOf(app: AnyApp): Mounted[] {
  return app.routes.flatMap(({ method, path, handler }) => {
    const declaration = declarationOf(handler)
    return declaration && method !== 'ALL' ? [{ method, path, declaration }] : []
  })
}

const schemaOf = (schema: v.GenericSchema, typeMode: 'input' | 'output') =>
  toJsonSchema(schema, { errorMode: 'ignore', typeMode, target: 'draft-2020-12' })

/** The API described by OpenAPI 3.1, made from the declarations and from nothing else. */
export function openApi(app: AnyApp): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const { method, path, declaration } of routesOf(app)) {
    const address = path.replaceAll(/:(\w+)/g, '{$1}')
    const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
    const { summary, needs, param, query, json, file, answer } = declaration
    paths[address] = {
      ...paths[address],
      [method.toLowerCase()]: {
        summary,
        operationId: `${method.toLowerCase()}${address.replaceAll(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase()).replaceAll(/\W/g, '')}`,
        tags: [address.split('/').find((part) => part && part !== 'api' && !part.startsWith('{')) ?? 'api'],
        ...(needs === 'public' ? { security: [] } : { 'x-capability': needs }),
        parameters: [
          ...named.map((name) => ({
            name,
            in: 'path',
            required: true,
            schema: propertiesOf(param)[name] ?? { type: 'string' },
          })),
          ...Object.entries(propertiesOf(query)).map(([name, schema]) => ({
            name,
            in: 'query',
            required: false,
            schema,
          })),
          ...(['get', 'delete'].includes(method.toLowerCase()) || needs === 'public' || needs === 'signed-in'
            ? []
            : [
                {
                  name: 'Idempotency-Key',
                  in: 'header',
                  required: true,
                  schema: { type: 'string', pattern: '^[\\w-]{8,64}$' },
                },
              ]),
        ],
        ...(json && {
          requestBody: { required: true, content: { 'application/json': { schema: schemaOf(json, 'input') } } },
        }),
        ...(file && {
          requestBody: {
            required: true,
            content: Object.fromEntries(file.map((type) => [type, { schema: { type: 'string', format: 'binary' } }])),
          },
        }),
        responses: {
          [answer.status]: {
            description: '成功',
            ...(answer.body && { content: { 'application/json': { schema: schemaOf(answer.body, 'output') } } }),
            ...(answer.type && { content: { [answer.type]: { schema: { type: 'string', format: 'binary' } } } }),
          },
          default: { $ref: '#/components/responses/Problem' },
        },
      },
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: '治本 Zhiben', version: '1', description: '街道安全生产治本攻坚业务接口。' },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: '__Host-zhiben' } },
      responses: {
        Problem: {
          description: '问题说明（RFC 9457）',
          content: {
            'application/problem+json': {
              schema: {
                type: 'object',
                required: ['type', 'title', 'status'],
                properties: {
                  type: { enum: Object.keys(problemTypes).map((slug) => `urn:zhiben:problem:${slug}`) },
                  title: { type: 'string' },
                  status: { type: 'integer' },
                  detail: { type: 'string' },
                  instance: { type: 'string' },
                  errors: {
                    type: 'array',
                    items: {
                      type: 'object',
                      required: ['pointer', 'detail'],
                      properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    security: [{ session: [] }],
  }
}

function propertiesOf(schema: v.GenericSchema | undefined): Record<string, unknown> {
  if (!schema) return {}
  // Safe: an address and a query are objects of named parts.
  return (schemaOf(schema, 'input') as { properties?: Record<string, unknown> }).properties ?? {}
}
