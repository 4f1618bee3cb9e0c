import { useQuery } from '@tanstack/react-query'
import { createFileRoute, notFound } from '@tanstack/react-router'
import { OpenDistrictButton } from '../../features/tenants/desk/open-district-button'
import { ImportButton } from '../../features/tenants/desk/import-button'
import { MoveButton } from '../../features/tenants/desk/move-button'
import { TenantTable } from '../../features/tenants/desk/tenant-table'
import { KeyRotation } from '../../features/tenants/desk/key-rotation'
import { keyRotationQuery, tenantsQuery } from '../../features/tenants/queries'
import { Answer } from '../../ui/desk/answer'
import { Page, Sheet } from '../../ui/desk/page'
import { Nowhere } from '../../ui/desk/nowhere'
import { PostFrame } from './-menu'

export const Route = createFileRoute('/admin/platform')({
  beforeLoad: ({ context: { me } }) => {
    const post = me.posts.find(({ kind }) => kind === 'platform')
    if (!post) throw notFound()
    return { post }
  },
  loader: ({ context: { queryClient, post } }) => {
    void queryClient.prefetchQuery(tenantsQuery)
    if (post.capabilities.includes('key.rotate')) void queryClient.prefetchQuery(keyRotationQuery)
  },
  component: function PlatformPage() {
    const { me, post } = Route.useRouteContext()
    const tenants = useQuery(tenantsQuery)
    const manages = post.capabilities.includes('tenant.manage')
    const rotates = post.capabilities.includes('key.rotate')
    const rotation = useQuery({ ...keyRotationQuery, enabled: rotates })
    return (
      <PostFrame me={me} post={post}>
        <Page
          title="租户与运行"
          needs="tenant.view"
          about="只显示租户和后台任务的状况，不能查看任何单位的业务数据。"
          extra={
            tenants.data && (
              <>
                <MoveButton districts={tenants.data.districts} />
                <ImportButton districts={tenants.data.districts} />
                {manages && <OpenDistrictButton />}
              </>
            )
          }
        >
          <Sheet>
            <Answer of={tenants}>{({ districts }) => <TenantTable districts={districts} manages={manages} />}</Answer>
          </Sheet>
          {rotates && tenants.data && (
            <Sheet title="加密密钥">
              <Answer of={rotation}>
                {(data) => <KeyRotation rotation={data} districts={tenants.data.districts.length} />}
              </Answer>
            </Sheet>
          )}
        </Page>
      </PostFrame>
    )
  },
  notFoundComponent: Nowhere,
})
