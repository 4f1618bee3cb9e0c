import { DownOutlined, PrinterOutlined, UpOutlined } from '@ant-design/icons'
import type { HazardRecord } from '@app/shared/hazards/schema'
import { Button, Drawer } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { Answer } from '../../../ui/desk/answer'
import { type Rows, useNeighbours } from './neighbours'
import { LevelTag, StateTag } from './tags'

interface DrawerProps {
  readonly open: boolean
  readonly asked: {
    readonly data: HazardRecord | undefined
    readonly error: Error | null
    readonly refetch: () => unknown
  }
  readonly onClose: () => void
  readonly rows?: Rows | undefined
  readonly children: (record: HazardRecord) => ReactNode
}

/** The drawer in which a record is read and worked on, over the list it came from. J and K go through that list. */
export function RecordDrawer({ open, asked, onClose, rows, children }: DrawerProps) {
  const record = open ? asked.data : undefined
  const { back, on } = useNeighbours(rows)
  useEffect(() => {
    // Tells the printed page apart: the record alone, or the list.
    document.documentElement.classList.toggle('record-open', open)
    return () => document.documentElement.classList.remove('record-open')
  }, [open])
  useEffect(() => {
    if (!open) return
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const go = { j: on, k: back }[event.key.toLowerCase()]
      if (!go) return
      event.preventDefault()
      go()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [open, on, back])
  return (
    <Drawer
      open={open}
      onClose={onClose}
      size="min(60rem, 100vw)"
      destroyOnHidden
      rootClassName="record-drawer"
      closable={{ 'aria-label': '关闭' }}
      title={
        record ? (
          <span className="record-title">
            <span>{record.number}</span>
            <span className="record-tags">
              <LevelTag level={record.level} />
              <StateTag state={record.state} voidAsked={record.voidAsked} />
            </span>
          </span>
        ) : (
          '隐患详情'
        )
      }
      extra={
        <span className="record-tools">
          {rows && (
            <>
              <Button
                icon={<UpOutlined aria-hidden />}
                aria-label="上一条（K）"
                title="上一条（K）"
                disabled={!back}
                onClick={() => back?.()}
              />
              <Button
                icon={<DownOutlined aria-hidden />}
                aria-label="下一条（J）"
                title="下一条（J）"
                disabled={!on}
                onClick={() => on?.()}
              />
            </>
          )}
          <Button icon={<PrinterOutlined aria-hidden />} aria-label="打印" onClick={() => print()}>
            <span className="record-wide-only">打印</span>
          </Button>
        </span>
      }
    >
      <Answer of={asked} rows={10}>
        {children}
      </Answer>
    </Drawer>
  )
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [role="combobox"], dialog') !== null
}
