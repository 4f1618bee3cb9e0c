import { useQuery } from '@tanstack/react-query'
import { createFileRoute, useRouterState } from '@tanstack/react-router'
import { Button } from 'antd'
import * as v from 'valibot'
import { DrawsTable } from '../../../../features/draws/desk/draws-list'
import { drawQueries } from '../../../../features/draws/queries'
import { Answer } from '../../../../ui/desk/answer'
import { Page, Sheet } from '../../../../ui/desk/page'
import { Pager } from '../../../../ui/desk/pager'
import { part } from '../../../../ui/desk/part'

/** As many as the server gives at once. */
const pageSize = 20

export const Route = createFileRoute('/admin/s/$street/draws/')({
  validateSearch: v.object({
    cursor: part(v.pipe(v.string(), v.maxLength(120))),
    page: part(v.pipe(v.number(), v.integer(), v.minValue(1))),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient, post }, deps }) => {
    if (post.capabilities.includes('draw.view')) void queryClient.prefetchQuery(drawQueries.page(post.id, deps.cursor))
  },
  component: DrawsPage,
})

function DrawsPage() {
  const { post } = Route.useRouteContext()
  const { cursor, page = 1 } = Route.useSearch()
  const navigate = Route.useNavigate()
  const trail = useRouterState({ select: ({ location }) => location.state.trail }) ?? []
  const asked = useQuery({ ...drawQueries.page(post.id, cursor), enabled: post.capabilities.includes('draw.view') })
  return (
    <Page
      title="双随机抽取"
      needs="draw.view"
      about="随机抽取被检单位、随机选派检查人员；种子和名单留存，任何人都可以验算。"
      extra={
        post.capabilities.includes('draw.make') &&
        !post.suspended && (
          <Button
            type="primary"
            onClick={() => void navigate({ to: '/admin/s/$street/draws/new', params: { street: post.slug } })}
          >
            新的抽取
          </Button>
        )
      }
    >
      <Sheet>
        <Answer of={asked} rows={8}>
          {({ items, next }) => (
            <>
              <DrawsTable items={items} slug={post.slug} loading={asked.isPlaceholderData} />
              <Pager
                page={page}
                count={items.length}
                size={pageSize}
                next={next}
                trail={trail}
                go={(to) =>
                  void navigate({
                    search: { cursor: to.cursor || undefined, page: to.page > 1 ? to.page : undefined },
                    state: { trail: to.page > page ? [...trail, cursor ?? ''] : to.trail },
                  })
                }
              />
            </>
          )}
        </Answer>
      </Sheet>
    </Page>
  )
}
