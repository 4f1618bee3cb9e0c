import { noticeRefusal } from '@app/shared/notices/rules'
import type { NoticeRecord } from '@app/shared/notices/schema'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { Sheet } from '../../../ui/desk/page'
import { usePlace } from '../../../ui/desk/place'
import { minuteOf } from '../../../ui/desk/times'
import { NoticeEditor } from './notice-editor'
import { NoticePreview } from './notice-preview'
import { PublicAddress } from './public-address'
import { NoticeTag } from './state-tag'
import './notices.css'

interface NoticeProps {
  readonly districtId: string
  readonly slug: string
  /** Who is signed in. */
  readonly me: string
  readonly notice: NoticeRecord
}

/** A notice: its words to edit while it is a draft, and the page as everyone will see it. */
export function NoticeView({ districtId, slug, me, notice }: NoticeProps) {
  const { capabilities } = usePlace()
  const wrote = notice.editors.some(({ id }) => id === me)
  // Somebody who may still publish it gives that up with the first edit, and so asks for the form first.
  const [editing, setEditing] = useState(wrote)
  const mayEdit = notice.next.includes('edit')
  const refused =
    notice.state === 'draft' && capabilities.includes('notice.publish')
      ? noticeRefusal({ state: notice.state, editors: notice.editors.map(({ id }) => id) }, 'publish', me as never)
      : null
  const form = mayEdit && editing
  return (
    <>
      <div className="notice-facts">
        <NoticeTag state={notice.state} />
        <span>拟写、修改：{notice.editors.map(({ name }) => name ?? '已离岗人员').join('、')}</span>
        <span>最近修改 {minuteOf(notice.editedAt)}</span>
        {notice.publishedAt !== null && (
          <span>
            {notice.publisher ?? '已离岗人员'} 于 {minuteOf(notice.publishedAt)} 发布，编号 {notice.number}
          </span>
        )}
      </div>
      {notice.number !== null && <PublicAddress path={`/p/${slug}/${notice.number}`} />}
      {notice.withdrawalReason !== null && (
        <Alert type="warning" showIcon title={`已撤回。原因：${notice.withdrawalReason}`} />
      )}
      {refused && <Alert type="info" showIcon title={refused} />}
      {mayEdit && !editing && (
        <Alert
          type="info"
          showIcon
          title="请核对预览。您没有改过这份通报，可以由您发布；如果修改并保存，就须由另一名管理员发布。"
          action={<Button onClick={() => setEditing(true)}>修改文字</Button>}
        />
      )}
      <div className={form ? 'notice-columns' : undefined}>
        {form && (
          <Sheet title="文字" extra={<span className="desk-quiet">数字来自评分快照，不能修改</span>}>
            <NoticeEditor districtId={districtId} notice={notice} />
          </Sheet>
        )}
        <Sheet
          title={notice.state === 'draft' ? '预览' : '公示页面'}
          extra={form && <span className="desk-quiet">保存后更新</span>}
        >
          <NoticePreview html={notice.html} title={notice.state === 'draft' ? '通报预览' : '已公示的页面'} />
        </Sheet>
      </div>
    </>
  )
}
