import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { keyPlaces } from '@app/shared/hazards/words'
import type { AssignedUnit, DueList } from '@app/shared/inspections/schema'
import type { ReactNode } from 'react'
import type { Post } from '@app/shared/people/schema'
import { inspectionQueries } from '../queries'

type StreetPost = Extract<Post, { kind: 'street' }>

/** So many are shown on the day's page. */
const few = 5

/** Units whose turn has come, each the way to its check; nothing where nobody is due or the post does not check. */
export function DueUnits({ post }: { post: StreetPost }) {
  const may = post.capabilities.includes('inspection.sign')
  const { data } = useQuery({ ...inspectionQueries.due(post.id), enabled: may })
  if (!data) return null
  const { assigned } = data
  return (
    <>
      {assigned.length > 0 && <AssignedUnits post={post} assigned={assigned} />}
      {data.items.length > 0 && <Due post={post} data={data} />}
    </>
  )
}

/** Units that one was drawn for (双随机), the nearest day first. */
function AssignedUnits({ post, assigned }: { post: StreetPost; assigned: readonly AssignedUnit[] }) {
  return (
    <section aria-label="双随机待检查">
      <div className="m-section-head">
        <h2>双随机待检查（{assigned.length}）</h2>
      </div>
      <ul className="m-cards">
        {assigned.map(({ id, drawId, name, address, until, others }) => (
          <li key={`${drawId} ${id}`}>
            <UnitCard street={post.slug} id={id} name={name} address={address}>
              {until} 前完成{others.length > 0 && ` · 同查 ${others.length} 人`}
            </UnitCard>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Due({ post, data }: { post: StreetPost; data: DueList }) {
  const count = `${data.items.length}${data.more ? '+' : ''}`
  return (
    <section aria-label="待检查">
      <div className="m-section-head">
        <h2>待检查（{count}）</h2>
      </div>
      <ul className="m-cards">
        {data.items.slice(0, few).map(({ id, name, address, keyPlace, inspectedOn }) => (
          <li key={id}>
            <UnitCard street={post.slug} id={id} name={name} address={address}>
              {keyPlace && `${keyPlaces[keyPlace]} · `}
              {inspectedOn ? `上次检查 ${inspectedOn}` : '从未检查'}
            </UnitCard>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A unit to be checked, the way to its check; what is within it is said of it besides. */
function UnitCard({
  street,
  id,
  name,
  address,
  children,
}: {
  street: string
  id: string
  name: string
  address: string
  children: ReactNode
}) {
  return (
    <Link to="/m/s/$street/inspect/$enterpriseId" params={{ street, enterpriseId: id }} className="m-card">
      <span className="m-card-words">
        <span className="m-card-what">{name}</span>
        <span className="m-card-where">{address}</span>
        <span className="m-card-foot">{children}</span>
      </span>
    </Link>
  )
}
