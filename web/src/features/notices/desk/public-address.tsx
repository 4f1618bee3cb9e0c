import { CopyButton } from '../../../ui/desk/copy-button'

/** Where everyone reads a published notice, to open or to pass on. */
export function PublicAddress({ path }: { path: string }) {
  const address = location.origin + path
  return (
    <p className="notice-address">
      <span>公示地址</span>
      <a href={path} target="_blank" rel="noreferrer">
        {address}
      </a>
      <CopyButton size="small" text={address} instead="请手工选中地址复制。" />
    </p>
  )
}
