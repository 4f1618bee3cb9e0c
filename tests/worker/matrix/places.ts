import type * as v from 'valibot'

/** Steps into a body or a query; `*` is any member of a list. */
export type Path = readonly string[]

/** A place of a schema that takes an id, free text or one of some words. */
export interface Place {
  readonly path: Path
  readonly kind: 'id' | 'text' | 'choice'
  /** The brand, for an id. */
  readonly brand?: string
  readonly choices?: readonly string[]
  /** What else has to stand in the body for this place to be there: the discriminators of its variant. */
  readonly with: readonly { readonly path: Path; readonly is: unknown }[]
}

/** Every place of a schema, found by walking it. Objects themselves are reported to `onObject`, by their path. */
export function placesOf(schema: v.GenericSchema, onObject: (path: Path) => void = () => {}): Place[] {
  return walk(schema, [], [])

  function walk(node: Node, path: Path, where: Place['with']): Place[] {
    const brand = node.pipe?.find(({ type }) => type === 'brand')?.name
    if (brand !== undefined && brand.endsWith('Id')) return [{ path, kind: 'id', brand, with: where }]
    switch (node.type) {
      case 'string':
        return brand === undefined ? [{ path, kind: 'text', with: where }] : []
      case 'picklist':
        return [{ path, kind: 'choice', choices: (node.options as unknown[]).map(String), with: where }]
      case 'literal':
        return [{ path, kind: 'choice', choices: [String(node.literal)], with: where }]
      case 'object':
      case 'strict_object':
      case 'loose_object':
      case 'object_with_rest':
        onObject(path)
        return Object.entries(node.entries ?? {}).flatMap(([name, entry]) => walk(entry, [...path, name], where))
      case 'array':
        return node.item ? walk(node.item, [...path, '*'], where) : []
      case 'tuple':
      case 'strict_tuple':
      case 'loose_tuple':
        return (node.items ?? []).flatMap((item, at) => walk(item, [...path, String(at)], where))
      case 'record':
        return node.value ? walk(node.value, [...path, '*'], where) : []
      case 'variant':
      case 'union':
        return (node.options as Node[]).flatMap((option) => {
          const literals = Object.entries(option.entries ?? {}).flatMap(([name, { type, literal }]) =>
            type === 'literal' ? [{ path: [...path, name], is: literal }] : [],
          )
          return walk(option, path, [...where, ...literals])
        })
      case 'optional':
      case 'nullable':
      case 'nullish':
      case 'exact_optional':
      case 'undefinedable':
      case 'non_optional':
      case 'non_nullable':
      case 'non_nullish':
        return node.wrapped ? walk(node.wrapped, path, where) : []
      case 'lazy':
        // Safe: a lazy schema needs no input to say what it is.
        return node.getter ? walk(node.getter(undefined), path, where) : []
      default:
        return []
    }
  }
}

/** As much of a Valibot schema as is walked. */
interface Node {
  readonly type: string
  readonly pipe?: readonly { readonly type: string; readonly name?: string }[]
  readonly entries?: Record<string, Node>
  readonly item?: Node
  readonly items?: readonly Node[]
  readonly value?: Node
  readonly wrapped?: Node
  readonly options?: readonly unknown[]
  readonly literal?: unknown
  getter?(input: unknown): Node
}

/** A copy of a body in which a place holds this value, the discriminators that it needs set beside it. */
export function put(body: object, place: Pick<Place, 'path' | 'with'>, value: unknown): object {
  const copy = structuredClone(body)
  for (const { path, is } of place.with) set(copy, path, is)
  set(copy, place.path, value)
  return copy
}

function set(into: object, [step = '', ...rest]: Path, value: unknown): void {
  const key = step === '*' ? '0' : step
  // Safe: whatever stands here is looked into by name.
  const record = into as Record<string, unknown>
  if (rest.length === 0) record[key] = value
  else {
    const inner = record[key]
    if (typeof inner !== 'object' || inner === null)
      record[key] = rest[0] === '*' || /^\d+$/.test(rest[0] ?? '') ? [] : {}
    set(record[key] as object, rest, value)
  }
}

/** What stands at a place of a body; undefined for nothing. */
export function at(body: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return body
  if (typeof body !== 'object' || body === null) return undefined
  return at((body as Record<string, unknown>)[step === '*' ? '0' : step], rest)
}

export const pointerOf = (path: Path) => path.map((step) => `/${step}`).join('')
