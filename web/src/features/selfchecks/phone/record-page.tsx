import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { roles, type Role } from '@app/shared/capabilities'
import { levels, states } from '@app/shared/hazards/words'
import type { Post } from '@app/shared/people/schema'
import type { SelfcheckRecord } from '@app/shared/selfchecks/schema'
import { results } from '@app/shared/selfchecks/words'
import { useOutbox } from '../../../outbox/outbox'
import { Pictures } from '../../../photo/pictures'
import { PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { momentOf } from '../../../ui/phone/when'
import { pictureUrl } from '../../../photo/picture-url'
import { selfcheckQueries } from '../queries'

type StreetPost = Extract<Post, { kind: 'street' }>

/** A self-check with its hazards; one that is still on this phone says so, and shows once it has arrived. */
export function RecordPage({
  post,
  selfcheckId,
  saved,
}: {
  post: StreetPost
  selfcheckId: string
  saved: string | undefined
}) {
  const { ready, ops } = useOutbox()
  const held = ops.find(({ id }) => id === saved)
  const { data, error, refetch } = useQuery({
    ...selfcheckQueries.record(post.id, selfcheckId),
    enabled: ready && !held,
  })
  return (
    <PhonePage title="自查记录" street={post.name}>
      {held && (
        <p role="status" className={`m-saved m-saved-${held.state}`}>
          {held.state === 'rejected' ? `被退回：${held.problem ?? ''}` : '已保存在手机上，待上传。有网络时自动上传。'}
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
      <Link to="/m/s/$street" params={{ street: post.slug }} activeOptions={{ exact: true }} className="m-center-link">
        返回首页
      </Link>
    </PhonePage>
  )
}

function Record({ post, record }: { post: StreetPost; record: SelfcheckRecord }) {
  const found = record.lines.filter(({ result }) => result === 'fail' || result === 'fixed')
  const who = record.name ?? '（不详）'
  const mark = { street: post.name, community: record.communityName, person: record.name, at: record.observedAt }
  return (
    <>
      <p role="status" className="m-saved m-saved-done">
        自查已上报，记录不可改动。
      </p>
      <section className="m-block">
        <h2>{record.unit.name}</h2>
        <p>
          {record.month} · {record.template.title}
        </p>
        <p className="m-hint">
          自查 {record.lines.length} 项，{found.length > 0 ? `有问题 ${found.length} 项` : '全部正常'} ·{' '}
          {momentOf(record.observedAt)}
        </p>
      </section>
      {found.map(({ key, text, words, result, hazard, basis, photos, after }) => (
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
          <Pictures
            pictures={[...photos, ...after].map((id, at) => ({
              id,
              thumb: pictureUrl(post.id, id, 'thumb'),
              full: pictureUrl(post.id, id),
              alt: `${text}照片 ${at + 1}`,
              tag: at < photos.length ? '整改前' : '整改后',
              mark,
            }))}
          />
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
        <h2>确认</h2>
        <p>{record.statement}</p>
        <p className="m-hint">
          {/* Safe: a role that is not of ours stands as it is. */}
          {who} · {roles[record.role as Role]?.label ?? record.role}
        </p>
      </section>
    </>
  )
}
