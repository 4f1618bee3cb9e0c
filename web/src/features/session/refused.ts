import { Problem } from '@app/shared/problem'
import { wordsOf } from '../../ui/states'

/** What the server refused about one field, by its JSON Pointer. */
export function refusedAt(error: unknown, pointer: string): string | undefined {
  return error instanceof Problem ? error.errors?.find((one) => one.pointer === pointer)?.detail : undefined
}

/** What it refused besides these fields, in words. */
export function refusedElse(error: unknown, pointers: readonly string[]): string | undefined {
  return error && !pointers.some((pointer) => refusedAt(error, pointer)) ? wordsOf(error) : undefined
}
