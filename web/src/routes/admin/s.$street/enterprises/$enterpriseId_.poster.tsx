import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { enterpriseQueries } from '../../../../features/enterprises/queries'
import { PosterSheet } from '../../../../features/joining/desk/poster-page'
import { Answer } from '../../../../ui/desk/answer'
import { Page } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/enterprises/$enterpriseId_/poster')({
  component: function PosterOfUnit() {
    const { post } = Route.useRouteContext()
    const { enterpriseId } = Route.useParams()
    const asked = useQuery({
      ...enterpriseQueries.file(post.id, enterpriseId),
      enabled: post.capabilities.includes('joining.offer'),
    })
    const above = `/admin/s/${post.slug}/enterprises`
    return (
      <Page
        title="企业二维码"
        needs="joining.offer"
        above={[
          { label: '企业一企一档', to: above },
          ...(asked.data ? [{ label: asked.data.name, to: `${above}/${enterpriseId}` }] : []),
        ]}
      >
        <Answer of={asked} rows={8}>
          {(file) => <PosterSheet streetId={post.id} street={post.name} file={file} writable={!post.suspended} />}
        </Answer>
      </Page>
    )
  },
})
