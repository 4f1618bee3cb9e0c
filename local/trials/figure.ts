/** What a trial found: counts by name, and whether what must hold did. */
export type Finding = { readonly held: boolean } & Readonly<Record<string, unknown>>

/** One acceptance figure, tried at full size. */
export interface Figure {
  readonly name: string
  /** What must hold. */
  readonly figure: string
  try(): Promise<Finding>
}
