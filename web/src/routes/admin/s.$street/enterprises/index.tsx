import { useQuery } from '@tanstack/react-query'
import { createFileRoute, useRouterState } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { EnterpriseDialog } from '../../../../features/enterprises/desk/enterprise-dialog'
import { ExportButton } from '../../../../features/enterprises/desk/export-button'
import { Register } from '../../../../features/enterprises/desk/register'
import { RegisterTabs } from '../../../../features/enterprises/desk/register-tabs'
import { queryOf, RegisterSearch } from '../../../../features/enterprises/desk/register-search'
import { enterpriseQueries } from '../../../../features/enterprises/queries'
import { RequestsButton } from '../../../../features/joining/desk/requests-button'
import { placeQueries } from '../../../../features/places/queries'
import { Page } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/enterprises/')({
  validateSearch: RegisterSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient, post }, deps }) => {
    if (!post.capabilities.includes('enterprise.view')) return
    void queryClient.prefetchQuery(enterpriseQueries.page(post.id, queryOf(deps)))
    void queryClient.prefetchQuery(placeQueries.places(post.id))
  },
  component: EnterprisesPage,
})

function EnterprisesPage() {
  const { post } = Route.useRouteContext()
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  const trail = useRouterState({ select: ({ location }) => location.state.trail }) ?? []
  const [entering, setEntering] = useState(false)
  const places = useQuery({ ...placeQueries.places(post.id), enabled: post.capabilities.includes('hazard.view') })
  const manages = post.capabilities.includes('enterprise.manage') && !post.suspended
  return (
    <Page
      title="企业一企一档"
      needs="enterprise.view"
      about="辖区内每家企业、个体工商户和重点场所一份档案。"
      extra={
        manages && (
          <>
            {post.capabilities.includes('joining.decide') && <RequestsButton streetId={post.id} slug={post.slug} />}
            <ExportButton streetId={post.id} streetName={post.name} places={places.data} />
            {post.reach.within === 'street' && (
              <Button
                onClick={() =>
                  void navigate({ to: '/admin/s/$street/enterprises/import', params: { street: post.slug } })
                }
              >
                导入
              </Button>
            )}
            <Button type="primary" onClick={() => setEntering(true)}>
              建立档案
            </Button>
          </>
        )
      }
    >
      <RegisterTabs slug={post.slug} merges={post.capabilities.includes('enterprise.merge')} />
      <Register
        streetId={post.id}
        slug={post.slug}
        search={search}
        trail={trail}
        places={places.data}
        onSearch={(next, passed = []) => void navigate({ search: next, state: { trail: passed } })}
      />
      {entering && (
        <EnterpriseDialog
          streetId={post.id}
          file={null}
          places={places.data}
          onClose={() => setEntering(false)}
          onSaved={(enterpriseId) =>
            void navigate({
              to: '/admin/s/$street/enterprises/$enterpriseId',
              params: { street: post.slug, enterpriseId },
            })
          }
        />
      )}
    </Page>
  )
}
