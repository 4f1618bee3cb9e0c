import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { results } from '@app/shared/checklists/words'
import { levels, states } from '@app/shared/hazards/words'
import type { InspectionRecord, Signature } from '@app/shared/inspections/schema'
import { kinds } from '@app/shared/inspections/words'
import type { Post } from '@app/shared/people/schema'
import { useOutbox } from '../../../outbox/outbox'
import { Image } from '../../../photo/image'
import { PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { momentOf } from '../../../ui/phone/when'
import { pictureUrl } from '../../../photo/picture-url'
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
  const { ready, ops } = useOutbox()
  const held = ops.find(({ id }) => id === saved)
  const { data, error, refetch } = useQuery({
    ...inspectionQueries.record(post.id, inspectionId),
    enabled: ready && !held,
  })
  return (
    <PhonePage title="检查记录" street={post.name}>
      {held && (
        <p role="status" className={`m-saved m-saved-${held.state}`}>
          {held.state === 'rejected'
            ? `被退回：${held.problem ?? ''}`
            : '已签署并保存在手机上，待上传。有网络时自动上传。'}
        </p>
      )}
      {held && (
        <Link to="/m/s/$street/outbox" params={{ street: post.slug }} className="button plain m-wide">
          {held.state === 'rejected' ? '去处理' : '查看待上传'}
        </Link>
      )}
      {!held && error && <Trouble error={error} retry={() => void refetch()} />}
      {!held && !data && !error && <Waiting />}
      {!held && data && <Record post={post} record={data} />}
    </PhonePage>
  )
}

function Record({ post, record }: { post: StreetPost; record: InspectionRecord }) {
  const found = record.lines.filter(({ result }) => result === 'fail' || result === 'fixed')
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
          {kinds[record.kind]} · {record.template.title}
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
      {found.map(({ key, text, words, result, hazard, basis }) => (
        <section key={key} className="m-block">
          <h2>{text}</h2>
          <p>
            {results[result]}
            {words && `：${words}`}
          </p>
          {basis.map(({ citation, warnings }) => (
            <p key={citation} className="m-hint">
              依据：{citation}
              {warnings.map((warning) => `（${warning}）`)}
            </p>
          ))}
          {hazard && (
            <Link
              to="/m/s/$street/hazards/$hazardId"
              params={{ street: post.slug, hazardId: hazard.id }}
              className="m-link"
            >
              {hazard.number} · {levels[hazard.level]} · {states[hazard.state]}
              {hazard.dueOn && ` · ${hazard.dueOn} 前整改`}
            </Link>
          )}
        </section>
      ))}
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
