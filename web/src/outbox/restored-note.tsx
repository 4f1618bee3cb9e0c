import type { Draft } from './drafts'

/** Says that a form came back as it was left, and offers to begin anew. */
export function RestoredNote({
  draft: { restored, clear },
  left,
  anew,
}: {
  draft: Pick<Draft<object>, 'restored' | 'clear'>
  left: string
  anew: string
}) {
  if (!restored) return null
  return (
    <div className="m-note m-note-row" role="status">
      <p>上次没有{left}还在。</p>
      <button type="button" className="m-link" onClick={clear}>
        清空{anew}
      </button>
    </div>
  )
}
