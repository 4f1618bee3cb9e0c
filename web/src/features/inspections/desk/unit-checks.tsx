import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { EnterpriseId } from '@app/shared/ids'
import type { Post } from '@app/shared/people/schema'
import { Answer } from '../../../ui/desk/answer'
import { Sheet } from '../../../ui/desk/page'
import { inspectionQueries } from '../queries'
import { RecordsTable } from './records-list'

interface UnitProps {
  readonly post: Extract<Post, { kind: 'street' }>
  readonly enterpriseId: EnterpriseId
}

/** The newest checks of one unit, and the way to another one. */
export function UnitChecks({ post, enterpriseId }: UnitProps) {
  const sees = post.capabilities.includes('inspection.view')
  const asked = useQuery({ ...inspectionQueries.ofUnit(post.id, enterpriseId), enabled: sees })
  if (!sees) return null
  return (
    <Sheet
      title="检查记录"
      extra={
        post.capabilities.includes('inspection.sign') &&
        !post.suspended && (
          // The check itself is made for phones, and works in any browser.
          <Link to="/m/s/$street/inspect/$enterpriseId" params={{ street: post.slug, enterpriseId }}>
            <Button>开始检查</Button>
          </Link>
        )
      }
    >
      <Answer of={asked} rows={3}>
        {({ items, next }) => (
          <>
            <RecordsTable items={items} slug={post.slug} places={null} loading={false} empty="还没有检查过。" />
            {next !== null && (
              <Link
                className="desk-link"
                to="/admin/s/$street/inspections"
                params={{ street: post.slug }}
                search={{ enterpriseId }}
              >
                全部检查记录
              </Link>
            )}
          </>
        )}
      </Answer>
    </Sheet>
  )
}
