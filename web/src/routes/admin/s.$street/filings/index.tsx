import { useQuery } from '@tanstack/react-query'
import { createFileRoute, useRouterState } from '@tanstack/react-router'
import { ExportButton } from '../../../../features/filings/desk/export-button'
import { FilingsList } from '../../../../features/filings/desk/filings-list'
import { boardQueryOf, FilingsSearch } from '../../../../features/filings/desk/filings-search'
import { filingQueries } from '../../../../features/filings/queries'
import { placeQueries } from '../../../../features/places/queries'
import { Page } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/filings/')({
  validateSearch: FilingsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient, post }, deps }) => {
    if (!post.capabilities.includes('filing.view')) return
    if (!deps.list) void queryClient.prefetchQuery(filingQueries.board(post.id, boardQueryOf(deps)))
    void queryClient.prefetchQuery(placeQueries.places(post.id))
  },
  component: function FilingsPage() {
    const { post } = Route.useRouteContext()
    const search = Route.useSearch()
    const navigate = Route.useNavigate()
    const trail = useRouterState({ select: ({ location }) => location.state.trail }) ?? []
    const places = useQuery({ ...placeQueries.places(post.id), enabled: post.capabilities.includes('filing.view') })
    return (
      <Page
        title="企业材料"
        needs="filing.view"
        about="企业自己报送的履职报告、责任制、承诺书、证书、作业审批、培训和演练。多久报一次在“街道设置”里定。"
        extra={<ExportButton streetId={post.id} streetName={post.name} search={search} places={places.data} />}
      >
        <FilingsList
          streetId={post.id}
          slug={post.slug}
          search={search}
          trail={trail}
          places={places.data}
          onSearch={(next, passed = []) => void navigate({ search: next, state: { trail: passed } })}
        />
      </Page>
    )
  },
})
