import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { Button } from 'antd'
import { DrawSheets } from '../../../../features/draws/desk/draw-record'
import { drawQueries } from '../../../../features/draws/queries'
import { placeQueries } from '../../../../features/places/queries'
import { Answer } from '../../../../ui/desk/answer'
import { Page } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/draws/$drawId')({
  loader: ({ context: { queryClient, post }, params }) => {
    if (post.capabilities.includes('draw.view'))
      void queryClient.prefetchQuery(drawQueries.record(post.id, params.drawId))
  },
  component: function DrawPage() {
    const { post } = Route.useRouteContext()
    const { drawId } = Route.useParams()
    const sees = post.capabilities.includes('draw.view')
    const record = useQuery({ ...drawQueries.record(post.id, drawId), enabled: sees })
    const places = useQuery({ ...placeQueries.places(post.id), enabled: sees })
    return (
      <Page
        title={record.data?.purpose ?? '抽取结果'}
        needs="draw.view"
        above={[{ label: '双随机抽取', to: `/admin/s/${post.slug}/draws` }]}
        extra={record.data && <Button onClick={() => print()}>打印</Button>}
      >
        <Answer of={record} rows={10}>
          {(one) => <DrawSheets record={one} street={post} places={places.data} />}
        </Answer>
      </Page>
    )
  },
})
