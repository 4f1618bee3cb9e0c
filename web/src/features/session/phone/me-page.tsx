import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Me } from '@app/shared/people/schema'
import { forgetAnswers } from '../../../outbox/kept-answers'
import { useOutbox } from '../../../outbox/outbox'
import { choosePost, isPost, postWords } from '../../../post'
import { Confirm } from '../../../ui/phone/confirm'
import { Choices } from '../../../ui/phone/fields'
import { Icon } from '../../../ui/phone/icons'
import { PhonePage } from '../../../ui/phone/page'
import { type TextSize, chooseTextSize, textSize } from '../../../ui/phone/text-size'
import { wordsOf } from '../../../ui/states'
import { type StreetPost, homeOf, signOut } from '../queries'

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
          {post.capabilities.includes('enterprise.view') && (
            <li>
              <Link to="/m/s/$street/enterprises" params={{ street: post.slug }}>
                企业档案
                <span className="m-hint">一企一档</span>
                <Icon name="forward" size="1.25rem" />
              </Link>
            </li>
          )}
          {post.capabilities.includes('filing.write') && (
            <li>
              <Link to="/m/s/$street/filings" params={{ street: post.slug }}>
                本单位材料
                <span className="m-hint">履职、培训、演练、证书</span>
                <Icon name="forward" size="1.25rem" />
              </Link>
            </li>
          )}
          {post.capabilities.includes('inspection.view') && (
            <li>
              <Link to="/m/s/$street/criteria" params={{ street: post.slug }}>
                判定标准
                <span className="m-hint">重大隐患、法规依据</span>
                <Icon name="forward" size="1.25rem" />
              </Link>
            </li>
          )}
          <li>
            <Link to="/m/s/$street/security" params={{ street: post.slug }}>
              账号安全
              <span className="m-hint">密码、登录设备</span>
              <Icon name="forward" size="1.25rem" />
            </Link>
          </li>
          <li>
            <Link to="/help">
              帮助
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
      <Leave held={held} />
    </PhonePage>
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
