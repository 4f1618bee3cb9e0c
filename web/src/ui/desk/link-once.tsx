import { App, Button, Modal, Typography } from 'antd'
import { Qr } from '../qr'
import { minuteOf } from './times'

/** What is in nobody's hands but its owner's: an address of ours and the instant it is over. */
interface Link {
  readonly path: string
  readonly expiresAt: number
}

/** What the link is for, and whom it is for, in words. */
interface LinkWords {
  /** What one does on the other end of it. */
  readonly does?: string
}

/** A link as it is handed over, this once: as text, to copy, and to scan. */
export function LinkOnce({ link, does = '设置密码' }: LinkWords & { link: Link }) {
  const { message } = App.useApp()
  const address = location.origin + link.path
  return (
    <div className="desk-once">
      <p>
        请本人用手机扫码或打开链接，{does}。只能使用一次，{minuteOf(link.expiresAt)}{' '}
        失效；关闭后无法再次查看，可重新生成。
      </p>
      <Qr text={address} label={`${does}链接二维码`} />
      <div>
        <Typography.Paragraph>{address}</Typography.Paragraph>
        <Button
          onClick={() =>
            void navigator.clipboard.writeText(address).then(
              () => message.success('已复制。'),
              () => message.error('没能复制，请选中链接手工复制，或让本人扫码。'),
            )
          }
        >
          复制链接
        </Button>
      </div>
    </div>
  )
}

/** The same over the page. */
export function LinkDialog({
  title,
  link,
  does,
  onClose,
}: LinkWords & { title: string; link: Link; onClose: () => void }) {
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          已交给本人
        </Button>
      }
    >
      <LinkOnce link={link} {...(does && { does })} />
    </Modal>
  )
}
