import { useEffect, useState } from 'react'
import { Link } from '@tanstack/react-router'
import type { PhotoId } from '@app/shared/ids'
import { useOutbox } from '../../../outbox/outbox'
import { heldPhoto } from '../../../outbox/queue'
import type { Op } from '../../../outbox/rules'
import { BlobImage } from '../../../photo/blob-image'
import { momentOf } from '../../../ui/phone/when'

const kinds = {
  file: '上报隐患',
  inspect: '检查记录',
  correct: '更正检查记录',
  selfcheck: '自查上报',
  rectify: '填报整改',
  recheck: '复查',
  object: '提出异议',
  verify: '抽查核验',
} as const satisfies Record<Op['kind'], string>

/** Where a deed on this phone stands, in words. */
export function useStanding(): (op: Op) => { words: string; tone: 'sending' | 'waiting' | 'rejected' } {
  const { sending } = useOutbox()
  return (op) => {
    if (op.state === 'rejected') return { words: '被退回', tone: 'rejected' }
    if (op.id === sending) {
      return { words: `上传中（照片 ${op.sent.length}/${op.photoIds.length}）`, tone: 'sending' }
    }
    return { words: '待上传', tone: 'waiting' }
  }
}

/** Deeds that are still on this phone, each a way to where they are dealt with. */
export function OpCards({ post, ops }: { post: { slug: string }; ops: readonly Op[] }) {
  return (
    <ul className="m-cards">
      {ops.map((op) => (
        <li key={op.id}>
          <Link to="/m/s/$street/outbox" params={{ street: post.slug }} className="m-card">
            <OpWords op={op} />
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** What a deed on this phone is, in a card. */
export function OpWords({ op }: { op: Op }) {
  const { words, tone } = useStanding()(op)
  return (
    <>
      <span className="m-card-picture">
        <HeldPicture id={op.photoIds[0]} />
      </span>
      <span className="m-card-words">
        <span className="m-card-tags">
          <span className={`m-tag m-tag-${tone}`}>{words}</span>
          <span className="m-card-kind">{kinds[op.kind]}</span>
        </span>
        <span className="m-card-what">{op.title}</span>
        <span className="m-card-foot">保存于 {momentOf(op.at)}</span>
        {op.problem && <span className="wrong">{op.problem}</span>}
      </span>
    </>
  )
}

function HeldPicture({ id }: { id: PhotoId | undefined }) {
  const [blob, setBlob] = useState<Blob | null>(null)
  useEffect(() => {
    let gone = false
    if (id) void heldPhoto(id).then((photo) => !gone && setBlob(photo?.blob ?? null))
    return () => {
      gone = true
    }
  }, [id])
  return blob ? <BlobImage blob={blob} alt="" /> : <span>无照片</span>
}
