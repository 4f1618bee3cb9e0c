import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { UnitsTable } from '../../../features/organisation/desk/units-table'
import { organisationQueries } from '../../../features/organisation/queries'
import { Answer } from '../../../ui/desk/answer'
import { Page, Sheet } from '../../../ui/desk/page'

export const Route = createFileRoute('/admin/d/$district/units')({
  loader: ({ context: { queryClient, post } }) => {
    if (post.capabilities.includes('people.view'))
      void queryClient.prefetchQuery(organisationQueries.units({ kind: 'district', id: post.id }))
  },
  component: function UnitsOfDistrict() {
    const { post } = Route.useRouteContext()
    const units = useQuery({
      ...organisationQueries.units({ kind: 'district', id: post.id }),
      enabled: post.capabilities.includes('people.view'),
    })
    return (
      <Page
        title="成员单位"
        needs="people.view"
        about="管行业必须管安全：成员单位的人员只看得到本单位牵头和配合的行业领域。改动立即生效。"
      >
        <Sheet>
          <Answer of={units} rows={6}>
            {({ items }) => (
              <UnitsTable
                owner={{ kind: 'district', id: post.id }}
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
