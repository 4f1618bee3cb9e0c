import { dayOf } from '@app/shared/time'
import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { ImportPage } from '../../../../features/enterprises/desk/import-page'
import { importQueries } from '../../../../features/enterprises/desk/import-queries'
import { placeQueries } from '../../../../features/places/queries'
import { Answer, Nothing } from '../../../../ui/desk/answer'
import { Page, Sheet } from '../../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/enterprises/import')({
  loader: ({ context: { queryClient, post } }) => {
    if (!post.capabilities.includes('enterprise.manage')) return
    void queryClient.prefetchQuery(importQueries.held(post.id))
    void queryClient.prefetchQuery(importQueries.mapping(post.id))
    void queryClient.prefetchQuery(placeQueries.places(post.id))
  },
  component: EnterprisesImportPage,
})

function EnterprisesImportPage() {
  const { post } = Route.useRouteContext()
  // A file is compared with all that a street has.
  const whole = post.reach.within === 'street'
  const enabled = whole && post.capabilities.includes('enterprise.manage')
  const held = useQuery({ ...importQueries.held(post.id), enabled })
  const mapping = useQuery({ ...importQueries.mapping(post.id), enabled })
  const places = useQuery({ ...placeQueries.places(post.id), enabled })
  return (
    <Page
      title="导入企业"
      needs="enterprise.manage"
      above={[{ label: '企业一企一档', to: `/admin/s/${post.slug}/enterprises` }]}
      about="从街道现有的 Excel 台账建档或更新。先核对、后导入；空白单元格不改动系统里已有的内容。"
    >
      <Sheet>
        {whole ? (
          <Answer of={held} rows={6}>
            {(units) => (
              <Answer of={mapping}>
                {(kept) => (
                  <Answer of={places}>
                    {(known) => (
                      <ImportPage
                        streetId={post.id}
                        streetName={post.name}
                        places={known}
                        held={units}
                        kept={kept}
                        today={dayOf(Date.now())}
                      />
                    )}
                  </Answer>
                )}
              </Answer>
            )}
          </Answer>
        ) : (
          <Nothing>批量导入由负责整个街道的岗位办理。您可以在企业列表里逐家建立档案，或导出负责范围内的企业。</Nothing>
        )}
      </Sheet>
    </Page>
  )
}
