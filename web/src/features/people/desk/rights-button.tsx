import type { PersonCard } from '@app/shared/people/schema'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Flex, Input, Modal } from 'antd'
import { useState } from 'react'
import { wordsOf } from '../../../ui/states'
import { copyOf, correctName, erasePerson, setPhone } from '../queries'

/** What somebody may ask of their own data, done for them by an administrator: a copy, a correction, an erasure. */
export function RightsButton({ streetId, person }: { streetId: string; person: PersonCard }) {
  const { message, modal } = App.useApp()
  const [open, setOpen] = useState(false)
  const failed = { onError: (error: unknown) => void message.error(wordsOf(error)) }
  const copy = useMutation({ ...copyOf(streetId), ...failed })
  const name = useMutation({ ...correctName(streetId), ...failed })
  const phone = useMutation({ ...setPhone(streetId), ...failed })
  const erase = useMutation({ ...erasePerson(streetId), ...failed })

  /** Asks for one line and does something with it; stays open where that fails. */
  function ask(title: string, label: string, was: string, done: string, keep: (typed: string) => Promise<unknown>) {
    setOpen(false)
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
    <>
      <Button type="link" aria-label={`${person.name}的个人信息`} onClick={() => setOpen(true)}>
        个人信息
      </Button>
      <Modal
        title={`${person.name}的个人信息`}
        open={open}
        footer={null}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <Flex vertical gap={12}>
          <Button
            block
            onClick={() =>
              ask(`${person.name}的电话`, '电话号码，留空则删除', '', '电话已保存。', (typed) =>
                phone.mutateAsync({ personId: person.id, phone: typed.trim() || null }),
              )
            }
          >
            填写电话
          </Button>
          <Button
            block
            onClick={() =>
              ask('更正姓名', '姓名', person.name, '姓名已更正。', (typed) =>
                name.mutateAsync({ personId: person.id, name: typed }),
              )
            }
          >
            更正姓名
          </Button>
          <Button
            block
            loading={copy.isPending}
            onClick={() => copy.mutate({ personId: person.id, name: person.name })}
          >
            复制全部记录
          </Button>
          {!person.active && (
            <Button
              block
              danger
              onClick={() => {
                setOpen(false)
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
              }}
            >
              删除个人信息
            </Button>
          )}
        </Flex>
      </Modal>
    </>
  )
}
