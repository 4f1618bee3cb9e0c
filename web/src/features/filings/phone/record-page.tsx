import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { roles } from '@app/shared/capabilities'
import { missingIn } from '@app/shared/filings/rules'
import type { FilingRecord, StatementBody } from '@app/shared/filings/schema'
import { acts, kinds, states } from '@app/shared/filings/words'
import { periodWords } from '@app/shared/filings/periods'
import type { PhotoId } from '@app/shared/ids'
import type { Me, Post } from '@app/shared/people/schema'
import type { HeldPhoto } from '../../../outbox/database'
import { PhotoPicker } from '../../../photo/photo-picker'
import { Pictures } from '../../../photo/pictures'
import { TextField } from '../../../ui/phone/fields'
import { Icon } from '../../../ui/phone/icons'
import { PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { momentOf } from '../../../ui/phone/when'
import { wordsOf } from '../../../ui/states'
import { pictureUrl } from '../../../photo/picture-url'
import { closeFiling, confirmFiling, decideFiling, filingQueries } from '../queries'
import { partsOf } from '../shown'
import { sendPhotos } from './send-photos'
import '../filings.css'

type StreetPost = Extract<Post, { kind: 'street' }>

/** A paper with all that was written, and what the reader may do with it. */
export function RecordPage({ me, post, filingId }: { me: Me; post: StreetPost; filingId: string }) {
  const { data: record, error, refetch } = useQuery(filingQueries.record(post.id, filingId))
  const own = post.capabilities.includes('filing.write')
  return (
    <PhonePage
      title={record ? kinds[record.kind].label : '企业材料'}
      street={post.name}
      back={
        own ? (
          <Link to="/m/s/$street/filings" params={{ street: post.slug }} className="m-back" aria-label="返回本单位材料">
            <Icon name="back" />
          </Link>
        ) : record ? (
          <Link
            to="/m/s/$street/enterprises/$enterpriseId"
            params={{ street: post.slug, enterpriseId: record.enterpriseId }}
            className="m-back"
            aria-label="返回企业档案"
          >
            <Icon name="back" />
          </Link>
        ) : undefined
      }
    >
      {!record && error && <Trouble error={error} retry={() => void refetch()} />}
      {!record && !error && <Waiting />}
      {record && <Record key={`${record.id}/${record.revision}/${record.state}`} me={me} post={post} record={record} />}
    </PhonePage>
  )
}

function Record({ me, post, record }: { me: Me; post: StreetPost; record: FilingRecord }) {
  const may = (deed: FilingRecord['may'][number]) => record.may.includes(deed) && !post.suspended
  const mark = { street: post.name, community: null, person: record.by.name, at: record.at }
  return (
    <>
      <section className="m-block m-lead">
        <p className="m-card-tags">
          <span className="m-tag">{states[record.state]}</span>
          {record.version > 1 && <span className="m-tag">第 {record.version} 版</span>}
        </p>
        <p>
          {record.unitName}
          {record.period && ` · ${periodWords(record.period)}`}
        </p>
        <p className="m-hint">
          {record.state === 'draft' ? '最近填写' : kinds[record.kind].form === 'statement' ? '确认' : '报送'}：
          {record.by.name ?? '已离岗人员'}（{roles[record.by.role].label}） {momentOf(record.at)}
        </p>
        {record.why && <p>更正原因：{record.why}</p>}
        {record.supersededBy && <p>本版已被更正，不再有效。</p>}
      </section>
      {record.warnings.length > 0 && (
        <div className="m-note m-note-error" role="note">
          <ul>
            {record.warnings.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </div>
      )}
      {partsOf(record).map(({ heading, lines, photos, note }) => (
        <section key={heading} className="m-block">
          <h2>{heading}</h2>
          <dl className="m-facts">
            {lines.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd className="m-filing-text">{value}</dd>
              </div>
            ))}
          </dl>
          <Photos ids={photos} streetId={post.id} of={heading} mark={mark} />
          {note && <p className={lines.length > 0 ? 'm-hint' : 'm-filing-text'}>{note}</p>}
        </section>
      ))}
      {record.acts.map(({ act, by, at, outcome, words, photos }) => (
        <section key={act} className="m-block">
          <h2>{acts[act]}</h2>
          <p>
            {outcome === 'approved' ? '批准' : outcome === 'refused' ? '不批准' : ''} {words}
          </p>
          <p className="m-hint">
            {by ?? '已离岗人员'} {momentOf(at)}
          </p>
          <Photos ids={photos} streetId={post.id} of={acts[act]} mark={{ ...mark, person: by, at }} />
        </section>
      ))}
      {may('confirm') && <ConfirmForm me={me} post={post} record={record} />}
      {may('decide') && <DecideForm post={post} record={record} />}
      {may('close') && <CloseForm me={me} post={post} record={record} />}
      {(may('edit') || may('correct')) && (
        <Link
          to="/m/s/$street/filings/$filingId/edit"
          params={{ street: post.slug, filingId: record.id }}
          className="button plain m-wide"
        >
          {may('edit') ? '继续填写' : '更正（另成一版）'}
        </Link>
      )}
      {record.hash && <p className="m-foot">报送后不再改动。校验值 {record.hash.slice(0, 16)}</p>}
    </>
  )
}

