import { type NoticeState, noticeStates } from '@app/shared/notices/schema'
import { Tag } from 'antd'

const colors = { draft: 'warning', published: 'success', withdrawn: 'default' } as const

export function NoticeTag({ state }: { state: NoticeState }) {
  return <Tag color={colors[state]}>{noticeStates[state]}</Tag>
}
