import { Link } from '@tanstack/react-router'
import type { Post } from '@app/shared/people/schema'
import { useOutbox } from '../../../outbox/outbox'
import type { Op } from '../../../outbox/rules'
import { Icon } from '../../../ui/phone/icons'
import { PhonePage } from '../../../ui/phone/page'

/** What has become of a deed that was kept on this phone, in a sentence that changes with it. */
export function SavedWords({ opId }: { opId: string }) {
  const { ready, ops, sending } = useOutbox()
  const op = ops.find(({ id }) => id === opId)
  return (
    <p role="status" className={`m-saved m-saved-${!op ? 'done' : op.state}`}>
      {!ready && '正在查看…'}
      {ready && !op && '已上传到台账。'}
      {op?.state === 'rejected' && `被退回：${op.problem ?? ''}`}
      {op?.state === 'waiting' &&
        (sending === op.id ? '已保存，正在上传…' : '已保存在手机上，待上传。有网络时自动上传。')}
    </p>
  )
}

function titleOf(held: Op | undefined, ready: boolean): string {
  if (held) return held.state === 'rejected' ? '上报被退回' : '上报已保存'
  return ready ? '上报成功' : '上报'
}

/** After filing: it is safe, where it stands, and what to do next. */
export function SavedPage({
  post,
  opId,
  hazardId,
}: {
  post: Extract<Post, { kind: 'street' }>
  opId: string
  hazardId: string
}) {
  const { ready, ops } = useOutbox()
  const held = ops.find(({ id }) => id === opId)
  const params = { street: post.slug }
  return (
    <PhonePage title={titleOf(held, ready)} street={post.name}>
      <div className="m-saved-card">
        <Icon name={held ? 'upload' : 'done'} size="2.5rem" />
        <SavedWords opId={opId} />
      </div>
      <div className="m-stack">
        {ready && !held && (
          <Link to="/m/s/$street/hazards/$hazardId" params={{ ...params, hazardId }} className="button plain m-wide">
            查看这条隐患
          </Link>
        )}
        {held && (
          <Link to="/m/s/$street/outbox" params={params} className="button plain m-wide">
            {held.state === 'rejected' ? '去处理' : '查看待上传'}
          </Link>
        )}
        <Link to="/m/s/$street/file" params={params} className="button m-wide">
          再报一条
        </Link>
        <Link to="/m/s/$street" params={params} activeOptions={{ exact: true }} className="m-center-link">
          返回首页
        </Link>
      </div>
    </PhonePage>
  )
}