function Photos({
  ids,
  streetId,
  of,
  mark,
}: {
  ids: readonly PhotoId[]
  streetId: string
  of: string
  mark: { street: string; community: null; person: string | null; at: number }
}) {
  if (ids.length === 0) return null
  return (
    <Pictures
      pictures={ids.map((id, at) => ({
        id,
        thumb: pictureUrl(streetId, id, 'thumb'),
        full: pictureUrl(streetId, id),
        alt: `${of}：照片 ${at + 1}`,
        mark,
      }))}
    />
  )
}

/** A key that stays the same for as long as the same thing is sent. */
function useKey() {
  const last = useRef<{ said: string; key: string } | null>(null)
  return (said: unknown) => {
    const text = JSON.stringify(said)
    if (last.current?.said !== text) last.current = { said: text, key: crypto.randomUUID() }
    return last.current.key
  }
}

interface DeedProps {
  readonly post: StreetPost
  readonly record: FilingRecord
}

function ConfirmForm({ me, post, record }: DeedProps & { me: Me }) {
  const [name, setName] = useState('')
  const keyOf = useKey()
  // Safe: a draft is of a statement.
  const missing = record.body ? missingIn(record.body as StatementBody) : []
  const { mutate, isPending, error } = useMutation(confirmFiling(post.id, record.id))
  return (
    <form
      className="m-block m-form"
      aria-label="主要负责人确认"
      onSubmit={(event) => {
        event.preventDefault()
        const json = { revision: record.revision, name: name.trim() }
        mutate({ json, key: keyOf(json) })
      }}
    >
      <h2>主要负责人确认</h2>
      {missing.length > 0 ? (
        <div className="m-note" role="status">
          <p>还没有填完，填完后才能确认：{[...new Set(missing.map(({ detail }) => detail))].join('；')}。</p>
        </div>
      ) : (
        <>
          <TextField
            label="本人姓名"
            value={name}
            max={30}
            hint={`请输入“${me.name}”，代替签字；确认后不能再改。`}
            onChange={setName}
          />
          {error && (
            <p className="wrong" role="alert">
              {wordsOf(error)}
            </p>
          )}
          <button type="submit" className="button m-wide" disabled={isPending || name.trim() === ''}>
            {isPending ? '正在确认…' : '确认并报送'}
          </button>
        </>
      )}
    </form>
  )
}

function DecideForm({ post, record }: DeedProps) {
  const [words, setWords] = useState('')
  const keyOf = useKey()
  const { mutate, isPending, error } = useMutation(decideFiling(post.id, record.id))
  const decide = (outcome: 'approved' | 'refused') => {
    const json = { outcome, words: words.trim() || null }
    mutate({ json, key: keyOf(json) })
  }
  return (
    <form className="m-block m-form" aria-label="审批" onSubmit={(event) => event.preventDefault()}>
      <h2>审批</h2>
      {record.warnings.length > 0 && <p className="m-hint">上面有 {record.warnings.length} 条提示，请核实后再批准。</p>}
      <TextField label="意见（不批准时必填）" value={words} lines={2} max={200} onChange={setWords} />
      {error && (
        <p className="wrong" role="alert">
          {wordsOf(error)}
        </p>
      )}
      <div className="m-filing-grid">
        <button type="button" className="button plain" disabled={isPending} onClick={() => decide('refused')}>
          不批准
        </button>
        <button type="button" className="button" disabled={isPending} onClick={() => decide('approved')}>
          批准
        </button>
      </div>
    </form>
  )
}

function CloseForm({ me, post, record }: DeedProps & { me: Me }) {
  const [words, setWords] = useState('')
  const [photos, setPhotos] = useState<HeldPhoto[]>([])
  const keyOf = useKey()
  const { mutationFn: _, ...options } = closeFiling(post.id, record.id)
  const { mutate, isPending, error } = useMutation({
    ...options,
    mutationFn: async (change: Parameters<NonNullable<typeof _>>[0], context) => {
      await sendPhotos(post.id, photos)
      return _?.(change, context)
    },
  })
  return (
    <form
      className="m-block m-form"
      aria-label="完工"
      onSubmit={(event) => {
        event.preventDefault()
        const json = { words: words.trim(), photos: photos.map(({ id }) => id) }
        mutate({ json, key: keyOf(json) })
      }}
    >
      <h2>完工</h2>
      <TextField label="完工情况" value={words} lines={2} max={200} onChange={setWords} />
      <PhotoPicker
        label="作业后照片（可不拍）"
        photos={photos}
        mark={{ street: post.name, community: null, person: me.name, at: Date.now() }}
        onAdd={(more) => setPhotos((before) => [...before, ...more.map((one) => ({ ...one, streetId: post.id }))])}
        onRemove={(id) => setPhotos((before) => before.filter((one) => one.id !== id))}
      />
      {error && (
        <p className="wrong" role="alert">
          {wordsOf(error)}
        </p>
      )}
      <button type="submit" className="button m-wide" disabled={isPending || words.trim() === ''}>
        {isPending ? '正在提交…' : '确认完工'}
      </button>
    </form>
  )
}
