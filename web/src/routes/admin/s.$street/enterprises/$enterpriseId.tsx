import { useQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { FileSheets } from '../../../../features/enterprises/desk/enterprise-file'
import { EnterpriseDialog } from '../../../../features/enterprises/desk/enterprise-dialog'
import { MergeSheet } from '../../../../features/enterprises/desk/merge-sheet'
import { ColourButton, StandingButton } from '../../../../features/enterprises/desk/rating-dialogs'
import { enterpriseQueries } from '../../../../features/enterprises/queries'
import { CodeButton } from '../../../../features/joining/desk/code-button'
import { UnitFilings } from '../../../../features/filings/desk/unit-sheet'
import { RiskList } from '../../../../features/risks/desk/risk-list'
import { UnitChecks } from '../../../../features/inspections/desk/unit-checks'
import { placeQueries } from '../../../../features/places/queries'
import { UnitDifferences } from '../../../../features/selfchecks/desk/signals'
import { UnitSelfchecks } from '../../../../features/selfchecks/desk/unit-selfchecks'
import { Answer } from '../../../../ui/desk/answer'
import { Page, Sheet } from '../../../../ui/desk/page'

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
  const navigate = Route.useNavigate()
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
        file.mergedInto === null && (
          <>
            {may('joining.offer') && (
              <>
                <Button onClick={() => void navigate({ to: 'poster', from: Route.fullPath })}>二维码</Button>
                <CodeButton
                  streetId={post.id}
                  enterpriseId={file.id}
                  hasPrincipal={file.people.some(({ role }) => role === 'enterprise-principal')}
                />
              </>
            )}
            {may('enterprise.manage') && (
              <Button type="primary" onClick={() => setEditing(true)}>
                修改档案
              </Button>
            )}
          </>
        )
      }
    >
      <Answer of={asked} rows={10}>
        {(read) => (
          <>
            {read.mergedInto && (
              <Alert
                type="warning"
                showIcon
                title={
                  <>
                    本档案已并入{' '}
                    <Link
                      to="/admin/s/$street/enterprises/$enterpriseId"
                      params={{ street: post.slug, enterpriseId: read.mergedInto.id }}
                    >
                      {read.mergedInto.name}
                    </Link>
                    ，不再单独修改。
                  </>
                }
              />
            )}
            {may('enterprise.merge') && (
              <MergeSheet
                streetId={post.id}
                slug={post.slug}
                file={read}
                onMerged={(kept) =>
                  void navigate({
                    to: '/admin/s/$street/enterprises/$enterpriseId',
                    params: { street: post.slug, enterpriseId: kept },
                  })
                }
              />
            )}
            <FileSheets
              streetId={post.id}
              slug={post.slug}
              file={read}
              maySee={may('contact.unmask')}
              checks={<UnitChecks post={post} enterpriseId={read.id} />}
              rate={{
                standing: may('enterprise.rate') && read.mergedInto === null && (
                  <StandingButton streetId={post.id} file={read} />
                ),
                colour: may('enterprise.rate') && read.mergedInto === null && (
                  <ColourButton streetId={post.id} file={read} />
                ),
              }}
            />
            <RiskList
              streetId={post.id}
              streetName={post.name}
              unit={read}
              may={may('risk.manage') && read.mergedInto === null}
            />
            {post.capabilities.includes('filing.view') && (
              <UnitFilings streetId={post.id} slug={post.slug} enterpriseId={enterpriseId} />
            )}
          </>
        )}
      </Answer>
      {file && post.capabilities.includes('selfcheck.view') && (
        <Sheet title="自查">
          <UnitSelfchecks streetId={post.id} slug={post.slug} enterpriseId={file.id} />
        </Sheet>
      )}
      {file && post.capabilities.includes('selfcheck.compare') && (
        <Sheet title="自查与检查的记录差别">
          <UnitDifferences streetId={post.id} slug={post.slug} enterpriseId={file.id} />
        </Sheet>
      )}
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
