import { Link } from '@tanstack/react-router'
import { results } from '@app/shared/checklists/words'
import type { InspectionRecord, Signature } from '@app/shared/inspections/schema'
import { kinds } from '@app/shared/inspections/words'
import type { Post } from '@app/shared/people/schema'
import { Findings } from '../../../checklist/finding'
import { findingsOf } from '../../../checklist/going'
import { KeptRecordPage } from '../../../outbox/kept-record'
import { Image } from '../../../photo/image'
import { pictureUrl } from '../../../photo/picture-url'
import { momentOf } from '../../../ui/phone/when'
import { inspectionQueries } from '../queries'
import './inspections.css'

type StreetPost = Extract<Post, { kind: 'street' }>

/** A signed check with its hazards; one that is still on this phone says so, and shows once it has arrived. */
export function InspectionPage({
  post,
  inspectionId,
  saved,
}: {
  post: StreetPost
  inspectionId: string
  saved: string | undefined
}) {
  return (
    <KeptRecordPage
      title="检查记录"
      post={post}
      saved={saved}
      kept="已签署并保存"
      query={inspectionQueries.record(post.id, inspectionId)}
    >
      {(record) => <Record post={post} record={record} />}
    </KeptRecordPage>
  )
}

function Record({ post, record }: { post: StreetPost; record: InspectionRecord }) {
  const found = findingsOf(record.lines)
  const { ending } = record
  return (
    <>
      {record.supersededBy ? (
        <p role="status" className="m-saved">
          这一版已被更正，不再有效。
        </p>
      ) : (
        <p role="status" className="m-saved m-saved-done">
          已签署，记录不可改动；如需更正，请另签一版。
        </p>
      )}
      <section className="m-block">
        <h2>{record.unit.name}</h2>
        <p>{record.unit.address}</p>
        <p className="m-hint">
          {kinds[record.kind]} · {record.template.title}（第 {record.template.version} 版）
        </p>
        <p className="m-hint">
          到场 {momentOf(record.observedAt)}
          {record.signedAt !== null && ` · 签字 ${momentOf(record.signedAt)}`}
          {record.position && ` · 已记到场位置`}
        </p>
        <p className="m-hint">
          {record.communityName} · {record.gridName} · 检查 {record.lines.length} 项，问题 {found.length} 项
        </p>
      </section>
      {record.changes && <Changes record={record} />}
      {record.versions.length > 1 && <Versions post={post} record={record} />}
      <Findings
        post={post}
        lines={record.lines}
        results={results}
        mark={{
          community: record.communityName,
          person: record.inspectors[0]?.name ?? null,
          at: record.observedAt,
        }}
      />
      <section className="m-block">
        <h2>签字</h2>
        <p>检查人：{record.inspectors.map(({ name }) => name ?? '（不详）').join('、')}</p>
        {record.companions.length > 0 && (
          <p>参加单位：{record.companions.map(({ unit, name }) => `${unit} ${name}`).join('、')}</p>
        )}
        <Signed street={post} of="检查人签字" signature={record.signature} />
        {ending?.how === 'signed' && (
          <>
            <p>现场负责人：{ending.name}</p>
            <Signed street={post} of="单位签字" signature={ending.signature} />
            {ending.opinion && <p>单位意见：{ending.opinion}</p>}
          </>
        )}
        {ending?.how === 'refused' && (
          <p>
            单位拒签：{ending.reason}。见证人：{ending.witness}
          </p>
        )}
      </section>
      {record.own && !record.supersededBy && post.capabilities.includes('inspection.correct') && !post.suspended && (
        <Link
          to="/m/s/$street/corrections/$inspectionId"
          params={{ street: post.slug, inspectionId: record.id }}
          className="button plain m-wide"
        >
          更正这份记录
        </Link>
      )}
    </>
  )
}

/** What this version says otherwise than the one before it, and why. */
function Changes({ record }: { record: InspectionRecord }) {
  return (
    <section className="m-block">
      <h2>更正了什么</h2>
      <p>原因：{record.why ?? '（已按规定清除）'}</p>
      {record.changes?.length === 0 && <p className="m-hint">内容没有变化，只重新签了字。</p>}
      {record.changes?.map(({ what, before, after }) => (
        <div key={what} className="m-change">
          <p>{what}</p>
          <p className="m-hint">原：{before}</p>
          <p>现：{after}</p>
        </div>
      ))}
    </section>
  )
}

function Versions({ post, record }: { post: StreetPost; record: InspectionRecord }) {
  return (
    <section className="m-block">
      <h2>各版本</h2>
      {record.versions.map(({ id, version, receivedAt }) =>
        id === record.id ? (
          <p key={id}>第 {version} 版（正在查看）</p>
        ) : (
          <Link
            key={id}
            to="/m/s/$street/inspections/$inspectionId"
            params={{ street: post.slug, inspectionId: id }}
            className="m-link"
          >
            第 {version} 版，{momentOf(receivedAt)}
          </Link>
        ),
      )}
    </section>
  )
}

function Signed({ street, of, signature }: { street: StreetPost; of: string; signature: Signature | null }) {
  if (!signature) return <p className="m-hint">签字已按规定清除。</p>
  if (signature.how === 'typed') return <p>（输入姓名）{signature.name}</p>
  return (
    <span className="m-signed">
      <Image src={pictureUrl(street.id, signature.photo)} alt={of} />
    </span>
  )
}
