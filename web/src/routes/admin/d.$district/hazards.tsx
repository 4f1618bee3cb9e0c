import type { StreetId } from '@app/shared/ids'
import { useQuery } from '@tanstack/react-query'
import { createFileRoute, useRouterState } from '@tanstack/react-router'
import { Segmented, Select } from 'antd'
import { DistrictRecord } from '../../../features/hazards/desk/district-record'
import { DistrictTable } from '../../../features/hazards/desk/district-table'
import {
  DistrictSearch,
  districtPage,
  pageSize,
  type Show,
  shows,
} from '../../../features/overviews/desk/district-search'
import { overviewQueries } from '../../../features/overviews/queries'
import { Answer } from '../../../ui/desk/answer'
import { Page, Sheet } from '../../../ui/desk/page'
import { Pager } from '../../../ui/desk/pager'

const abouts: Record<Show, string> = {
  suspected: '街道上报的疑似重大隐患，由区级认定为重大或一般；认定前街道不能销号。打开即留痕，街道可见。',
  major: '已认定的重大隐患，含已销号的。打开即留痕，街道可见。',
  overdue: '已过整改期限仍未销号的隐患，期限最早的在前。打开即留痕，街道可见。',
  open: '全部未销号隐患。打开即留痕，街道可见。',
}
const empties: Record<Show, string> = {
  suspected: '没有等待认定的疑似重大隐患。',
  major: '没有重大隐患。',
  overdue: '没有逾期的隐患。',
  open: '没有未销号的隐患。',
}

export const Route = createFileRoute('/admin/d/$district/hazards')({
  validateSearch: DistrictSearch,
  loaderDeps: ({ search: { show, streetId, cursor } }) => ({ show, streetId, cursor }),
  loader: ({ context: { queryClient, post }, deps }) => {
    if (!post.capabilities.includes('hazard.view')) return
    void queryClient.prefetchQuery(districtPage(post.id, deps))
    void queryClient.prefetchQuery(overviewQueries.streets(post.id))
  },
  component: DistrictHazardsPage,
})

function DistrictHazardsPage() {
  const { post } = Route.useRouteContext()
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  const trail = useRouterState({ select: ({ location }) => location.state.trail }) ?? []
  const asked = useQuery(districtPage(post.id, search))
  const overview = useQuery(overviewQueries.streets(post.id))
  const { show = 'suspected', streetId, of, record } = search
  const streetNames = new Map(overview.data?.streets.map((street) => [street.streetId, street.name]))
  const begin = (change: DistrictSearch) => void navigate({ search: { show, streetId, ...change } })
  const open = (key: string | undefined) => {
    const [streetOf, id] = key?.split(' ') ?? []
    void navigate({
      search: (now) => ({ ...now, of: streetOf as StreetId | undefined, record: id }),
      state: { trail },
      replace: record !== undefined,
    })
  }
  return (
    <Page title={show === 'suspected' ? '疑似重大认定' : `${shows[show]}隐患`} needs="hazard.view" about={abouts[show]}>
      <Sheet>
        <div className="desk-tools">
          <Segmented<Show>
            aria-label="范围"
            value={show}
            options={(Object.keys(shows) as Show[]).map((value) => ({ value, label: shows[value] }))}
            onChange={(value) => begin({ show: value })}
          />
          <Select<string | null>
            aria-label="街道"
            allowClear
            placeholder="全部街道"
            style={{ width: 220 }}
            value={streetId ?? null}
            options={overview.data?.streets.map((street) => ({ value: street.streetId, label: street.name })) ?? []}
            onChange={(value) => begin({ streetId: (value ?? undefined) as StreetId | undefined })}
          />
        </div>
        <Answer of={asked} rows={10}>
          {({ items, next }) => {
            const keys = items.map((card) => `${card.streetId} ${card.id}`)
            return (
              <>
                <DistrictTable
                  cards={items}
                  streetNames={streetNames}
                  current={record}
                  onOpen={(card) => open(`${card.streetId} ${card.id}`)}
                  busy={asked.isPlaceholderData}
                  empty={next === null ? empties[show] : '这一段里没有，后面还有，请继续查找。'}
                />
                <Pager
                  page={search.page ?? 1}
                  count={items.length}
                  size={pageSize}
                  next={next}
                  trail={trail}
                  go={(to) =>
                    void navigate({
                      search: {
                        show,
                        streetId,
                        cursor: to.cursor || undefined,
                        page: to.page > 1 ? to.page : undefined,
                      },
                      state: { trail: to.page > (search.page ?? 1) ? [...trail, search.cursor ?? ''] : to.trail },
                    })
                  }
                />
                <DistrictRecord
                  districtId={post.id}
                  opened={of && record ? { streetId: of, hazardId: record } : null}
                  streetName={(of && streetNames.get(of)) ?? null}
                  onClose={() => open(undefined)}
                  rows={{ ids: keys, current: of && record && `${of} ${record}`, open }}
                />
              </>
            )
          }}
        </Answer>
      </Sheet>
    </Page>
  )
}
