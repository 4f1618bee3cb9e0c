import { createFileRoute } from '@tanstack/react-router'
import { LedgerPage } from '../../../features/hazards/phone/ledger-page'
import { LedgerSearch, filterOf } from '../../../features/hazards/phone/ledger-search'
import { hazardQueries } from '../../../features/hazards/queries'

export const Route = createFileRoute('/m/s/$street/hazards/')({
  validateSearch: LedgerSearch,
  component: Ledger,
})

function Ledger() {
  const { post } = Route.useRouteContext()
  const search = Route.useSearch()
  return <LedgerPage post={post} search={search} list={hazardQueries.list(post.id, filterOf(search))} />
}
