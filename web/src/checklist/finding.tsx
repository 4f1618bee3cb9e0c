import { Link } from '@tanstack/react-router'
import type { Result } from '@app/shared/checklists/words'
import { levels, states } from '@app/shared/hazards/words'
import type { RecordLine } from '@app/shared/inspections/schema'
import { Pictures } from '../photo/pictures'
import { pictureUrl } from '../photo/picture-url'
import { findingsOf } from './going'

type Line = Pick<RecordLine, 'key' | 'text' | 'result' | 'words' | 'basis' | 'photos' | 'after' | 'hazard'>

interface Props {
  readonly post: { readonly id: string; readonly slug: string; readonly name: string }
  readonly lines: readonly Line[]
  /** How results are called here. */
  readonly results: { readonly [R in Result]: string }
  /** What the pictures are marked with. */
  readonly mark: { readonly community: string; readonly person: string | null; readonly at: number }
}

/** What a record found, each with its basis, its pictures and the hazard that came of it. */
export function Findings({ post, lines, results, mark }: Props) {
  return findingsOf(lines).map(({ key, text, words, result, hazard, basis, photos, after }) => (
    <section key={key} className="m-block">
      <h2>{text}</h2>
      <p>
        {results[result]}
        {words && `：${words}`}
      </p>
      {basis.map(({ citation, warnings }) => (
        <p key={citation} className="m-hint">
          依据：{citation}
          {warnings.map((warning) => `（${warning}）`)}
        </p>
      ))}
      <Pictures
        pictures={[...photos, ...after].map((id, at) => ({
          id,
          thumb: pictureUrl(post.id, id, 'thumb'),
          full: pictureUrl(post.id, id),
          alt: `${text}照片 ${at + 1}`,
          tag: at < photos.length ? '整改前' : '整改后',
          mark: { street: post.name, ...mark },
        }))}
      />
      {hazard && (
        <Link
          to="/m/s/$street/hazards/$hazardId"
          params={{ street: post.slug, hazardId: hazard.id }}
          className="m-link"
        >
          {hazard.number} · {levels[hazard.level]} · {states[hazard.state]}
          {hazard.dueOn && ` · ${hazard.dueOn} 前整改`}
        </Link>
      )}
    </section>
  ))
}
