import type { BasisLine } from '@app/shared/checklists/basis-line'
import { ownWords } from '@app/shared/criteria/words'
import './basis-list.css'

/** What a finding rests on: how each row is cited, what it says in our words, and what must be said beside it. */
export function BasisList({ lines }: { lines: readonly BasisLine[] }) {
  return (
    <div className="basis">
      <ul>
        {lines.map(({ citation, text, address, warnings }) => (
          <li key={citation}>
            {address ? (
              <a href={address} target="_blank" rel="noreferrer">
                {citation}
              </a>
            ) : (
              <span>{citation}</span>
            )}
            {text !== null && <span className="basis-text">{text}</span>}
            {warnings.map((warning) => (
              <span key={warning} className="desk-warn">
                {warning}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {lines.some(({ text }) => text !== null) && <p className="desk-quiet">{ownWords}</p>}
    </div>
  )
}
