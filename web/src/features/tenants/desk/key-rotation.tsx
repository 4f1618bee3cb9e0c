import { useMutation } from '@tanstack/react-query'
import { App, Button, Progress } from 'antd'
import { Alarm } from '../../../ui/desk/alarm'
import { wordsOf } from '../../../ui/states'
import { rotateKeys } from '../queries'

interface RotationProps {
  readonly rotation: {
    readonly version: number
    readonly waiting: number
    readonly done: number
    readonly failed: number
  }
  /** Districts in all; each is sealed again by a job of its own. */
  readonly districts: number
}

/** How far the newest key has come, and the button that sets it going. */
export function KeyRotation({ rotation: { version, waiting, done, failed }, districts }: RotationProps) {
  const { message, modal } = App.useApp()
  const { mutateAsync, isPending } = useMutation({
    ...rotateKeys,
    onSuccess: async (...args) => {
      await rotateKeys.onSuccess?.(...args)
      void message.success('已开始重新加密，可以离开本页。')
    },
    onError: (error) => void message.error(wordsOf(error)),
  })
  const whole = done >= districts
  const ask = () =>
    void modal.confirm({
      title: `用第 ${version} 版密钥重新加密？`,
      content: `联系电话等个人信息将逐区用最新密钥重新加密，共 ${districts} 个区，在后台进行，不影响使用。全部完成前不要删除旧密钥。`,
      okText: '开始重新加密',
      autoFocusButton: 'cancel',
      onOk: () => mutateAsync().catch(() => undefined),
    })
  return (
    <div className="key-rotation">
      <p>
        当前使用第 {version} 版密钥。
        {whole
          ? `全部区都已用它加密${version > 1 ? '，旧密钥可以删除' : ''}。`
          : done + waiting + failed === 0
            ? '还没有用它重新加密过。更换密钥后请在这里开始，全部完成后才能删除旧密钥。'
            : `已完成 ${done} 个区，共 ${districts} 个；全部完成前不要删除旧密钥。`}
      </p>
      {done + waiting + failed > 0 && !whole && (
        <Progress
          aria-label="重新加密进度"
          percent={Math.floor((100 * done) / Math.max(1, districts))}
          status={failed > 0 ? 'exception' : 'active'}
        />
      )}
      {failed > 0 && (
        <p>
          <Alarm>{failed} 个区没有成功，请再次开始；仍不成功请查看运行日志。</Alarm>
        </p>
      )}
      {!whole && (
        <Button loading={isPending} disabled={waiting > 0} onClick={ask}>
          {waiting > 0 ? '正在重新加密…' : failed > 0 ? '重试失败的区' : '开始重新加密'}
        </Button>
      )}
    </div>
  )
}
