import { roles, type Role } from '@app/shared/capabilities'
import type { Post } from '@app/shared/people/schema'
import type { SelfcheckRecord } from '@app/shared/selfchecks/schema'
import { results } from '@app/shared/selfchecks/words'
import { Findings } from '../../../checklist/finding'
import { findingsOf } from '../../../checklist/going'
import { KeptRecordPage } from '../../../outbox/kept-record'
import { momentOf } from '../../../ui/phone/when'
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
  return (
    <KeptRecordPage
      title="自查记录"
      post={post}
      saved={saved}
      kept="已保存"
      query={selfcheckQueries.record(post.id, selfcheckId)}
    >
      {(record) => <Record post={post} record={record} />}
    </KeptRecordPage>
  )
}

function Record({ post, record }: { post: StreetPost; record: SelfcheckRecord }) {
  const found = findingsOf(record.lines)
  const who = record.name ?? '（不详）'
  const mark = { community: record.communityName, person: record.name, at: record.observedAt }
  return (
    <>
      <p role="status" className="m-saved m-saved-done">
        自查已上报，记录不可改动。
      </p>
      <section className="m-block">
        <h2>{record.unit.name}</h2>
        <p>
          {record.month} · {record.template.title}（第 {record.template.version} 版）
        </p>
        <p className="m-hint">
          自查 {record.lines.length} 项，{found.length > 0 ? `有问题 ${found.length} 项` : '全部正常'} ·{' '}
          {momentOf(record.observedAt)}
        </p>
      </section>
      <Findings post={post} lines={record.lines} results={results} mark={mark} />
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
