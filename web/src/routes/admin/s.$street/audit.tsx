import { AuditFilter } from '@app/shared/audit/filter'
import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { AuditLog } from '../../../features/audit/desk/audit-log'
import { peopleQueries } from '../../../features/people/queries'
import { Page } from '../../../ui/desk/page'
import { part } from '../../../ui/desk/part'

const { actor, capability, subject, from, to, cursor } = AuditFilter.entries

export const Route = createFileRoute('/admin/s/$street/audit')({
  validateSearch: v.object({
    actor: part(actor),
    capability: part(capability),
    subject: part(subject),
    from: part(from),
    to: part(to),
    cursor: part(cursor),
    page: part(v.number()),
  }),
  component: function StreetAuditPage() {
    const { post } = Route.useRouteContext()
    const navigate = Route.useNavigate()
    const people = useQuery({ ...peopleQueries.all(post.id), enabled: post.capabilities.includes('people.view') })
    return (
      <Page
        title="审计日志"
        needs="audit.view"
        about="谁在何时办理了何事。只能查看，任何人不能修改或删除；保存不少于 12 个月。"
      >
        <AuditLog
          of={{ kind: 'street', id: post.id }}
          search={Route.useSearch()}
          onSearch={(search) => void navigate({ search: search as never })}
          people={people.data?.items ?? []}
        />
      </Page>
    )
  },
})
