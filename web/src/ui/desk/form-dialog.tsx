import { Alert, Button, Modal } from 'antd'
import type { ReactNode } from 'react'
import { wordsOf } from '../states'

interface DialogProps {
  readonly title: string
  /** What the button that does it says. */
  readonly submit: string
  readonly danger?: boolean
  readonly pending: boolean
  /** What was refused as a whole, and stands beside no field. */
  readonly error?: unknown
  readonly width?: string
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A form over the page: Enter sends it, and what is refused stays in it. */
export function FormDialog({
  title,
  submit,
  danger = false,
  pending,
  error,
  width = '40rem',
  onSubmit,
  onClose,
  children,
}: DialogProps) {
  return (
    <Modal open title={title} footer={null} onCancel={onClose} destroyOnHidden width={width} mask={{ closable: false }}>
      <form
        className="desk-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        {children}
        {Boolean(error) && <Alert type="error" showIcon title={wordsOf(error)} />}
        <div className="desk-form-end">
          <Button onClick={onClose}>取消</Button>
          <Button type="primary" danger={danger} htmlType="submit" loading={pending}>
            {submit}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
