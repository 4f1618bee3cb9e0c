import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { keyPlaces } from '@app/shared/hazards/words'
import type { Post } from '@app/shared/people/schema'
import { inspectionQueries } from '../queries'

/** So many are shown on the day's page. */
const few = 5

/** Units whose turn has come, each the way to its check; nothing where nobody is due or the post does not check. */
export function DueUnits({ post }: { post: Extract<Post, { kind: 'street' }> }) {
  const may = post.capabilities.includes('inspection.sign')
  const { data } = useQuery({ ...inspectionQueries.due(post.id), enabled: may })
  if (!data || data.items.length === 0) return null
  const count = `${data.items.length}${data.more ? '+' : ''}`
  return (
    <section aria-label="待检查">
      <div className="m-section-head">
        <h2>待检查（{count}）</h2>
      </div>
      <ul className="m-cards">
        {data.items.slice(0, few).map(({ id, name, address, keyPlace, inspectedOn }) => (
          <li key={id}>
            <Link
              to="/m/s/$street/inspect/$enterpriseId"
              params={{ street: post.slug, enterpriseId: id }}
              className="m-card"
            >
              <span className="m-card-words">
                <span className="m-card-what">{name}</span>
                <span className="m-card-where">{address}</span>
                <span className="m-card-foot">
                  {keyPlace && `${keyPlaces[keyPlace]} · `}
                  {inspectedOn ? `上次检查 ${inspectedOn}` : '从未检查'}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
