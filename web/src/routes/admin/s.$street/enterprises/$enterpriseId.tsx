import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { FileSheets } from '../../../../features/enterprises/desk/enterprise-file'
import { EnterpriseDialog } from '../../../../features/enterprises/desk/enterprise-dialog'
import { ColourButton, StandingButton } from '../../../../features/enterprises/desk/rating-dialogs'
import { enterpriseQueries } from '../../../../features/enterprises/queries'
import { UnitChecks } from '../../../../features/inspections/desk/unit-checks'
import { placeQueries } from '../../../../features/places/queries'
import { Answer } from '../../../../ui/desk/answer'
import { Page } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/enterprises/$enterpriseId')({
  loader: ({ context: { queryClient, post }, params }) => {
    if (post.capabilities.includes('enterprise.view'))
      void queryClient.prefetchQuery(enterpriseQueries.file(post.id, params.enterpriseId))
  },
  component: EnterprisePage,
})

function EnterprisePage() {
  const { post } = Route.useRouteContext()
  const { enterpriseId } = Route.useParams()
  const [editing, setEditing] = useState(false)
  const may = (capability: (typeof post.capabilities)[number]) =>
    post.capabilities.includes(capability) && !post.suspended
  const asked = useQuery({
    ...enterpriseQueries.file(post.id, enterpriseId),
    enabled: post.capabilities.includes('enterprise.view'),
  })
  const places = useQuery({ ...placeQueries.places(post.id), enabled: editing })
  const file = asked.data
  return (
    <Page
      title={file?.name ?? '企业档案'}
      needs="enterprise.view"
      above={[{ label: '企业一企一档', to: `/admin/s/${post.slug}/enterprises` }]}
      extra={
        file &&
        may('enterprise.manage') && (
          <Button type="primary" onClick={() => setEditing(true)}>
            修改档案
          </Button>
        )
      }
    >
      <Answer of={asked} rows={10}>
        {(read) => (
          <FileSheets
            streetId={post.id}
            slug={post.slug}
            file={read}
            maySee={may('contact.unmask')}
            checks={<UnitChecks post={post} enterpriseId={read.id} />}
            rate={{
              standing: may('enterprise.rate') && <StandingButton streetId={post.id} file={read} />,
              colour: may('enterprise.rate') && <ColourButton streetId={post.id} file={read} />,
            }}
          />
        )}
      </Answer>
      {editing && file && (
        <EnterpriseDialog
          streetId={post.id}
          file={file}
          places={places.data}
          onClose={() => setEditing(false)}
          onSaved={() => setEditing(false)}
        />
      )}
    </Page>
  )
}
