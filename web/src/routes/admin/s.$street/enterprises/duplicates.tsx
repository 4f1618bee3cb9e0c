import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { GroupList } from '../../../../features/enterprises/desk/duplicate-groups'
import { RegisterTabs } from '../../../../features/enterprises/desk/register-tabs'
import { mergeQueries } from '../../../../features/enterprises/merge-queries'
import { placeQueries } from '../../../../features/places/queries'
import { Answer } from '../../../../ui/desk/answer'
import { Page, Sheet } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/enterprises/duplicates')({
  loader: ({ context: { queryClient, post } }) => {
    if (post.capabilities.includes('enterprise.merge')) void queryClient.prefetchQuery(mergeQueries.groups(post.id))
  },
  component: DuplicatesPage,
})

function DuplicatesPage() {
  const { post } = Route.useRouteContext()
  const navigate = Route.useNavigate()
  const enabled = post.capabilities.includes('enterprise.merge')
  const groups = useQuery({ ...mergeQueries.groups(post.id), enabled })
  const places = useQuery({ ...placeQueries.places(post.id), enabled })
  return (
    <Page
      title="疑似重复的档案"
      needs="enterprise.merge"
      above={[{ label: '企业一企一档', to: `/admin/s/${post.slug}/enterprises` }]}
      about="同一社区内名称相同的档案（不计空格、括号和全半角）。是否为同一家由人核对后决定。"
    >
      <RegisterTabs slug={post.slug} merges />
      <Sheet>
        <Answer of={groups} rows={6}>
          {(found) => (
            <GroupList
              streetId={post.id}
              slug={post.slug}
              found={found}
              places={places.data}
              onMerged={(enterpriseId) =>
                void navigate({
                  to: '/admin/s/$street/enterprises/$enterpriseId',
                  params: { street: post.slug, enterpriseId },
                })
              }
            />
          )}
        </Answer>
      </Sheet>
    </Page>
  )
}
