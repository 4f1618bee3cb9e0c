import { App, Button } from 'antd'

/** Where everyone reads a published notice, to open or to pass on. */
export function PublicAddress({ path }: { path: string }) {
  const { message } = App.useApp()
  const address = location.origin + path
  return (
    <p className="notice-address">
      <span>公示地址</span>
      <a href={path} target="_blank" rel="noreferrer">
        {address}
      </a>
      <Button
        size="small"
        onClick={() =>
          void navigator.clipboard.writeText(address).then(
            () => message.success('地址已复制。'),
            () => message.warning('浏览器不允许复制，请手工选中地址复制。'),
          )
        }
      >
        复制
      </Button>
    </p>
  )
}
