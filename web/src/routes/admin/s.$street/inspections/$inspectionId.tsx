import { PrinterOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { App, Button, Segmented } from 'antd'
import { CheckPaper } from '../../../../features/inspections/desk/check-paper'
import { findingsIn, type Paper, papers } from '../../../../features/inspections/desk/findings'
import { NoticePaper } from '../../../../features/inspections/desk/notice-paper'
import { RecordView } from '../../../../features/inspections/desk/record-view'
import { RecordSearch } from '../../../../features/inspections/desk/records-search'
import { inspectionQueries } from '../../../../features/inspections/queries'
import { pictureUrl } from '../../../../photo/picture-url'
import { Answer } from '../../../../ui/desk/answer'
import { Page } from '../../../../ui/desk/page'
import { wordsOf } from '../../../../ui/states'

export const Route = createFileRoute('/admin/s/$street/inspections/$inspectionId')({
  validateSearch: RecordSearch,
  loader: ({ context: { queryClient, post }, params }) => {
    if (!post.capabilities.includes('inspection.view')) return
    void queryClient.prefetchQuery(inspectionQueries.record(post.id, params.inspectionId))
  },
  component: RecordPage,
})

function RecordPage() {
  const { post } = Route.useRouteContext()
  const { inspectionId } = Route.useParams()
  const { paper } = Route.useSearch()
  const navigate = Route.useNavigate()
  const { message } = App.useApp()
  const asked = useQuery({
    ...inspectionQueries.record(post.id, inspectionId),
    enabled: post.capabilities.includes('inspection.view'),
  })
  const record = asked.data
  const url = (photoId: string) => pictureUrl(post.id, photoId)
  const save = useMutation({
    mutationFn: async (chosen: Paper) => {
      // The library is fetched by whoever saves a paper, and by nobody else.
      const { saveWord } = await import('../../../../features/inspections/desk/word')
      if (record) await saveWord(chosen, { record, tenant: post.name, url })
    },
    onError: (error) => void message.error(wordsOf(error)),
  })
  return (
    <Page
      title={record ? `${record.unit.name}的检查记录` : '检查记录'}
      needs="inspection.view"
      above={[{ label: '检查记录', to: `/admin/s/${post.slug}/inspections` }]}
      about={paper && '打印时选择“另存为 PDF”，可以存成文件；也可以存为 Word。'}
      extra={
        record && (
          <>
            <Segmented<Paper | 'read'>
              aria-label="查看方式"
              value={paper ?? 'read'}
              options={[
                { value: 'read', label: '详情' },
                { value: 'check', label: papers.check },
                { value: 'notice', label: papers.notice, disabled: findingsIn(record).length === 0 },
              ]}
              onChange={(chosen) =>
                void navigate({ search: chosen === 'read' ? {} : { paper: chosen }, replace: true })
              }
            />
            {paper && (
              <>
                <Button loading={save.isPending} onClick={() => save.mutate(paper)}>
                  存为 Word
                </Button>
                <Button type="primary" icon={<PrinterOutlined aria-hidden />} onClick={() => print()}>
                  打印
                </Button>
              </>
            )}
            {!paper &&
              record.own &&
              !record.supersededBy &&
              !post.suspended &&
              post.capabilities.includes('inspection.correct') && (
                // Both sides sign anew, in the same form as on the phone.
                <Link to="/m/s/$street/corrections/$inspectionId" params={{ street: post.slug, inspectionId }}>
                  <Button>更正</Button>
                </Link>
              )}
          </>
        )
      }
    >
      <Answer of={asked} rows={10}>
        {(found) => {
          const of = { record: found, tenant: post.name, url }
          if (paper === 'check') return <CheckPaper {...of} />
          if (paper === 'notice' && findingsIn(found).length > 0) return <NoticePaper {...of} />
          return <RecordView {...of} slug={post.slug} />
        }}
      </Answer>
    </Page>
  )
}
