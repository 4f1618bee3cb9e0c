import { useQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { SettingsList } from '../../../features/settings/desk/settings-list'
import { settingQueries } from '../../../features/settings/queries'
import { Answer } from '../../../ui/desk/answer'
import { Page } from '../../../ui/desk/page'

export const Route = createFileRoute('/admin/s/$street/settings')({
  loader: ({ context: { queryClient, post } }) => {
    if (post.capabilities.includes('hazard.view')) void queryClient.prefetchQuery(settingQueries.all(post.id))
  },
  component: function SettingsPage() {
    const { post } = Route.useRouteContext()
    const set = useQuery({ ...settingQueries.all(post.id), enabled: post.capabilities.includes('hazard.view') })
    return (
      <Page
        title="街道设置"
        needs="hazard.view"
        about="本街道自定的期限、提醒和文书。都不是法定要求：标“待核实”的默认值请结合本地规定核实后再用。修改只影响以后，并记入审计。"
      >
        <Answer of={set} rows={8}>
          {({ items }) => (
            <SettingsList
              streetId={post.id}
              set={items}
              manages={post.capabilities.includes('settings.manage') && !post.suspended}
            />
          )}
        </Answer>
      </Page>
    )
  },
})
