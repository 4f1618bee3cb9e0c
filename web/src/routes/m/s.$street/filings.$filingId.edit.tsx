import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { FormPage } from '../../../features/filings/phone/form-page'
import { filingQueries } from '../../../features/filings/queries'
import { PhonePage, Trouble, Waiting } from '../../../ui/phone/page'

export const Route = createFileRoute('/m/s/$street/filings/$filingId/edit')({
  component: function EditFiling() {
    const { me, post } = Route.useRouteContext()
    const { filingId } = Route.useParams()
    const own = useQuery(filingQueries.own(post.id))
    const { data, error, refetch } = useQuery(filingQueries.record(post.id, filingId))
    if (!data)
      return (
        <PhonePage title="企业材料" street={post.name}>
          {error ? <Trouble error={error} retry={() => void refetch()} /> : <Waiting />}
        </PhonePage>
      )
    return <FormPage key={filingId} me={me} post={post} own={own} kind={data.kind} period={undefined} from={data} />
  },
})
