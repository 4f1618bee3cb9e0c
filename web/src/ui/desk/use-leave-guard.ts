import { useBlocker } from '@tanstack/react-router'
import { App } from 'antd'

/** Asks before the page is left as long as something on it would be lost. */
export function useLeaveGuard(losing: boolean, { title, content }: { title: string; content: string }): void {
  const { modal } = App.useApp()
  useBlocker({
    shouldBlockFn: () =>
      losing &&
      new Promise<boolean>((answer) => {
        void modal.confirm({
          title,
          content,
          okText: '离开',
          cancelText: '留在本页',
          okButtonProps: { danger: true },
          autoFocusButton: 'cancel',
          onOk: () => answer(false),
          onCancel: () => answer(true),
        })
      }),
    enableBeforeUnload: () => losing,
  })
}
