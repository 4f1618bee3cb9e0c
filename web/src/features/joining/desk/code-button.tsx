import { roles } from '@app/shared/capabilities'
import { type JoinRole, joinRoles } from '@app/shared/joining/schema'
import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Modal } from 'antd'
import { useState } from 'react'
import { wordsOf } from '../../../ui/states'
import { minuteWords } from '../code-words'
import { makeJoiningCode } from '../queries'
import './poster.css'

interface CodeProps {
  readonly streetId: string
  readonly enterpriseId: string
  readonly hasPrincipal: boolean
}

/** 发放加入码: six digits, to be read out or handed over. */
export function CodeButton(props: CodeProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>发放加入码</Button>
      {open && <CodeDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

function CodeDialog({ streetId, enterpriseId, hasPrincipal, onClose }: CodeProps & { onClose: () => void }) {
  const { mutate, data, error, isPending, variables } = useMutation(makeJoiningCode(streetId, enterpriseId))
  return (
    <Modal open title="发放加入码" footer={<Button onClick={onClose}>关闭</Button>} onCancel={onClose}>
      {data ? (
        <div className="joining-code" role="status">
          <p className="joining-digits">{data.code.replace(/(?=.{3}$)/, ' ')}</p>
          <p>
            给{variables && roles[variables].label}，<strong>{minuteWords(data.expiresAt)}</strong>
            ，只能用一次，只显示这一次。
          </p>
          <p>请当面或打电话告诉本人，由本人扫二维码后填写。不要发到群里。</p>
        </div>
      ) : (
        <>
          <p>给谁？核对身份后再发放；新发一个，先前没用的同类加入码作废。</p>
          {error && <Alert type="error" title={wordsOf(error)} />}
          <p className="joining-roles">
            {joinRoles.map((role: JoinRole) => (
              <Button
                key={role}
                disabled={role === 'enterprise-principal' && hasPrincipal}
                loading={isPending && variables === role}
                onClick={() => mutate(role)}
              >
                {roles[role].label}
                {role === 'enterprise-principal' && hasPrincipal && '（已有）'}
              </Button>
            ))}
          </p>
        </>
      )}
    </Modal>
  )
}
