import type { Measure } from '@app/shared/risks/schema'

/** Measures, each with who answers for it and how often it is looked at. */
export function Measures({ of }: { of: readonly Measure[] }) {
  return (
    <ol>
      {of.map(({ id, words, owner, days }) => (
        <li key={id}>
          {words}
          <span className="desk-quiet">
            （责任人 {owner}，每 {days} 天检查一次）
          </span>
        </li>
      ))}
    </ol>
  )
}
