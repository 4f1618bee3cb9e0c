import { createFileRoute } from '@tanstack/react-router'
import { FilePage } from '../../../features/enterprises/phone/file-page'
import { UnitChecks } from '../../../features/inspections/phone/unit-checks'
import { enterpriseQueries } from '../../../features/enterprises/queries'

export const Route = createFileRoute('/m/s/$street/enterprises/$enterpriseId')({
  loader: ({ context: { queryClient, post }, params }) => {
    void queryClient.prefetchQuery(enterpriseQueries.file(post.id, params.enterpriseId))
  },
  component: function File() {
    const { post } = Route.useRouteContext()
    const { enterpriseId } = Route.useParams()
    return (
      <FilePage
        key={enterpriseId}
        post={post}
        enterpriseId={enterpriseId}
        checks={<UnitChecks post={post} enterpriseId={enterpriseId} />}
      />
    )
  },
})
