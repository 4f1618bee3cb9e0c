import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { DrawForm } from '../../../../features/draws/desk/draw-form'
import { placeQueries } from '../../../../features/places/queries'
import { Page } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/draws/new')({
  component: function NewDrawPage() {
    const { post } = Route.useRouteContext()
    const navigate = Route.useNavigate()
    const places = useQuery({ ...placeQueries.places(post.id), enabled: post.capabilities.includes('draw.make') })
    return (
      <Page
        title="新的抽取"
        needs="draw.make"
        above={[{ label: '双随机抽取', to: `/admin/s/${post.slug}/draws` }]}
        about="先定范围和人员库，再抽取。抽取结果不能修改。"
      >
        <DrawForm
          streetId={post.id}
          places={places.data}
          onDrawn={(drawId) =>
            void navigate({
              to: '/admin/s/$street/draws/$drawId',
              params: { street: post.slug, drawId },
              replace: true,
            })
          }
        />
      </Page>
    )
  },
})
