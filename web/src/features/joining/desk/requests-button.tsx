import { roles } from '@app/shared/capabilities'
import type { JoiningsPage } from '@app/shared/joining/schema'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { App, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { Answer } from '../../../ui/desk/answer'
import { Field, refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { minuteOf } from '../../../ui/desk/times'
import { wordsOf } from '../../../ui/states'
import { decideJoining, joiningsQuery } from '../queries'

type Request = JoiningsPage['items'][number]

/** 加入申请: who scanned a poster without digits and waits for the street. Shown only while somebody does. */
export function RequestsButton({ streetId, slug }: { streetId: string; slug: string }) {
  const [open, setOpen] = useState(false)
  const all = useQuery(joiningsQuery(streetId))
  const waiting = all.data?.items.length ?? 0
  return (
    <>
      {(waiting > 0 || open) && <Button onClick={() => setOpen(true)}>加入申请（{waiting}）</Button>}
      {open && (
        <Modal open title="企业人员加入申请" footer={null} onCancel={() => setOpen(false)} width="44rem">
          <Answer of={all} rows={3}>
            {({ items }) => <Requests streetId={streetId} slug={slug} items={items} />}
          </Answer>
        </Modal>
      )}
    </>
  )
}

function Requests({ streetId, slug, items }: { streetId: string; slug: string; items: readonly Request[] }) {
  const { message, modal } = App.useApp()
  const [refusing, setRefusing] = useState<Request | null>(null)
  const { mutateAsync } = useMutation({
    ...decideJoining(streetId),
    onError: (error) => void message.error(wordsOf(error)),
  })
  if (items.length === 0) return <p className="desk-quiet">没有待办理的申请。</p>
  return (
    <>
      <ul className="desk-rows">
        {items.map((one) => (
          <li key={one.id}>
            <div>
              {one.name} · {roles[one.role].label}
              <div>
                <Link
                  className="desk-link"
                  to="/admin/s/$street/enterprises/$enterpriseId"
                  params={{ street: slug, enterpriseId: one.enterpriseId }}
                >
                  {one.unit}
                </Link>
              </div>
            </div>
            <div className="desk-quiet">
              {minuteOf(one.at)} 申请
              <br />
              {minuteOf(one.expiresAt)} 失效
            </div>
            <div>
              <Button
                type="link"
                aria-label={`同意：${one.name}`}
                onClick={() =>
                  void modal.confirm({
                    title: `同意${one.name}加入？`,
                    content: `请先打电话或当面核对：${one.name}确是${one.unit}的${roles[one.role].label.replace('企业', '')}。同意后对方即可建立账号。`,
                    okText: '已核对，同意',
                    cancelText: '返回',
                    autoFocusButton: 'cancel',
                    onOk: () => mutateAsync({ id: one.id, decision: { approved: true } }).catch(() => undefined),
                  })
                }
              >
                同意
              </Button>
              <Button type="link" danger aria-label={`不同意：${one.name}`} onClick={() => setRefusing(one)}>
                不同意
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {refusing && <RefuseDialog streetId={streetId} request={refusing} onClose={() => setRefusing(null)} />}
    </>
  )
}

function RefuseDialog({ streetId, request, onClose }: { streetId: string; request: Request; onClose: () => void }) {
  const [why, setWhy] = useState('')
  const { mutate, isPending, error } = useMutation(decideJoining(streetId))
  return (
    <FormDialog
      title={`不同意${request.name}加入`}
      submit="不同意"
      pending={isPending}
      error={refusedElse(error, ['/why'])}
      onSubmit={() => mutate({ id: request.id, decision: { approved: false, why } }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Field label="理由（对方看得到）" error={refusedAt(error, '/why')}>
        {(control) => (
          <Input.TextArea {...control} rows={3} value={why} onChange={(event) => setWhy(event.target.value)} />
        )}
      </Field>
    </FormDialog>
  )
}
