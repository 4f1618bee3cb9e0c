import { Button, Descriptions, Modal } from 'antd'
import { CopyButton } from '../../../ui/desk/copy-button'

interface Handed {
  readonly title: string
  readonly username: string | null
  readonly password: string
  readonly onClose: () => void
}

/** A password as it is handed over, this once: nobody can look it up afterwards. */
export function HandedOver({ title, username, password, onClose }: Handed) {
  const words = `${username ? `用户名：${username}，` : ''}密码：${password}`
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      footer={[
        <CopyButton key="copy" text={words} instead="请手工抄写。" />,
        <Button key="done" type="primary" onClick={onClose}>
          已记下
        </Button>,
      ]}
    >
      <p>请当面告知本人。这个密码只用于首次登录，登录后系统会要求改成自己的。关闭后无法再次查看。</p>
      <Descriptions
        bordered
        size="small"
        column={1}
        items={[
          ...(username ? [{ key: 'username', label: '用户名', children: username }] : []),
          { key: 'password', label: '密码', children: <code>{password}</code> },
        ]}
      />
    </Modal>
  )
}
