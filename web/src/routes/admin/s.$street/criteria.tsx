import { createFileRoute } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { CriteriaList } from '../../../features/criteria/desk/criteria-list'
import { askedOf, CriteriaSearch } from '../../../features/criteria/desk/criteria-search'
import { CriterionDialog } from '../../../features/criteria/desk/own-dialogs'
import { criteriaQueries } from '../../../features/criteria/queries'
import { Page } from '../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/criteria')({
  validateSearch: CriteriaSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient, post }, deps }) => {
    if (post.capabilities.includes('inspection.view'))
      void queryClient.prefetchQuery(criteriaQueries.page(post.id, askedOf(deps)))
  },
  component: function CriteriaPage() {
    const { post } = Route.useRouteContext()
    const search = Route.useSearch()
    const navigate = Route.useNavigate()
    const [adding, setAdding] = useState(false)
    const manages = post.capabilities.includes('checklist.manage') && !post.suspended
    return (
      <Page
        title="判定标准"
        needs="inspection.view"
        about="重大隐患判定标准和检查所依据的规定。每条注明是否核实、是否施行；旧隐患保留当时所依据的那一版。"
        extra={
          manages && (
            <Button type="primary" onClick={() => setAdding(true)}>
              增补本级标准
            </Button>
          )
        }
      >
        <CriteriaList
          streetId={post.id}
          manages={manages}
          opens={post.capabilities.includes('inspection.sign')}
          search={search}
          onSearch={(next) => void navigate({ search: next })}
        />
        {adding && <CriterionDialog streetId={post.id} of={null} onClose={() => setAdding(false)} />}
      </Page>
    )
  },
})
