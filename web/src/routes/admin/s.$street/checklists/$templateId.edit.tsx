import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { Editor } from '../../../../features/checklists/desk/editor'
import { checklistQueries } from '../../../../features/checklists/queries'
import { CriteriaPicker } from '../../../../features/criteria/desk/criteria-picker'
import { Answer, Nothing } from '../../../../ui/desk/answer'
import { Page, Sheet } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/checklists/$templateId/edit')({
  component: function EditChecklistPage() {
    const { me, post } = Route.useRouteContext()
    const { templateId } = Route.useParams()
    const navigate = Route.useNavigate()
    const enabled = post.capabilities.includes('checklist.manage')
    const draft = useQuery({ ...checklistQueries.draft(post.id, templateId), enabled })
    const list = useQuery({ ...checklistQueries.list(post.id), enabled })
    return (
      <Page
        title={draft.data ? `编辑：${draft.data.draft.title || '未命名检查表'}` : '编辑检查表'}
        needs="checklist.manage"
        above={[{ label: '检查表', to: `/admin/s/${post.slug}/checklists` }]}
      >
        <Answer of={draft} rows={10}>
          {(server) =>
            server.retiredOn !== null || post.suspended ? (
              <Sheet>
                <Nothing>{server.retiredOn ? `这份检查表已于 ${server.retiredOn} 停用。` : '现在不能编辑。'}</Nothing>
              </Sheet>
            ) : (
              <Editor
                key={server.id}
                streetId={post.id}
                personId={me.id}
                server={server}
                shipped={list.data?.shipped ?? []}
                renderPicker={(picking) => <CriteriaPicker streetId={post.id} {...picking} />}
                onDone={(version) => {
                  if (version === null)
                    return void navigate({ to: '/admin/s/$street/checklists', params: { street: post.slug } })
                  void navigate({
                    to: '/admin/s/$street/checklists/$templateId',
                    params: { street: post.slug, templateId },
                    search: { version },
                  })
                }}
              />
            )
          }
        </Answer>
      </Page>
    )
  },
})
