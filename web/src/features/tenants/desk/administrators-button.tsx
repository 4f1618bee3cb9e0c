import type { SetPasswordLink } from '@app/shared/accounts/schema'
import type { DistrictAdministrators } from '@app/shared/onboarding/administrators'
import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Button, Modal } from 'antd'
import { useState } from 'react'
import { AdministratorsList } from '../../../ui/desk/administrators-list'
import { Answer } from '../../../ui/desk/answer'
import { LinkDialog } from '../../../ui/desk/link-once'
import { wordsOf } from '../../../ui/states'
import { administratorsQuery, linkAdministrator, removeAdministratorFactor } from '../queries'

type Administrator = DistrictAdministrators['items'][number]

interface ButtonProps {
  readonly district: { readonly id: string; readonly name: string }
}

/** 管理员: who administers a district, and what helps one of them in again. */
export function AdministratorsButton({ district }: ButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button type="link" aria-label={`管理员：${district.name}`} onClick={() => setOpen(true)}>
        管理员
      </Button>
      {open && <AdministratorsDialog district={district} onClose={() => setOpen(false)} />}
    </>
  )
}

function AdministratorsDialog({ district, onClose }: ButtonProps & { onClose: () => void }) {
  const all = useQuery(administratorsQuery(district.id))
  const [made, setMade] = useState<{ name: string; link: SetPasswordLink } | null>(null)
  if (made) return <LinkDialog title={`${made.name}的设置密码链接`} link={made.link} onClose={onClose} />
  return (
    <Modal open title={`${district.name}的管理员`} footer={null} onCancel={onClose} destroyOnHidden width="40rem">
      <p>
        用于管理员丢失首次链接、忘记密码，或手机和恢复码都丢失的情况。请先核实本人；该区的“登录审计”会记下这次办理。
      </p>
      <Answer of={all} rows={3}>
        {({ items }) => <Administrators districtId={district.id} people={items} onLink={setMade} />}
      </Answer>
    </Modal>
  )
}

interface ListProps {
  readonly districtId: string
  readonly people: readonly Administrator[]
  readonly onLink: (made: { name: string; link: SetPasswordLink }) => void
}

function Administrators({ districtId, people, onLink }: ListProps) {
  const { message, modal } = App.useApp()
  const onError = (error: unknown) => void message.error(wordsOf(error))
  const link = useMutation({ ...linkAdministrator(districtId), onError })
  const factor = useMutation({ ...removeAdministratorFactor(districtId), onError })
  const make = ({ id, name }: Administrator) =>
    link.mutateAsync(id).then(
      (made) => onLink({ name, link: made }),
      () => undefined,
    )
  const askLink = (person: Administrator) =>
    void modal.confirm({
      title: `重置${person.name}的密码？`,
      content: '本人用链接设置新密码后，其所有设备立即退出。',
      okText: '生成链接',
      autoFocusButton: 'cancel',
      onOk: () => make(person),
    })
  const askFactor = ({ id, name }: Administrator) =>
    void modal.confirm({
      title: `取消${name}的第二因素？`,
      content: '其所有设备立即退出，之后只凭密码登录。',
      okText: '取消第二因素',
      cancelText: '返回',
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: () =>
        factor.mutateAsync(id).then(
          () => void message.success('已取消第二因素。'),
          () => undefined,
        ),
    })
  return (
    <AdministratorsList
      people={people}
      renderActions={(person) => (
        <>
          <Button
            type="link"
            aria-label={`生成链接：${person.name}`}
            onClick={() => (person.hasPassword ? askLink(person) : void make(person))}
          >
            生成链接
          </Button>
          {person.secondFactor && (
            <Button type="link" danger aria-label={`取消第二因素：${person.name}`} onClick={() => askFactor(person)}>
              取消第二因素
            </Button>
          )}
        </>
      )}
    />
  )
}
