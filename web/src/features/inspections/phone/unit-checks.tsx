import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { kinds } from '@app/shared/inspections/words'
import type { Post } from '@app/shared/people/schema'
import { momentOf } from '../../../ui/phone/when'
import { inspectionQueries } from '../queries'

/** The newest checks of a unit, and the way to another one, whether or not its turn has come. */
export function UnitChecks({ post, enterpriseId }: { post: Extract<Post, { kind: 'street' }>; enterpriseId: string }) {
  const { data } = useQuery({
    ...inspectionQueries.ofUnit(post.id, enterpriseId),
    enabled: post.capabilities.includes('inspection.view'),
  })
  return (
    <section className="m-block" aria-label="检查">
      <h2>检查记录</h2>
      {data?.items.length === 0 && <p className="m-hint">还没有检查过。</p>}
      {data?.items.map(({ id, kind, observedAt, findings, ending }) => (
        <Link
          key={id}
          to="/m/s/$street/inspections/$inspectionId"
          params={{ street: post.slug, inspectionId: id }}
          className="m-link"
        >
          {momentOf(observedAt)} {kinds[kind]}，{findings > 0 ? `问题 ${findings} 项` : '未发现问题'}
          {ending === 'refused' && '，单位拒签'}
        </Link>
      ))}
      {post.capabilities.includes('inspection.sign') && !post.suspended && (
        <Link
          to="/m/s/$street/inspect/$enterpriseId"
          params={{ street: post.slug, enterpriseId }}
          className="button plain m-wide"
        >
          开始检查
        </Link>
      )}
    </section>
  )
}
