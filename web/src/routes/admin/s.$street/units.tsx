import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { UnitsTable } from '../../../features/organisation/desk/units-table'
import { organisationQueries } from '../../../features/organisation/queries'
import { Answer } from '../../../ui/desk/answer'
import { Page, Sheet } from '../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/units')({
  loader: ({ context: { queryClient, post } }) => {
    if (post.capabilities.includes('people.view'))
      void queryClient.prefetchQuery(organisationQueries.units({ kind: 'street', id: post.id }))
  },
  component: function UnitsPage() {
    const { post } = Route.useRouteContext()
    const units = useQuery({
      ...organisationQueries.units({ kind: 'street', id: post.id }),
      enabled: post.capabilities.includes('people.view'),
    })
    return (
      <Page
        title="成员单位"
        needs="people.view"
        about="管行业必须管安全：每个行业领域由一个单位牵头，其他单位配合，一件事全链条有人管。"
      >
        <Sheet>
          <Answer of={units} rows={6}>
            {({ items }) => (
              <UnitsTable
                owner={{ kind: 'street', id: post.id }}
                units={items}
                manages={post.capabilities.includes('unit.manage') && !post.suspended}
              />
            )}
          </Answer>
        </Sheet>
      </Page>
    )
  },
})
