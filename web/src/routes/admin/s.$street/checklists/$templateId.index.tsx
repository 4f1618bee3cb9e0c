import { useQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import * as v from 'valibot'
import { ChecklistPaper } from '../../../../features/checklists/desk/checklist-paper'
import { checklistQueries } from '../../../../features/checklists/queries'
import { Answer } from '../../../../ui/desk/answer'
import { Page, Sheet } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/checklists/$templateId/')({
  validateSearch: v.object({
    version: v.optional(v.fallback(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9999)), 1), 1),
  }),
  component: function ChecklistPage() {
    const { post } = Route.useRouteContext()
    const { templateId } = Route.useParams()
    const { version } = Route.useSearch()
    const shown = useQuery({
      ...checklistQueries.version(post.id, templateId, version),
      enabled: post.capabilities.includes('inspection.sign'),
    })
    const manages = post.capabilities.includes('checklist.manage') && !post.suspended
    return (
      <Page
        title={shown.data?.template.title ?? '检查表'}
        needs="inspection.sign"
        above={[{ label: '检查表', to: `/admin/s/${post.slug}/checklists` }]}
        extra={
          manages &&
          shown.data?.own && (
            <Link to="/admin/s/$street/checklists/$templateId/edit" params={{ street: post.slug, templateId }}>
              编辑下一版
            </Link>
          )
        }
      >
        <Sheet>
          <Answer of={shown} rows={10}>
            {(one) => <ChecklistPaper version={one} street={post} />}
          </Answer>
        </Sheet>
      </Page>
    )
  },
})
