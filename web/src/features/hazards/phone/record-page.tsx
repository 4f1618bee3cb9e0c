import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { HazardRecord } from '@app/shared/hazards/schema'
import { categories, isOpen, keyPlaces, sectors, sources } from '@app/shared/hazards/words'
import { kinds as inspectionKinds } from '@app/shared/inspections/words'
import { lapses } from '@app/shared/risks/words'
import type { Me, Post } from '@app/shared/people/schema'
import { useOutbox } from '../../../outbox/outbox'
import { Icon } from '../../../ui/phone/icons'
import { PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { momentOf } from '../../../ui/phone/when'
import { hazardQueries } from '../queries'
import { type Doing, doings, doingsFor, nameOf } from './doings'
import { OpCards } from './op-cards'
import { PleaNote } from './plea-note'
import { RecordPhotos } from './record-photos'
import { SavedWords } from './saved-page'
import { Story } from './story'
import { DueTag, LevelTag, StateTag } from './tags'

type StreetPost = Extract<Post, { kind: 'street' }>

/** A hazard with its whole story, and the one step it waits for. */
export function RecordPage({
  me,
  post,
  hazardId,
  saved,
}: {
  me: Me
  post: StreetPost
  hazardId: string
  saved: string | undefined
}) {
  const { data: record, error, refetch } = useQuery(hazardQueries.record(post.id, hazardId))
  const back = (
    <Link
      to="/m/s/$street/hazards"
      params={{ street: post.slug }}
      activeOptions={{ exact: true }}
      className="m-back"
      aria-label="返回台账"
    >
      <Icon name="back" />
    </Link>
  )
  return (
    <PhonePage title={record?.number ?? '隐患详情'} street={post.name} back={back}>
      {saved && <Saved saved={saved} />}
      {!record && error && <Trouble error={error} retry={() => void refetch()} />}
      {!record && !error && <Waiting />}
      {record && <Record me={me} post={post} record={record} />}
    </PhonePage>
  )
}

/** What was just done: a deed that was answered at once, or one that the outbox carries. */
function Saved({ saved }: { saved: string }) {
  if (!Object.hasOwn(doings, saved)) return <SavedWords opId={saved} />
  return (
    <p role="status" className="m-saved m-saved-done">
      {/* Safe: asked just above. */}
      {doings[saved as Doing]}：已完成。
    </p>
  )
}

function Record({ me, post, record }: { me: Me; post: StreetPost; record: HazardRecord }) {
  const { ops } = useOutbox()
  const held = ops.filter(({ hazardId, userId }) => hazardId === record.id && userId === me.id)
  const { first, others } = doingsFor(record)
  // What was done here and has not arrived yet is not asked for again.
  const may = held.length === 0 && !post.suspended
  const params = { street: post.slug, hazardId: record.id }
  return (
    <>
      <div className="m-block m-lead">
        <p className="m-card-tags">
          <StateTag state={record.state} />
          <LevelTag level={record.level} />
          <DueTag hazard={record} />
          {record.round > 1 && <span className="m-tag">第 {record.round} 轮</span>}
        </p>
        <p className="m-lead-what">{record.description}</p>
        <p>{record.place}</p>
      </div>
      {held.length > 0 && <OpCards post={post} ops={held} />}
      {record.voidAsked && isOpen(record.state) && (
        <p className="m-note" role="note">
          已有人申请作废，待审核。
        </p>
      )}
      <PleaNote record={record} />
      {record.state === 'settled' && (
        <p className="m-note" role="note">
          本单位自查发现并自行整改，如实自报不作为扣分或处罚的依据；街道按比例抽查核验。
        </p>
      )}
      {may && first && (
        <Link to="/m/s/$street/hazards/$hazardId/$deed" params={{ ...params, deed: first }} className="button m-wide">
          {nameOf(first, record)}
        </Link>
      )}
      <RecordPhotos post={post} record={record} />
      <section className="m-block">
        <h2>整改要求</h2>
        {record.responsible ? (
          <dl className="m-facts">
            <Fact name="责任人">{record.responsible}</Fact>
            <Fact name="期限">{record.dueOn}</Fact>
            <Fact name="措施">{record.measures}</Fact>
            {record.funds && <Fact name="资金">{record.funds}</Fact>}
            {record.plan && <Fact name="预案">{record.plan}</Fact>}
          </dl>
        ) : (
          <p className="m-hint">
            {isOpen(record.state) ? '尚未交办。' : '未经交办。'}
            {record.dueOn && `检查时告知的期限为 ${record.dueOn}。`}
          </p>
        )}
      </section>
      {record.lapse && (
        <section className="m-block">
          <h2>管控措施</h2>
          <dl className="m-facts">
            <Fact name={lapses[record.lapse]}>{record.measure ?? '内容已按保存期限清除'}</Fact>
          </dl>
        </section>
      )}
      <section className="m-block">
        <h2>基本情况</h2>
        <dl className="m-facts">
          <Fact name="类别">{categories[record.category].label}</Fact>
          <Fact name="地点">
            {record.communityName} · {record.gridName}
          </Fact>
          {record.answering &&
            (
              [
                ['包社区', record.answering.now.leader, record.answering.found.leader],
                ['包网格', record.answering.now.cadre, record.answering.found.cadre],
              ] as const
            ).map(([name, now, found]) => (
              <Fact key={name} name={name}>
                {now ?? '现无人负责'}
                {found !== now && `（发现时：${found ?? '无'}）`}
              </Fact>
            ))}
          {record.enterpriseName && <Fact name="单位">{record.enterpriseName}</Fact>}
          <Fact name="行业">{sectors[record.sector]}</Fact>
          {record.keyPlace && <Fact name="场所">{keyPlaces[record.keyPlace]}</Fact>}
          <Fact name="来源">{sources[record.source]}</Fact>
          {record.inspection && (
            <Fact name="来自检查">
              <Link
                to="/m/s/$street/inspections/$inspectionId"
                params={{ street: post.slug, inspectionId: record.inspection.id }}
              >
                {inspectionKinds[record.inspection.kind]} {momentOf(record.inspection.at)}
              </Link>
            </Fact>
          )}
          {record.selfcheck && (
            <Fact name="来自自查">
              <Link
                to="/m/s/$street/selfchecks/$selfcheckId"
                params={{ street: post.slug, selfcheckId: record.selfcheck.id }}
              >
                {momentOf(record.selfcheck.at)}
              </Link>
            </Fact>
          )}
          {(record.inspection ?? record.selfcheck)?.basis.map(({ citation, warnings }) => (
            <Fact key={citation} name="依据">
              {citation}
              {warnings.map((warning) => `（${warning}）`)}
            </Fact>
          ))}
          <Fact name="发现">{momentOf(record.observedAt)}</Fact>
        </dl>
      </section>
      <Story post={post} record={record} />
      {may && others.length > 0 && (
        <details
          className="m-details"
          open={(record.voidAsked && others.includes('decide-void')) || others.includes('verify')}
        >
          <summary>更多操作</summary>
          <div className="m-stack">
            {others.map((doing) => (
              <Link
                key={doing}
                to="/m/s/$street/hazards/$hazardId/$deed"
                params={{ ...params, deed: doing }}
                className="button plain m-wide"
              >
                {nameOf(doing, record)}
              </Link>
            ))}
          </div>
        </details>
      )}
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
