import { useMutation } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { wordsOf } from '../../ui/states'
import { signIn } from './queries'
import './sign-in.css'

const route = getRouteApi('/sign-in')

/** The one way in. Accounts are made by administrators; there is no other. */
export function SignInPage() {
  const { back = '/' } = route.useSearch()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const { mutate, isPending, error } = useMutation({
    ...signIn,
    onSuccess: (...args) => {
      void signIn.onSuccess?.(...args)
      // A whole load, so that nothing of whoever was signed in before is left in memory.
      location.assign(back)
    },
  })
  const [name, word, wrong] = [useId(), useId(), useId()]
  return (
    <main className="sign-in">
      <title>登录 - 治本</title>
      <form
        className="sign-in-card"
        onSubmit={(event) => {
          event.preventDefault()
          mutate({ username: username.trim(), password })
        }}
      >
        <header>
          <img src="/icon.svg" alt="" width="44" height="44" />
          <div>
            <h1>治本</h1>
            <p>安全生产治本攻坚工作系统</p>
          </div>
        </header>
        <div className="field">
          <label htmlFor={name}>用户名</label>
          <input
            id={name}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            value={username}
            onChange={(event) => setUsername(event.target.value)}
            aria-describedby={error ? wrong : undefined}
          />
        </div>
        <div className="field">
          <label htmlFor={word}>密码</label>
          <input
            id={word}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            aria-describedby={error ? wrong : undefined}
          />
        </div>
        {error && (
          <p id={wrong} className="wrong" role="alert">
            {wordsOf(error)}
          </p>
        )}
        <button type="submit" className="button" disabled={isPending}>
          {isPending ? '正在登录…' : '登录'}
        </button>
        <p className="sign-in-help">忘记密码请联系本单位管理员。账号由管理员开通，不开放注册。</p>
      </form>
    </main>
  )
}
