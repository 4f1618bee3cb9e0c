import { useQuery } from '@tanstack/react-query'
import { createFileRoute, useRouterState } from '@tanstack/react-router'
import { RecordsList } from '../../../../features/inspections/desk/records-list'
import { recordsPage } from '../../../../features/inspections/desk/records-queries'
import { RecordsSearch } from '../../../../features/inspections/desk/records-search'
import { peopleQueries } from '../../../../features/people/queries'
import { placeQueries } from '../../../../features/places/queries'
import { NotYours } from '../../../../ui/desk/answer'
import { Page } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/inspections/')({
  validateSearch: RecordsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient, post }, deps }) => {
    if (!post.capabilities.includes('inspection.view')) return
    void queryClient.prefetchQuery(recordsPage(post.id, deps))
    void queryClient.prefetchQuery(placeQueries.places(post.id))
  },
  component: RecordsPage,
})

function RecordsPage() {
  const { post } = Route.useRouteContext()
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  const trail = useRouterState({ select: ({ location }) => location.state.trail }) ?? []
  const sees = post.capabilities.includes('inspection.view')
  const places = useQuery({ ...placeQueries.places(post.id), enabled: sees })
  const people = useQuery({
    ...peopleQueries.all(post.id),
    enabled: sees && post.capabilities.includes('people.view'),
  })
  return (
    <Page
      title="检查记录"
      needs="inspection.view"
      about="检查在手机上开展，双方签字后成为记录；记录不能改动，更正另成一版，这里只列最新一版。"
    >
      {sees ? (
        <RecordsList
          streetId={post.id}
          slug={post.slug}
          search={search}
          trail={trail}
          places={places.data}
          people={people.data?.items ?? []}
          onSearch={(next, passed = []) => void navigate({ search: next, state: { trail: passed } })}
        />
      ) : (
        <NotYours needs="inspection.view" />
      )}
    </Page>
  )
}
