import { App, Button, Modal } from 'antd'
import { Qr } from '../qr'
import { CopyButton } from './copy-button'
import { minuteOf } from './times'

/** What is in nobody's hands but its owner's: an address of ours and the instant it is over. */
interface Link {
  readonly path: string
  readonly expiresAt: number
}

interface LinkProps {
  readonly link: Link
  /** What one does on the other end of it. */
  readonly does?: string
}

/** A link as it is handed over, this once: to scan, as text, and to copy. */
export function LinkOnce({ link, does = '设置密码' }: LinkProps) {
  const address = location.origin + link.path
  return (
    <div className="link-once">
      <Qr text={address} label={`${does}链接二维码`} />
      <div>
        <p>请本人用手机扫码，或把链接发给本人，打开后{does}。</p>
        <p>
          只能使用一次，<strong>{minuteOf(link.expiresAt)}</strong> 失效。
        </p>
        <p className="link-address">{address}</p>
        <CopyButton text={address} label="复制链接" instead="请选中上面的链接手工复制，或让本人扫码。" />
      </div>
    </div>
  )
}

/** The same over the page; it is not closed by a slip of the hand. */
export function LinkDialog({ title, link, does, onClose }: LinkProps & { title: string; onClose: () => void }) {
  const { modal } = App.useApp()
  return (
    <Modal
      open
      title={title}
      width="40rem"
      mask={{ closable: false }}
      onCancel={() =>
        void modal.confirm({
          title: '链接交给本人了吗？',
          content: '链接只显示这一次，关闭后无法再次查看。',
          okText: '已交给本人，关闭',
          cancelText: '返回链接',
          autoFocusButton: 'cancel',
          onOk: onClose,
        })
      }
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
