import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { Tabs } from 'antd'
import * as v from 'valibot'
import { monthOf } from '@app/shared/time'
import { StreetRecord } from '../../../../features/hazards/desk/street-record'
import { placeQueries } from '../../../../features/places/queries'
import { ExportMonth, MonthList } from '../../../../features/selfchecks/desk/month-list'
import { SelfchecksSearch } from '../../../../features/selfchecks/desk/month-search'
import { Sample } from '../../../../features/selfchecks/desk/sample'
import { SignalList } from '../../../../features/selfchecks/desk/signals'
import { Page, Sheet } from '../../../../ui/desk/page'
import { part } from '../../../../ui/desk/part'

export const Route = createFileRoute('/admin/s/$street/selfchecks/')({
  validateSearch: v.object({ ...SelfchecksSearch.entries, record: part(v.string()) }),
  component: SelfchecksPage,
})

function SelfchecksPage() {
  const { post } = Route.useRouteContext()
  const { view = 'month', month = monthOf(Date.now()), record, ...filter } = Route.useSearch()
  const navigate = Route.useNavigate()
  const may = (capability: (typeof post.capabilities)[number]) => post.capabilities.includes(capability)
  const places = useQuery({ ...placeQueries.places(post.id), enabled: may('hazard.view') })
  const open = (hazardId: string | undefined) => void navigate({ search: (now) => ({ ...now, record: hazardId }) })
  const tabs = [
    {
      key: 'month',
      label: '应自查与完成情况',
      children: (
        <MonthList
          streetId={post.id}
          slug={post.slug}
          month={month}
          filter={filter}
          places={places.data}
          onSearch={(chosen, next) => void navigate({ search: { ...next, month: chosen } })}
        />
      ),
    },
    ...(may('hazard.recheck')
      ? [{ key: 'sample', label: '抽查核验', children: <Sample streetId={post.id} onOpen={open} /> }]
      : []),
    ...(may('selfcheck.compare')
      ? [{ key: 'signals', label: '记录差别', children: <SignalList streetId={post.id} slug={post.slug} /> }]
      : []),
  ]
  return (
    <Page
      title="企业自查"
      needs="selfcheck.view"
      about="企业在手机上按同一份检查表自查。如实自报的隐患不作为扣分或处罚的依据。"
      extra={view === 'month' && <ExportMonth streetId={post.id} month={month} filter={filter} places={places.data} />}
    >
      <Sheet>
        <Tabs
          activeKey={view}
          items={tabs}
          destroyOnHidden
          onChange={(key) => void navigate({ search: key === 'sample' || key === 'signals' ? { view: key } : {} })}
        />
      </Sheet>
      <StreetRecord street={post} hazardId={record ?? null} people={undefined} onClose={() => open(undefined)} />
    </Page>
  )
}
