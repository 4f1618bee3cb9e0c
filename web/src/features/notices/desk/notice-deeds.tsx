import type { NoticeRecord } from '@app/shared/notices/schema'
import { Withdrawal } from '@app/shared/notices/schema'
import { useMutation } from '@tanstack/react-query'
import { Alert, App, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import * as v from 'valibot'
import { Field, refusedAt, refusedElse } from '../../../ui/desk/field'
import { wordsOf } from '../../../ui/states'
import { doNoticeDeed } from '../queries'
import { NoticePreview } from './notice-preview'

interface DeedProps {
  readonly districtId: string
  readonly notice: NoticeRecord
}

/** Publishes a draft after one more look at the very page that everyone will see. */
export function PublishButton({ districtId, notice }: DeedProps) {
  const { message } = App.useApp()
  const [asking, setAsking] = useState(false)
  const { mutate, isPending, error, reset } = useMutation({
    ...doNoticeDeed(districtId, notice.id),
    onSuccess: () => {
      setAsking(false)
      void message.success('通报已发布，公众可以查看。')
    },
  })
  return (
    <>
      <Button
        type="primary"
        onClick={() => {
          reset()
          setAsking(true)
        }}
      >
        发布
      </Button>
      <Modal
        open={asking}
        title="确认发布这份通报？"
        width="min(60rem, 96vw)"
        style={{ top: 24 }}
        okText="确认发布"
        confirmLoading={isPending}
        onOk={() => mutate({ deed: 'publish', json: { version: notice.version } })}
        onCancel={() => setAsking(false)}
        destroyOnHidden
      >
        <div className="notice-ask">
          <p>发布后向社会公开，文字和数字都不能再改；确有错误只能撤回，撤回原因也会公开。</p>
          <NoticePreview html={notice.html} title="将要发布的页面" />
          {error && <Alert type="error" showIcon title={wordsOf(error)} />}
        </div>
      </Modal>
    </>
  )
}

/** Takes a published notice back, with the reason that stands above it from then on. */
export function WithdrawButton({ districtId, notice }: DeedProps) {
  const { message } = App.useApp()
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState<string>()
  const { mutate, isPending, error, reset } = useMutation({
    ...doNoticeDeed(districtId, notice.id),
    onSuccess: () => {
      setAsking(false)
      void message.success('通报已撤回，公示页会显示撤回原因。')
    },
  })
  const other = refusedElse(error, ['/reason'])
  return (
    <>
      <Button
        onClick={() => {
          reset()
          setWrong(undefined)
          setAsking(true)
        }}
      >
        撤回
      </Button>
      <Modal
        open={asking}
        title="撤回通报"
        okText="确认撤回"
        confirmLoading={isPending}
        onOk={() => {
          const json = { version: notice.version, reason }
          const checked = v.safeParse(Withdrawal, json)
          setWrong(checked.success ? undefined : checked.issues[0].message)
          if (checked.success) mutate({ deed: 'withdraw', json })
        }}
        onCancel={() => setAsking(false)}
        destroyOnHidden
      >
        <div className="notice-ask">
          <p>公示地址仍可打开，页首显示“已撤回”和以下原因。撤回后不能恢复，可重新拟写。</p>
          <Field label="撤回原因" required hint="将公开显示。" error={wrong ?? refusedAt(error, '/reason')}>
            {(control) => (
              <Input.TextArea
                {...control}
                autoSize={{ minRows: 2, maxRows: 5 }}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
          {Boolean(other) && <Alert type="error" showIcon title={wordsOf(other)} />}
        </div>
      </Modal>
    </>
  )
}
