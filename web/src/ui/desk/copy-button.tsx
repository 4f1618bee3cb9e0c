import { App, Button, type ButtonProps } from 'antd'

interface CopyProps extends Pick<ButtonProps, 'size' | 'type'> {
  readonly text: string
  /** What the button says. */
  readonly label?: string
  /** How else to take it along, where the browser does not copy. */
  readonly instead: string
}

/** Copies a text and says whether it worked. */
export function CopyButton({ text, label = '复制', instead, ...button }: CopyProps) {
  const { message } = App.useApp()
  return (
    <Button
      {...button}
      onClick={() =>
        // Without https there is no clipboard at all.
        void Promise.resolve(navigator.clipboard)
          .then((clipboard) => clipboard.writeText(text))
          .then(
            () => message.success('已复制。'),
            () => message.error(`没能复制，${instead}`),
          )
      }
    >
      {label}
    </Button>
  )
}
