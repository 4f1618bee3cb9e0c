import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { LinkDialog } from './link-once'

/** Somebody for whom an account was made, and the link that lets them in. */
interface Made {
  readonly name: string
  readonly link: { readonly path: string; readonly expiresAt: number }
}

export interface MakingProps {
  readonly onClose: () => void
  readonly onMade: (made: Made) => void
}

/** A button whose dialog makes somebody's account; the link of it is shown once, after the dialog. */
export function LinkMaker({
  children,
  renderDialog,
}: {
  children: string
  renderDialog: (props: MakingProps) => ReactNode
}) {
  const [asking, setAsking] = useState(false)
  const [made, setMade] = useState<Made | null>(null)
  return (
    <>
      <Button type="primary" onClick={() => setAsking(true)}>
        {children}
      </Button>
      {asking &&
        renderDialog({
          onClose: () => setAsking(false),
          onMade: (one) => {
            setAsking(false)
            setMade(one)
          },
        })}
      {made && <LinkDialog title={`${made.name}的设置密码链接`} link={made.link} onClose={() => setMade(null)} />}
    </>
  )
}
