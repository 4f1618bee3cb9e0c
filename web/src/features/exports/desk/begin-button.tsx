import { exportKeptDays, passphraseOf } from '@app/shared/exports/schema'
import { type ExportId, idFrom } from '@app/shared/ids'
import { useMutation } from '@tanstack/react-query'
import { Alert, App, Button, Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { CopyButton } from '../../../ui/desk/copy-button'
import { wordsOf } from '../../../ui/states'
import { beginExport } from '../queries'

/** 生成数据包: what will be in it, and the passphrase, shown this once and confirmed as noted before anything begins. */
export function BeginButton({ streetId, disabled }: { streetId: string; disabled: boolean }) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button type="primary" disabled={disabled} onClick={() => setAsking(true)}>
        生成数据包
      </Button>
      {asking && <BeginDialog streetId={streetId} onClose={() => setAsking(false)} />}
    </>
  )
}

function BeginDialog({ streetId, onClose }: { streetId: string; onClose: () => void }) {
  const { message } = App.useApp()
  // One id for the whole dialog, so that a second try after a lost answer makes the same package.
  const [id] = useState(() => idFrom<ExportId>('exp', Date.now(), crypto.getRandomValues(new Uint8Array(16))))
  const [passphrase] = useState(() => passphraseOf(crypto.getRandomValues(new Uint8Array(24))))
  const [noted, setNoted] = useState(false)
  const begin = useMutation({
    ...beginExport(streetId),
    onSuccess: async (...args) => {
      await beginExport(streetId).onSuccess?.(...args)
      void message.success('已开始生成，完成后可在列表中下载。')
      onClose()
    },
  })
  return (
    <Modal
      open
      title="生成全街道数据包"
      okText="开始生成"
      okButtonProps={{ disabled: !noted }}
      confirmLoading={begin.isPending}

      onOk={() => begin.mutate({ id, passphrase })}
      onCancel={onClose}
    >
      <p>
        数据包包含本街道的全部数据：社区、网格、企业、人员与岗位、隐患及其全部办理经过、照片、操作记录，以及区级对本街道隐患的认定。不含任何人的密码。
      </p>
      <p>
        姓名、责任人等个人信息用下面的口令加密。口令只显示这一次，系统不保存；没有口令，数据包中的个人信息无法恢复。
      </p>
      <p className="export-passphrase">
        <code>{passphrase}</code>
        <CopyButton text={passphrase} label="复制口令" instead="请手工抄写。" />
      </p>
      <Checkbox checked={noted} onChange={({ target }) => setNoted(target.checked)}>
        我已抄录口令，并会与数据包分开保管
      </Checkbox>
      <p className="desk-hint">数据包保留 {exportKeptDays} 天，到期自动删除。生成和下载都会记入操作记录。</p>
      {begin.error && <Alert type="error" showIcon title={wordsOf(begin.error)} />}
    </Modal>
  )
}
