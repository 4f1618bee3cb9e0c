import type { SetPasswordLink } from '@app/shared/accounts/schema'
import { useNavigate } from '@tanstack/react-router'
import { Alert, Button } from 'antd'
import { LinkOnce } from '../../../ui/desk/link-once'
import { useLeaveGuard } from '../../../ui/desk/use-leave-guard'

interface OpenedProps {
  readonly name: string
  readonly admin: string
  readonly link: SetPasswordLink
  readonly district: string
}

/** A street that was just opened: its first administrator's link, and what comes next. */
export function StreetOpened({ name, admin, link, district }: OpenedProps) {
  const navigate = useNavigate()
  useLeaveGuard(true, {
    title: `链接交给${admin.trim()}了吗？`,
    content: '链接只显示这一次，离开后无法再次查看。',
  })
  return (
    <div className="onboarding">
      <Alert type="success" showIcon title={`“${name.trim()}”已开通。`} />
      <h2>请把这条链接交给{admin.trim()}</h2>
      <LinkOnce link={link} />
      <h2>接下来由{admin.trim()}</h2>
      <ol className="onboarding-next">
        <li>打开链接，设置自己的密码，即可登录。</li>
        <li>在“人员与岗位”开通街道、社区和网格人员的账号，人多时用“批量导入”。</li>
        <li>在“双包责任”为每个社区安排包保领导、每个网格安排包保干部，直到没有缺口。</li>
      </ol>
      <div className="desk-form-end">
        <Button
          type="primary"
          onClick={() => void navigate({ to: '/admin/d/$district/streets', params: { district }, ignoreBlocker: true })}
        >
          链接已交给本人，回到街道列表
        </Button>
      </div>
    </div>
  )
}
