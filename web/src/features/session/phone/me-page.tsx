import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import * as v from 'valibot'
import { type Me, PasswordChange } from '@app/shared/people/schema'
import { Problem } from '@app/shared/problem'
import { forgetAnswers } from '../../../outbox/kept-answers'
import { useOutbox } from '../../../outbox/outbox'
import { choosePost, isPost, postWords } from '../../../post'
import { Confirm } from '../../../ui/phone/confirm'
import { Choices, Field } from '../../../ui/phone/fields'
import { focusOnWrong } from '../../../ui/phone/focus-on-wrong'
import { Icon } from '../../../ui/phone/icons'
import { PhonePage } from '../../../ui/phone/page'
import { type TextSize, chooseTextSize, textSize } from '../../../ui/phone/text-size'
import { wordsOf } from '../../../ui/states'
import { type StreetPost, changePassword, homeOf, signOut } from '../queries'

const sizes = [
  { value: 'standard', label: '标准' },
  { value: 'large', label: '大字' },
] as const satisfies { value: TextSize; label: string }[]

/** Who is signed in, as what, and what is theirs to change. */
export function MePage({ me, post }: { me: Me; post: StreetPost }) {
  const { ops } = useOutbox()
  const held = ops.filter(({ userId }) => userId === me.id).length
  const [size, setSize] = useState(textSize)
  return (
    <PhonePage title="我的" street={post.name}>
      <section className="m-block">
        <h2>{me.name}</h2>
        <dl className="m-facts">
          <div>
            <dt>用户名</dt>
            <dd>{me.username}</dd>
          </div>
          <div>
            <dt>岗位</dt>
            <dd>
              {post.name} · {postWords(post)}
            </dd>
          </div>
        </dl>
      </section>
      {me.posts.length > 1 && (
        <section className="m-block">
          <h2>切换岗位</h2>
          <ul className="m-rows">
            {me.posts.map((each) => {
              const here = isPost(each, post)
              return (
                <li key={each.kind === 'street' ? each.postId : `${each.kind}/${each.slug}`}>
                  {/* A whole load: nothing that another post may see stays in memory. */}
                  <a href={homeOf(each)} aria-current={here ? 'true' : undefined} onClick={() => choosePost(each)}>
                    {each.name} · {postWords(each)}
                    {here ? '（当前）' : ''}
                  </a>
                </li>
              )
            })}
          </ul>
        </section>
      )}
      <section className="m-block">
        <ul className="m-rows">
          <li>
            <Link to="/m/s/$street/outbox" params={{ street: post.slug }}>
              待上传
              <span className="m-hint">{held > 0 ? `${held} 条` : '没有'}</span>
              <Icon name="forward" size="1.25rem" />
            </Link>
          </li>
          {post.capabilities.includes('hazard.assign') && (
            <li>
              <a href={`/admin/s/${post.slug}`}>
                电脑版
                <Icon name="forward" size="1.25rem" />
              </a>
            </li>
          )}
        </ul>
      </section>
      <section className="m-block">
        <Choices
          label="字号"
          options={sizes}
          value={size}
          onChange={(next) => {
            chooseTextSize(next)
            setSize(next)
          }}
        />
      </section>
      <details className="m-details">
        <summary>修改密码</summary>
        <PasswordForm />
      </details>
      <Leave held={held} />
    </PhonePage>
  )
}

const NextTwice = v.pipe(
  v.object({ ...PasswordChange.entries, again: v.string() }),
  v.forward(
    v.check(({ next, again }) => next === again, '两次输入的新密码不一致'),
    ['again'],
  ),
)

function PasswordForm() {
  const { mutate, isPending, isSuccess, error } = useMutation({ ...changePassword, networkMode: 'always' })
  const [values, setValues] = useState({ current: '', next: '', again: '' })
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({})
  const form = useRef<HTMLFormElement>(null)

  function submit(event: FormEvent) {
    event.preventDefault()
    const result = v.safeParse(NextTwice, values)
    const found: Record<string, string> = {}
    if (!result.success) for (const issue of result.issues) found[String(issue.path?.[0]?.key)] ??= issue.message
    setErrors(found)
    if (!result.success) return focusOnWrong(form.current)
    mutate(
      { current: values.current, next: values.next },
      {
        onSuccess: () => setValues({ current: '', next: '', again: '' }),
        onError: (refused) => {
          if (refused instanceof Problem) {
            setErrors(Object.fromEntries((refused.errors ?? []).map((each) => [each.pointer.slice(1), each.detail])))
          }
        },
      },
    )
  }

  const field = (name: keyof typeof values, label: string, autoComplete: string, hint?: string) => (
    <Field label={label} error={errors[name]} hint={hint}>
      {(tie) => (
        <input
          {...tie}
          type="password"
          autoComplete={autoComplete}
          value={values[name]}
          onChange={(event) => {
            setValues({ ...values, [name]: event.target.value })
            setErrors(({ [name]: _, ...others }) => others)
          }}
        />
      )}
    </Field>
  )
  return (
    <form ref={form} className="m-form" noValidate onSubmit={submit}>
      {field('current', '当前密码', 'current-password')}
      {field('next', '新密码', 'new-password', '至少 12 个字符，可以是一句好记的话。')}
      {field('again', '再输一次新密码', 'new-password')}
      {error && Object.keys(errors).length === 0 && (
        <p className="wrong" role="alert">
          {wordsOf(error)}
        </p>
      )}
      <p role="status">{isSuccess ? '密码已修改，其他设备上的登录已退出。' : ''}</p>
      <button type="submit" className="button plain m-wide" disabled={isPending}>
        {isPending ? '正在修改…' : '修改密码'}
      </button>
    </form>
  )
}

function Leave({ held }: { held: number }) {
  const [asking, setAsking] = useState(false)
  const { mutate, isPending, error } = useMutation({
    ...signOut,
    networkMode: 'always',
    onSuccess: async () => {
      await forgetAnswers().catch(() => undefined)
      // A whole load, so that nothing of theirs is left in memory.
      location.assign('/sign-in')
    },
  })
  return (
    <>
      {error && (
        <p className="wrong" role="alert">
          {wordsOf(error)}
        </p>
      )}
      <button
        type="button"
        className="button plain m-wide"
        disabled={isPending}
        onClick={() => (held > 0 ? setAsking(true) : mutate())}
      >
        {isPending ? '正在退出…' : '退出登录'}
      </button>
      {asking && (
        <Confirm
          question={`还有 ${held} 条没有上传，确定退出？`}
          yes="仍然退出"
          danger
          onNo={() => setAsking(false)}
          onYes={() => {
            setAsking(false)
            mutate()
          }}
        >
          <p>内容会留在这部手机上，等您再次登录后上传；其他人登录不会替您上传。</p>
        </Confirm>
      )}
    </>
  )
}
