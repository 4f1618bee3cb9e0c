import { monthWords } from '@app/shared/notices/rules'
import type { NoticeCard } from '@app/shared/notices/schema'
import { noticeStates } from '@app/shared/notices/schema'
import { useMutation } from '@tanstack/react-query'
import { Alert, App, Button, Modal, Select } from 'antd'
import { useState } from 'react'
import type { InferOutput } from 'valibot'
import { Field } from '../../../ui/desk/field'
import { wordsOf } from '../../../ui/states'
import { draftNotice } from '../queries'

interface DraftProps {
  readonly districtId: string
  /** The months that have been scored, newest first. */
  readonly periods: readonly string[]
  readonly notices: readonly InferOutput<typeof NoticeCard>[]
  readonly onDrafted: (noticeId: string) => void
}

/** Drafts the notice of a month that is chosen. */
export function DraftButton({ districtId, periods, notices, onDrafted }: DraftProps) {
  const { message } = App.useApp()
  const [asking, setAsking] = useState(false)
  const [chosen, setChosen] = useState<string>()
  const period = chosen ?? periods[0]
  const { mutate, isPending, error } = useMutation({
    ...draftNotice(districtId),
    onSuccess: async (...args) => {
      await draftNotice(districtId).onSuccess?.(...args)
      setAsking(false)
      void message.success('初稿已生成，请逐段核对后保存。')
      onDrafted(args[0].id)
    },
  })
  const same = notices.find((notice) => notice.period === period && notice.state !== 'withdrawn')
  return (
    <>
      <Button type="primary" disabled={periods.length === 0} onClick={() => setAsking(true)}>
        拟写通报
      </Button>
      <Modal
        open={asking}
        title="拟写通报"
        okText="生成初稿"
        confirmLoading={isPending}
        onOk={() => period && mutate(period)}
        onCancel={() => setAsking(false)}
        destroyOnHidden
      >
        <div className="notice-ask">
          <Field label="评分月份" hint="文字按排名自动起草，数字取自评分快照，不能修改。">
            {({ status: _, ...control }) => (
              <Select
                {...control}
                value={period ?? null}
                options={periods.map((value) => ({ value, label: monthWords(value) }))}
                onChange={setChosen}
              />
            )}
          </Field>
          {same && (
            <Alert
              type="warning"
              showIcon
              title={`${monthWords(same.period)}已有一份通报（${noticeStates[same.state]}）。继续将另起一份。`}
            />
          )}
          {error && <Alert type="error" showIcon title={wordsOf(error)} />}
        </div>
      </Modal>
    </>
  )
}
