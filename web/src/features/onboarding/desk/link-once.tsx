import type { SetPasswordLink } from '@app/shared/accounts/schema'
import { App, Button, Typography } from 'antd'
import { minuteOf } from '../../../ui/desk/times'
import { Qr } from '../../../ui/qr'

/** A set-password link as it is handed over, this once: as text, to copy, and to scan. */
export function LinkOnce({ link }: { link: SetPasswordLink }) {
  const { message } = App.useApp()
  const address = location.origin + link.path
  return (
    <>
      <p>只能使用一次，{minuteOf(link.expiresAt)} 失效；离开本页后无法再次查看。</p>
      <Typography.Paragraph style={{ overflowWrap: 'anywhere' }}>{address}</Typography.Paragraph>
      <p>
        <Button
          onClick={() =>
            void navigator.clipboard.writeText(address).then(
              () => message.success('已复制。'),
              () => message.error('没能复制，请选中上面的链接手工复制，或让本人扫码。'),
            )
          }
        >
          复制链接
        </Button>
      </p>
      <Qr text={address} label="设置密码链接二维码" />
    </>
  )
}
