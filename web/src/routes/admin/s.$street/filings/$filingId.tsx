import { kinds } from '@app/shared/filings/words'
import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { FilingPaper } from '../../../../features/filings/desk/filing-paper'
import { filingQueries } from '../../../../features/filings/queries'
import { Answer } from '../../../../ui/desk/answer'
import { Page, Sheet } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/filings/$filingId')({
  component: function FilingRecordPage() {
    const { post } = Route.useRouteContext()
    const { filingId } = Route.useParams()
    const record = useQuery({
      ...filingQueries.record(post.id, filingId),
      enabled: post.capabilities.includes('filing.view'),
    })
    return (
      <Page
        title={record.data ? `${kinds[record.data.kind].label}：${record.data.unitName}` : '企业材料'}
        needs="filing.view"
        above={[{ label: '企业材料', to: `/admin/s/${post.slug}/filings` }]}
      >
        <Sheet>
          <Answer of={record}>{(one) => <FilingPaper record={one} street={post} />}</Answer>
        </Sheet>
      </Page>
    )
  },
})
