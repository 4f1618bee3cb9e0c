import type { MiddlewareHandler } from 'hono'
import { createMiddleware } from 'hono/factory'
import * as v from 'valibot'
import type { Capability } from '@app/shared/capabilities'
import { type FieldError, Problem } from '@app/shared/problem'

// oxlint-disable-next-line typescript/no-explicit-any -- any schema at all; each keeps its own types where it is declared
type Schema = v.GenericSchema<any, any>

/** All that is declared of a route. The OpenAPI document, the gate walk and the tests of budgets read it from here. */
export interface Declaration {
  readonly summary: string
  /** What it takes; `signed-in` for anyone with a session, `public` for everyone. */
  readonly needs: Capability | 'signed-in' | 'public'
  readonly param?: Schema
  readonly query?: Schema
  readonly json?: Schema
  /** The body is a file of one of these types instead of JSON. */
  readonly file?: readonly string[]
  /** The answer on success, and its schema where it has a body. */
  readonly answer: { readonly status: 200 | 201 | 204; readonly body?: Schema; readonly type?: string }
  /** It counts over more rows than it returns, and has a budget of its own. */
  readonly report?: true
  /** It asks for the password or the second factor again, unless that was given lately. */
  readonly again?: true
}

type Part = 'param' | 'query' | 'json'
type In<D> = { [K in Part & keyof D]: D[K] extends Schema ? v.InferInput<D[K]> : never }
type Out<D> = { [K in Part & keyof D]: D[K] extends Schema ? v.InferOutput<D[K]> : never }

const declared = Symbol('declaration')

/** A JSON body may be this long; nothing a person types comes near. */
export const mostJson = 128 * 1024

/**
 * Declares a route where it is mounted: asks for its capability, then parses each part of the request, or throws
 * `invalid-input` naming each refused field. Who has no session, or no post here, never gets this far.
 */
export function route<const D extends Declaration>(declaration: D) {
  const middleware = createMiddleware(async (c, next) => {
    const { needs, param, query, json, again } = declaration
    if (needs !== 'public' && needs !== 'signed-in') c.get('scope').require(needs)
    if (!['GET', 'HEAD'].includes(c.req.method)) c.get('scope')?.requireUnsuspended()
    if (again && !c.get('fresh')) throw new Problem('verify-again')
    // Two parts at most are worth naming in an error: what the address names, and what the body says.
    if (param) c.req.addValidatedData('param', parsed(param, c.req.param(), 'not-found'))
    if (query) c.req.addValidatedData('query', parsed(query, c.req.query()))
    if (json)
      c.req.addValidatedData(
        'json',
        parsed(json, await jsonOf(c.req.header('content-type'), await c.req.arrayBuffer())),
      )
    await next()
  })
  Object.assign(middleware, { [declared]: declaration })
  // Safe: restates what the parser above does, so that `hc` sees the schemas' input and output apart.
  // oxlint-disable-next-line typescript/no-explicit-any -- it runs in whichever environment it is mounted in
  return middleware as MiddlewareHandler<any, string, { in: In<D>; out: Out<D> }>
}

/** What `route` declared of this handler, if it is one of its. */
export function declarationOf(handler: unknown): Declaration | undefined {
  return (handler as { [declared]?: Declaration })[declared]
}

async function jsonOf(type: string | undefined, body: ArrayBuffer): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(type ?? '')) throw new Problem('malformed', '请求内容不是 JSON。')
  if (body.byteLength > mostJson) throw new Problem('too-large')
  try {
    // Bytes that are no UTF-8 are refused rather than replaced.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(body))
  } catch {
    throw new Problem('malformed', '请求内容不是 JSON。')
  }
}

function parsed(schema: Schema, value: unknown, otherwise: 'invalid-input' | 'not-found' = 'invalid-input'): object {
  const result = v.safeParse(schema, value, { abortPipeEarly: true })
  if (result.success) return result.output
  // An address that cannot be anyone's answers as one that is nobody's.
  if (otherwise === 'not-found') throw new Problem('not-found')
  throw new Problem('invalid-input', undefined, result.issues.map(fieldError))
}

function fieldError(issue: v.BaseIssue<unknown>): FieldError {
  const pointer = (issue.path ?? []).map((step) => `/${String(step.key).replaceAll('~', '~0').replaceAll('/', '~1')}`)
  return { pointer: pointer.join(''), detail: inChinese(issue) }
}

/** Valibot's own messages are English; ours are not, and are kept. */
function inChinese({ message, type, expected }: v.BaseIssue<unknown>): string {
  if (/[\u4e00-\u9fff]/.test(message)) return message
  if (type === 'strict_object' && expected === 'never') return '不接受此项'
  if (type === 'object' || type === 'strict_object') return '缺少此项'
  return '填写不正确'
}
