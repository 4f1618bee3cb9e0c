import type { ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { Problem } from '@app/shared/problem'
import type { AppEnv } from './context'
import { mountedAt } from './mounted-at'

const noted = new WeakSet<Error>()

export const onError: ErrorHandler<AppEnv> = (error, c) => {
  const problem = asProblem(error)
  // Only surprises are logged; a refusal is an answer, not an incident. A database's message quotes parameters, so
  // only its cause, which names columns, is kept.
  // An error passes here twice where a middleware throws it on.
  const known = noted.has(error)
  noted.add(error)
  if (problem.status >= 500 && !known) {
    const cause = error.cause instanceof Error ? error.cause.message : error.name
    console.error(JSON.stringify({ requestId: c.var.requestId, cause, stack: error.cause ? undefined : error.stack }))
  }
  if ((problem.status === 401 || problem.status === 403) && !known) {
    // Who was refused what stands here and nowhere else.
    const scope = c.get('scope' as never) as { actor?: { id: string } } | undefined
    console.info(
      JSON.stringify({
        event: 'denied',
        at: new Date(c.var.now).toISOString(),
        requestId: c.var.requestId,
        slug: problem.slug,
        method: c.req.method,
        route: mountedAt(c),
        actor: scope?.actor?.id,
      }),
    )
  }
  return respond(problem, c.var.requestId)
}

export const onNotFound: NotFoundHandler<AppEnv> = (c) => respond(new Problem('not-found'), c.var.requestId)

function asProblem(error: Error): Problem {
  if (error instanceof Problem) return error
  if (error instanceof HTTPException && error.status === 400) return new Problem('malformed')
  // Anything else may quote SQL or a stranger's data, so its message stays in the log.
  return new Problem('internal')
}

function respond(problem: Problem, requestId: string): Response {
  return new Response(JSON.stringify(problem.toDocument(`urn:request:${requestId}`)), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      ...(problem.slug === 'rate-limited' && { 'retry-after': String(problem.retryAfter ?? 60) }),
    },
  })
}
