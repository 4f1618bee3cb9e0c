import type { SetPasswordLink } from '@app/shared/accounts/schema'
import { linkRefusal, type StreetAdministrators } from '@app/shared/onboarding/administrators'
import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Button, Modal } from 'antd'
import { useState } from 'react'
import { AdministratorsList } from '../../../ui/desk/administrators-list'
import { Answer } from '../../../ui/desk/answer'
import { LinkDialog } from '../../../ui/desk/link-once'
import { wordsOf } from '../../../ui/states'
import { linkStreetAdministrator, onboardingQueries } from '../queries'

interface ButtonProps {
  readonly districtId: string
  readonly street: { readonly id: string; readonly name: string }
}

/** 管理员: who administers a street, and a link for one whom nobody there can help. */
export function StreetAdministratorsButton(props: ButtonProps) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button type="link" aria-label={`管理员：${props.street.name}`} onClick={() => setOpen(true)}>
        管理员
      </Button>
      {open && <AdministratorsDialog {...props} onClose={() => setOpen(false)} />}
    </>
  )
}

function AdministratorsDialog({ districtId, street, onClose }: ButtonProps & { onClose: () => void }) {
  const all = useQuery(onboardingQueries.administrators(districtId))
  const [made, setMade] = useState<{ name: string; link: SetPasswordLink } | null>(null)
  if (made) return <LinkDialog title={`${made.name}的设置密码链接`} link={made.link} onClose={onClose} />
  return (
    <Modal open title={`${street.name}的管理员`} footer={null} onCancel={onClose} destroyOnHidden width="40rem">
      <Answer of={all} rows={3}>
        {({ items }) => (
          <Administrators
            districtId={districtId}
            streetId={street.id}
            people={items.filter(({ streetId }) => streetId === street.id)}
            onLink={setMade}
          />
        )}
      </Answer>
    </Modal>
  )
}

interface ListProps {
  readonly districtId: string
  readonly streetId: string
  readonly people: StreetAdministrators['items']
  readonly onLink: (made: { name: string; link: SetPasswordLink }) => void
}

function Administrators({ districtId, streetId, people, onLink }: ListProps) {
  const { message, modal } = App.useApp()
  const { mutateAsync } = useMutation({
    ...linkStreetAdministrator(districtId),
    onError: (error) => void message.error(wordsOf(error)),
  })
  const make = ({ id, name }: { id: string; name: string }) =>
    mutateAsync({ streetId, personId: id }).then(
      (link) => onLink({ name, link }),
      () => undefined,
    )
  return (
    <>
      <p>
        街道的账号由街道自己管理。首任管理员还没有设置密码，或者唯一的管理员忘记了密码时，可以由区里生成链接；街道的“登录审计”会记下这次办理。
      </p>
      <AdministratorsList
        people={people}
        renderActions={(person) => {
          const refused = linkRefusal(people, person.id)
          if (refused) return <span className="desk-quiet">由街道其他管理员办理</span>
          return (
            <Button
              type="link"
              aria-label={`生成链接：${person.name}`}
              onClick={() =>
                person.hasPassword
                  ? void modal.confirm({
                      title: `重置${person.name}的密码？`,
                      content: '请先核实确为本人。本人用链接设置新密码后，其所有设备立即退出。',
                      okText: '生成链接',
                      autoFocusButton: 'cancel',
                      onOk: () => make(person),
                    })
                  : void make(person)
              }
            >
              生成链接
            </Button>
          )
        }}
      />
    </>
  )
}
