import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Answer } from '../../../ui/desk/answer'
import { Sheet } from '../../../ui/desk/page'
import { kinds } from '@app/shared/filings/words'
import { minuteOf } from '../../../ui/desk/times'
import { filingQueries } from '../queries'
import { OwedTags } from './filings-list'

/** 企业材料 in the file of a unit: what it owes now, and what it filed last. */
export function UnitFilings({
  streetId,
  slug,
  enterpriseId,
}: {
  streetId: string
  slug: string
  enterpriseId: string
}) {
  const owed = useQuery(filingQueries.owed(streetId, enterpriseId))
  const filed = useQuery(filingQueries.page(streetId, { enterpriseId, limit: '10' }))
  return (
    <Sheet title="企业材料">
      <Answer of={owed} rows={2}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="desk-quiet">不在营，不需要报送。</p>
          ) : (
            <OwedTags slug={slug} items={items} />
          )
        }
      </Answer>
      <Answer of={filed} rows={3}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="desk-quiet">还没有报送过材料。</p>
          ) : (
            <ol className="file-story">
              {items.map(({ id, kind, title, at }) => (
                <li key={id}>
                  <p>
                    <Link
                      className="desk-link"
                      to="/admin/s/$street/filings/$filingId"
                      params={{ street: slug, filingId: id }}
                    >
                      {kinds[kind].label}
                    </Link>{' '}
                    {title}
                  </p>
                  <p className="desk-quiet">{minuteOf(at)}</p>
                </li>
              ))}
            </ol>
          )
        }
      </Answer>
    </Sheet>
  )
}
