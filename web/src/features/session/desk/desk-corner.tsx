import type { Me, Post } from '@app/shared/people/schema'
import { DownOutlined, UserOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { App, Button, Dropdown } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { choosePost, isPost, postWords } from '../../../post'
import { wordsOf } from '../../../ui/states'
import { homeOf, signOut } from '../queries'

// Its form is nothing that every page of the desk waits for.
const PasswordDialog = lazy(async () => ({ default: (await import('./password-dialog')).PasswordDialog }))

/** Who is signed in and as what; the way to the other posts, to a new password, and out. */
export function DeskCorner({ me, post }: { me: Me; post: Post }) {
  const { message } = App.useApp()
  const navigate = useNavigate()
  const [changing, setChanging] = useState(false)
  const { mutate: leave } = useMutation({
    ...signOut,
    onSuccess: (...args) => {
      void signOut.onSuccess?.(...args)
      location.assign('/sign-in')
    },
    onError: (error) => void message.error(wordsOf(error)),
  })
  const role = postWords(post)
  return (
    <>
      {me.posts.length > 1 ? (
        <Dropdown
          trigger={['click']}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- into the menu that was just opened
          autoFocus
          menu={{
            selectedKeys: [keyOf(post)],
            items: me.posts.map((one) => ({
              key: keyOf(one),
              label: `${one.name}　${postWords(one)}${isPost(one, post) ? '（当前）' : ''}`,
            })),
            // A whole load: another tenant's page starts with nothing of this one in memory.
            onClick: ({ key }) => {
              const chosen = me.posts.find((one) => keyOf(one) === key)
              if (!chosen) return
              choosePost(chosen)
              location.assign(homeOf(chosen))
            },
          }}
        >
          <Button type="text" className="desk-post" aria-label={`切换岗位，当前：${role}`}>
            <span>{role}</span>
            <DownOutlined aria-hidden />
          </Button>
        </Dropdown>
      ) : (
        <span className="desk-post">{role}</span>
      )}
      <Dropdown
        trigger={['click']}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- into the menu that was just opened
        autoFocus
        placement="bottomRight"
        menu={{
          items: [
            { key: 'security', label: '账号安全' },
            { key: 'help', label: '帮助' },
            { key: 'password', label: '修改密码' },
            { type: 'divider' },
            { key: 'leave', label: '退出登录' },
          ],
          onClick: ({ key }) => {
            if (key === 'help') location.assign('/help')
            else if (key === 'leave') leave()
            else if (key === 'password') setChanging(true)
            else void navigate({ to: '/admin/security', search: { post: post.slug } })
          },
        }}
      >
        <Button
          type="text"
          icon={<UserOutlined aria-hidden />}
          aria-label={`${me.name}：帮助、账号安全、修改密码、退出`}
        >
          <span className="desk-name">{me.name}</span>
        </Button>
      </Dropdown>
      {changing && (
        <Suspense>
          <PasswordDialog onClose={() => setChanging(false)} />
        </Suspense>
      )}
    </>
  )
}

const keyOf = (post: Post) => (post.kind === 'street' ? post.postId : `${post.kind} ${post.slug}`)
