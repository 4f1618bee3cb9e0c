import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Me, Post } from '@app/shared/people/schema'
import { hasDraft, draftKey } from '../../../outbox/drafts'
import { discard, flush, reopen, retry, useOutbox } from '../../../outbox/outbox'
import { type Op, isCorrectable, isOwn } from '../../../outbox/rules'
import { Confirm } from '../../../ui/phone/confirm'
import { Icon } from '../../../ui/phone/icons'
import { Nothing, PhonePage, Waiting } from '../../../ui/phone/page'
import { filingOf } from './filing'
import { OpWords } from './op-cards'
import { type Said, fieldDraft } from './said'

type StreetPost = Extract<Post, { kind: 'street' }>

/** Everything that was done on this phone and has not reached the server, and what can be done about it. */
export function OutboxPage({ me, post }: { me: Me; post: StreetPost }) {
  const { ready, ops, sending } = useOutbox()
  const mine = ops.filter(({ userId }) => userId === me.id)
  const others = ops.filter(({ userId }) => userId !== me.id)
  const waiting = mine.some(({ state }) => state === 'waiting')
  return (
    <PhonePage
      title="待上传"
      street={post.name}
      action={
        waiting && (
          <button
            type="button"
            className="m-icon-button"
            disabled={sending !== null}
            onClick={() => void flush({ everything: true }).catch(() => undefined)}
          >
            <Icon name="upload" size="1.25rem" />
            {sending ? '正在上传' : '立即上传'}
          </button>
        )
      }
    >
      {!ready && <Waiting />}
      {ready && mine.length === 0 && <Nothing>{others.length > 0 ? '您没有待上传的内容' : '没有待上传的内容'}</Nothing>}
      {mine.length > 0 && <p className="m-hint">内容已保存在这部手机上，有网络时自动上传。请勿清除浏览器数据。</p>}
      <ul className="m-cards">
        {mine.map((op) => (
          <li key={op.id}>
            <OpCard me={me} op={op} busy={sending === op.id} />
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <section className="m-block">
          <h2>其他账号保存的内容</h2>
          <p>以下内容须由本人在这部手机上登录后上传：</p>
          <ul className="m-plain">
            {[...new Set(others.map(({ userName }) => userName))].map((name) => (
              <li key={name}>
                {name}：{others.filter(({ userName }) => userName === name).length} 条
              </li>
            ))}
          </ul>
        </section>
      )}
    </PhonePage>
  )
}

function OpCard({ me, op, busy }: { me: Me; op: Op; busy: boolean }) {
  const navigate = useNavigate()
  const [asking, setAsking] = useState<'discard' | 'reopen' | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const own = isOwn(op, me)
  const slug = me.posts.find((post) => post.kind === 'street' && post.id === op.streetId)?.slug
  const key = draftKey(formOf(op), op.streetId, op.userId)

  async function correct() {
    setAsking(null)
    const value = op.kind === 'file' ? filingOf(op.body) : 'form' in op ? op.form : saidOf(op)
    const done = await reopen(op, { key, value, photoIds: op.photoIds, at: Date.now() })
    if (!done) return setTrouble('正在上传，请稍候再试。')
    if (!slug) return
    if (op.kind === 'file') await navigate({ to: '/m/s/$street/file', params: { street: slug } })
    else if (op.kind === 'inspect') {
      const { enterpriseId } = op.body
      await navigate({ to: '/m/s/$street/inspect/$enterpriseId', params: { street: slug, enterpriseId } })
    } else if (op.kind === 'selfcheck') {
      await navigate({ to: '/m/s/$street/selfcheck', params: { street: slug } })
    } else if (op.kind === 'correct') {
      await navigate({
        to: '/m/s/$street/corrections/$inspectionId',
        params: { street: slug, inspectionId: op.corrects },
      })
    } else {
      await navigate({
        to: '/m/s/$street/hazards/$hazardId/$deed',
        params: { street: slug, hazardId: op.hazardId, deed: op.kind },
      })
    }
  }

  return (
    <article className="m-op">
      <div className="m-card">
        <OpWords op={op} />
      </div>
      {!own && <p className="m-hint">您已不在原单位任职，这条内容无法上传。</p>}
      <div className="m-op-buttons">
        {op.state === 'rejected' && own && (
          <button type="button" className="button plain" onClick={() => void retry(op)}>
            重试
          </button>
        )}
        {own && isCorrectable(op) && (
          <button
            type="button"
            className="button plain"
            disabled={busy}
            onClick={() => void hasDraft(key).then((there) => (there ? setAsking('reopen') : correct()))}
          >
            修改
          </button>
        )}
        <button type="button" className="button m-danger-plain" disabled={busy} onClick={() => setAsking('discard')}>
          放弃
        </button>
      </div>
      {trouble && (
        <p className="wrong" role="alert">
          {trouble}
        </p>
      )}
      {asking === 'discard' && (
        <Confirm
          question="放弃这条内容？"
          yes="放弃"
          danger
          onNo={() => setAsking(null)}
          onYes={() => {
            setAsking(null)
            void discard(op).then((done) => !done && setTrouble('正在上传，请稍候再试。'))
          }}
        >
          <p>文字和照片会从这部手机上删除，不能恢复。</p>
          {!isCorrectable(op) && <p>这条已试过上传，也可能已经送达，请先到台账核对。</p>}
        </Confirm>
      )}
      {asking === 'reopen' && (
        <Confirm
          question="替换正在填写的内容？"
          yes="替换"
          danger
          onNo={() => setAsking(null)}
          onYes={() => void correct()}
        >
          <p>同一表单里有尚未提交的内容，修改这条会把它替换掉。</p>
        </Confirm>
      )}
    </article>
  )
}

/** The name of the form that a deed was made in. */
function formOf(op: Op): Parameters<typeof draftKey>[0] {
  if (op.kind === 'file') return 'file'
  if (op.kind === 'inspect') return `inspect/${op.body.enterpriseId}`
  if (op.kind === 'selfcheck') return 'selfcheck/own'
  if (op.kind === 'correct') return `correct/${op.corrects}`
  return fieldDraft(op.kind, { id: op.hazardId, round: op.round })
}

/** A deed on the spot made a form again. */
function saidOf(op: Exclude<Op, { kind: 'file' | 'inspect' | 'selfcheck' | 'correct' }>): Said {
  return {
    words: op.body.words,
    outcome: 'outcome' in op.body ? op.body.outcome : null,
    observedAt: op.body.observedAt ?? null,
  }
}
