import * as v from 'valibot'
import { describe, it } from 'vitest'
import { routesOf } from '../../worker/http/openapi'
import { app } from './street'

interface Node {
  readonly type: string
  readonly kind: string
  readonly pipe?: readonly (Node & { requirement?: unknown })[]
  readonly wrapped?: Node
  readonly entries?: Record<string, Node>
  readonly items?: readonly Node[]
  readonly item?: Node
  readonly options?: readonly Node[]
  readonly rest?: Node
  readonly key?: Node
  readonly value?: Node
}

interface Leaf {
  readonly at: string
  readonly schema: Node
  readonly steps: readonly (Node & { requirement?: unknown })[]
}

/** Every text of a schema, with the steps it is put through, those of what it is wrapped in included. */
function leaves(schema: Node, at: string, steps: Leaf['steps'] = []): Leaf[] {
  const { pipe, wrapped, entries, items, item, options, rest, key, value } = schema
  if (pipe) {
    const [first, ...others] = pipe
    const bare = { ...(first as Node) }
    return leaves(bare, at, [...others, ...steps])
  }
  if (schema.type === 'string') return [{ at, schema, steps }]
  return [
    ...(wrapped ? leaves(wrapped, at, steps) : []),
    ...Object.entries(entries ?? {}).flatMap(([name, one]) => leaves(one, `${at}.${name}`)),
    ...(Array.isArray(items) ? items.flatMap((one: Node, i) => leaves(one, `${at}[${i}]`)) : []),
    ...[item, rest, key, value].flatMap((one) => (one ? leaves(one, `${at}[]`) : [])),
    ...(schema.type === 'picklist' ? [] : (options ?? []).flatMap((one) => leaves(one, at, steps))),
  ]
}

const all = routesOf(app).flatMap(({ method, path, declaration: { param, query, json } }) =>
  Object.entries({ param, query, json }).flatMap(([part, schema]) =>
    schema ? leaves(schema as unknown as Node, `${method} ${path} ${part}`) : [],
  ),
)

/** The most characters that a pattern lets through, or null where it sets no end. */
function longestOf(pattern: RegExp): number | null {
  const { source } = pattern
  if (!source.startsWith('^') || !source.endsWith('$')) return null
  // What is left when bounded repeats are taken away must not repeat without end.
  return /(?<!\\)[*+]|\{\d+,\}/.test(source.replaceAll(/\[[^\]]*\]/g, 'x')) ? null : source.length * 64
}

const requirementOf = (leaf: Leaf, type: string) => leaf.steps.find((step) => step.type === type)?.requirement

describe('every text that a route takes', () => {
  it('is bounded before anything else looks at it', ({ expect }) => {
    expect(all.length).toBeGreaterThan(60)
    const unbounded = all.filter((leaf) => {
      const pattern = requirementOf(leaf, 'regex') as RegExp | undefined
      const bounded =
        requirementOf(leaf, 'max_length') !== undefined ||
        (pattern && longestOf(pattern) !== null) ||
        // Days are checked by a pattern of their own, and no longer text is one.
        leaf.steps.some((step) => step.type === 'brand' && (step as { name?: string }).name === 'Day')
      return !bounded
    })
    expect(unbounded.map(({ at }) => at)).toEqual([])
  })

  it('meets no pattern that can go back over what it has read', ({ expect }) => {
    const patterns = new Set(
      all.flatMap(({ steps }) =>
        steps.flatMap(({ requirement }) => (requirement instanceof RegExp ? [requirement.source] : [])),
      ),
    )
    expect(patterns.size).toBeGreaterThan(8)
    // A repeat within a repeat goes back.
    const nested = [...patterns].filter((source) => /\((?:[^()]*[*+}])[^()]*\)[*+{]/.test(source))
    expect(nested).toEqual([])
  })

  it('is parsed at its longest and beyond, accepted or refused, without an error', ({ expect }) => {
    let tried = 0
    for (const { at, steps } of all) {
      const most = Number(requirementOf({ at, schema: { type: 'string', kind: 'schema' }, steps }, 'max_length') ?? 200)
      // What patterns trip over: one letter on and on, one that never ends, marks that join on to what is before them.
      for (const unit of ['a', 'a.', '长', 'e\u0301', '👨‍👩‍👧', ' ', '0', '-']) {
        for (const length of [most, most + 1]) {
          const long = unit.repeat(Math.ceil(length / unit.length)).slice(0, length)
          const schema = v.pipe(v.string(), ...(steps as never as [v.PipeItem<string, string, v.BaseIssue<unknown>>]))
          expect(() => v.safeParse(schema, `${long}!`, { abortPipeEarly: true }), at).not.toThrow()
          if (
            length > most &&
            requirementOf({ at, schema: { type: 'string', kind: 'schema' }, steps }, 'max_length') !== undefined
          )
            expect(v.safeParse(schema, long, { abortPipeEarly: true }).success, at).toBe(false)
          tried++
        }
      }
    }
    expect(tried).toBeGreaterThan(500)
  })
})
