import { AuditFilter } from '@app/shared/audit/filter'
import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { AuditLog } from '../../../features/audit/desk/audit-log'
import { Page } from '../../../ui/desk/page'
import { part } from '../../../ui/desk/part'

const { actor, capability, subject, from, to, cursor } = AuditFilter.entries

export const Route = createFileRoute('/admin/d/$district/audit')({
  validateSearch: v.object({
    actor: part(actor),
    capability: part(capability),
    subject: part(subject),
    from: part(from),
    to: part(to),
    cursor: part(cursor),
    page: part(v.number()),
  }),
  component: function DistrictAuditPage() {
    const { post } = Route.useRouteContext()
    const navigate = Route.useNavigate()
    return (
      <Page
        title="审计日志"
        needs="audit.view"
        about="谁在何时办理了何事。只能查看，任何人不能修改或删除；保存不少于 12 个月。"
      >
        <AuditLog
          of={{ kind: 'district', id: post.id }}
          search={Route.useSearch()}
          onSearch={(search) => void navigate({ search: search as never })}
          people={[]}
        />
      </Page>
    )
  },
})
