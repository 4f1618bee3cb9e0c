import { createFileRoute } from '@tanstack/react-router'
import { FilePage } from '../../../features/enterprises/phone/file-page'
import { UnitFilings } from '../../../features/filings/phone/unit-filings'
import { RiskList } from '../../../features/risks/phone/risk-list'
import { UnitChecks } from '../../../features/inspections/phone/unit-checks'
import { CodeBlock } from '../../../features/joining/phone/code-block'
import { enterpriseQueries } from '../../../features/enterprises/queries'

export const Route = createFileRoute('/m/s/$street/enterprises/$enterpriseId')({
  loader: ({ context: { queryClient, post }, params }) => {
    void queryClient.prefetchQuery(enterpriseQueries.file(post.id, params.enterpriseId))
  },
  component: function File() {
    const { post } = Route.useRouteContext()
    const { enterpriseId } = Route.useParams()
    return (
      <FilePage key={enterpriseId} post={post} enterpriseId={enterpriseId}>
        <UnitChecks post={post} enterpriseId={enterpriseId} />
        <RiskList streetId={post.id} enterpriseId={enterpriseId} />
        {post.capabilities.includes('filing.view') && <UnitFilings post={post} enterpriseId={enterpriseId} />}
        {post.capabilities.includes('joining.offer') && !post.suspended && (
          <CodeBlock streetId={post.id} enterpriseId={enterpriseId} />
        )}
      </FilePage>
    )
  },
})
