import type { PersonCard } from '@app/shared/people/schema'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Dropdown, Input } from 'antd'
import { wordsOf } from '../../../ui/states'
import { copyOf, correctName, erasePerson, setPhone } from '../queries'

/** What somebody may ask of their own data, done for them by an administrator: a copy, a correction, an erasure. */
export function RightsButton({ streetId, person }: { streetId: string; person: PersonCard }) {
  const { message, modal } = App.useApp()
  const failed = { onError: (error: unknown) => void message.error(wordsOf(error)) }
  const copy = useMutation({ ...copyOf(streetId), ...failed })
  const name = useMutation({ ...correctName(streetId), ...failed })
  const phone = useMutation({ ...setPhone(streetId), ...failed })
  const erase = useMutation({ ...erasePerson(streetId), ...failed })

  /** Asks for one line and does something with it; stays open where that fails. */
  function ask(title: string, label: string, was: string, done: string, keep: (typed: string) => Promise<unknown>) {
    let typed = was
    void modal.confirm({
      title,
      content: (
        <Input
          aria-label={label}
          defaultValue={was}
          maxLength={40}
          onChange={(event) => {
            typed = event.target.value
          }}
        />
      ),
      okText: '保存',
      onOk: async () => {
        await keep(typed)
        void message.success(done)
      },
    })
  }

  return (
    <Dropdown
      trigger={['click']}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- into the menu that was just opened
      autoFocus
      menu={{
        items: [
          { key: 'phone', label: '填写电话' },
          { key: 'name', label: '更正姓名' },
          { key: 'copy', label: '复制全部记录' },
          ...(person.active ? [] : [{ key: 'erase', label: '删除个人信息', danger: true }]),
        ],
        onClick: ({ key }) => {
          if (key === 'phone')
            ask(`${person.name}的电话`, '电话号码，留空则删除', '', '电话已保存。', (typed) =>
              phone.mutateAsync({ personId: person.id, phone: typed.trim() || null }),
            )
          if (key === 'name')
            ask('更正姓名', '姓名', person.name, '姓名已更正。', (typed) =>
              name.mutateAsync({ personId: person.id, name: typed }),
            )
          if (key === 'copy') copy.mutate({ personId: person.id, name: person.name })
          if (key === 'erase')
            void modal.confirm({
              title: `删除${person.name}的个人信息？`,
              content:
                '姓名、电话和账号将被删除，隐患文字中的姓名一并去除，不能恢复。办理记录的编号和时间依法保留。名下还有未办结隐患的不能删除。',
              okText: '删除',
              okButtonProps: { danger: true },
              autoFocusButton: 'cancel',
              onOk: async () => {
                await erase.mutateAsync(person.id)
                void message.success('已删除。')
              },
            })
        },
      }}
    >
      <Button type="link" loading={copy.isPending} aria-label={`${person.name}的个人信息`}>
        个人信息
      </Button>
    </Dropdown>
  )
}
