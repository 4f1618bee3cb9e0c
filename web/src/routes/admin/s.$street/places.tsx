import { dayOf } from '@app/shared/time'
import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import * as v from 'valibot'
import { organisationQueries } from '../../../features/organisation/queries'
import { PlaceTree } from '../../../features/places/desk/place-tree'
import { treeQueries } from '../../../features/places/desk/tree-queries'
import { Answer } from '../../../ui/desk/answer'
import { Page, Sheet } from '../../../ui/desk/page'
import { part } from '../../../ui/desk/part'

export const Route = createFileRoute('/admin/s/$street/places')({
  validateSearch: v.object({ name: part(v.pipe(v.string(), v.maxLength(30))), past: part(v.boolean()) }),
  loader: ({ context: { queryClient, post } }) => {
    if (!post.capabilities.includes('people.view')) return
    void queryClient.prefetchQuery(treeQueries.tree(post.id))
    void queryClient.prefetchQuery(organisationQueries.charges(post.id))
  },
  component: PlacesPage,
})

function PlacesPage() {
  const { post } = Route.useRouteContext()
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  const enabled = post.capabilities.includes('people.view')
  const tree = useQuery({ ...treeQueries.tree(post.id), enabled })
  const charges = useQuery({ ...organisationQueries.charges(post.id), enabled })
  const manages = post.capabilities.includes('place.manage') && !post.suspended
  return (
    <Page
      title="组织与网格"
      needs="people.view"
      about={`社区与网格，点名称看沿革。${manages ? '把网格拖到另一社区，或在“操作”里选择，都可以移动；' : ''}变动从当天起生效，历史留在原名下。`}
    >
      <Sheet>
        <Answer of={tree} rows={10}>
          {(places) => (
            <Answer of={charges} rows={10}>
              {({ items }) => (
                <PlaceTree
                  streetId={post.id}
                  tree={places}
                  charges={items}
                  today={dayOf(Date.now())}
                  search={search}
                  onSearch={(next) => void navigate({ search: next })}
                  manages={manages}
                />
              )}
            </Answer>
          )}
        </Answer>
      </Sheet>
    </Page>
  )
}
