import { StopOutlined } from '@ant-design/icons'
import { Tag } from 'antd'
import { minuteOf } from './times'

/** That a tenant is suspended, since when and why. */
export function Suspended({ at, why }: { at: number; why: string | null }) {
  return (
    <span className="desk-halted">
      <Tag color="warning" icon={<StopOutlined aria-hidden />}>
        已停用
      </Tag>
      <span className="desk-quiet">{minuteOf(at)} 起</span>
      {why && <span className="desk-quiet">原因：{why}</span>}
    </span>
  )
}
