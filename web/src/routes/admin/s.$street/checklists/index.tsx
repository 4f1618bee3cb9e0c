import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { BeginDialog, ChecklistsLists, type Origin } from '../../../../features/checklists/desk/checklists-lists'
import { checklistQueries } from '../../../../features/checklists/queries'
import { Answer } from '../../../../ui/desk/answer'
import { Page } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/checklists/')({
  loader: ({ context: { queryClient, post } }) => {
    if (post.capabilities.includes('inspection.sign')) void queryClient.prefetchQuery(checklistQueries.list(post.id))
  },
  component: function ChecklistsPage() {
    const { post } = Route.useRouteContext()
    const navigate = Route.useNavigate()
    const list = useQuery({
      ...checklistQueries.list(post.id),
      enabled: post.capabilities.includes('inspection.sign'),
    })
    const [origin, setOrigin] = useState<Origin | null>(null)
    const manages = post.capabilities.includes('checklist.manage') && !post.suspended
    return (
      <Page
        title="检查表"
        needs="inspection.sign"
        about="手机上检查时逐项过的表。自带的可以直接用，也可以复制来改；改好发布后，从新开始的检查起使用。"
        extra={
          manages && (
            <Button type="primary" onClick={() => setOrigin({ title: '', copyOf: null })}>
              新建检查表
            </Button>
          )
        }
      >
        <Answer of={list} rows={8}>
          {(page) => <ChecklistsLists page={page} slug={post.slug} manages={manages} onBegin={setOrigin} />}
        </Answer>
        {origin && (
          <BeginDialog
            streetId={post.id}
            origin={origin}
            onClose={() => setOrigin(null)}
            onBegun={(templateId) =>
              void navigate({
                to: '/admin/s/$street/checklists/$templateId/edit',
                params: { street: post.slug, templateId },
              })
            }
          />
        )}
      </Page>
    )
  },
})
