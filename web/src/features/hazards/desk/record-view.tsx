import { isFullyImplemented } from '@app/shared/hazards/rules'
import type { HazardRecord } from '@app/shared/hazards/schema'
import { categories, keyPlaces, sectors, sources } from '@app/shared/hazards/words'
import { kinds as inspectionKinds } from '@app/shared/inspections/words'
import { lapses } from '@app/shared/risks/words'
import { notableDelay } from '@app/shared/time'
import { Link } from '@tanstack/react-router'
import { Tag } from 'antd'
import type { ReactNode } from 'react'
import { Alarm } from '../../../ui/desk/alarm'
import { minuteOf } from '../../../ui/desk/times'
import type { PhotoUrl } from './photo-figure'
import { RecordPhotos } from './record-photos'
import { RecordStory } from './record-story'
import { DueDay } from './tags'
import './record.css'

interface ViewProps {
  readonly record: HazardRecord
  /** The street it belongs to, as the watermark names it. */
  readonly tenant: string
  readonly demo: boolean
  readonly url: PhotoUrl
  /** How addresses name the street; null for a district, which opens nothing else of it. */
  readonly slug: string | null
  /** A district is not told who people are. */
  readonly nameless?: boolean
  /** What can be done now, between the photos and the rest. */
  readonly children?: ReactNode
}

/** A hazard with its whole story. */
export function RecordView({ record, tenant, demo, url, slug, nameless = false, children }: ViewProps) {
  const late = Math.abs(record.receivedAt - record.observedAt) > notableDelay
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by a keyboard
    <article className="record" tabIndex={0} aria-label={record.number}>
      {children}
      <section aria-labelledby="record-photos">
        <h3 id="record-photos">整改前后对比</h3>
        <RecordPhotos record={record} tenant={tenant} demo={demo} url={url} />
      </section>
      <section aria-labelledby="record-facts">
        <h3 id="record-facts">基本情况</h3>
        <p className="record-said">{record.description}</p>
        <dl className="record-facts">
          <Fact label="单位">{record.enterpriseName ?? '不涉及单位'}</Fact>
          <Fact label="地点">{record.place}</Fact>
          <Fact label="社区网格">
            {record.communityName} · {record.gridName}
          </Fact>
          {record.answering && <Answering of={record.answering} />}
          <Fact label="类别">{categories[record.category].label}</Fact>
          <Fact label="行业领域">{sectors[record.sector]}</Fact>
          <Fact label="重点场所">{record.keyPlace ? keyPlaces[record.keyPlace] : '—'}</Fact>
          <Fact label="来源">{sources[record.source]}</Fact>
          {slug && <FoundOn record={record} street={slug} />}
          {(record.inspection ?? record.selfcheck)?.basis.map(({ citation, warnings }) => (
            <Fact key={citation} label="依据">
              {citation}
              {warnings.map((warning) => `（${warning}）`)}
            </Fact>
          ))}
          <Fact label="上报时间">
            {late
              ? `现场 ${minuteOf(record.observedAt)}，收到 ${minuteOf(record.receivedAt)}`
              : minuteOf(record.receivedAt)}
          </Fact>
        </dl>
      </section>
      <Implementations record={record} nameless={nameless} />
      {record.lapse && (
        <section aria-labelledby="record-measure">
          <h3 id="record-measure">管控措施</h3>
          <dl className="record-facts">
            <Fact label={lapses[record.lapse]} wide>
              {record.measure ?? <span className="desk-quiet">内容已按保存期限清除</span>}
            </Fact>
          </dl>
        </section>
      )}
      <section aria-labelledby="record-story">
        <h3 id="record-story">办理过程</h3>
        {nameless && <p className="desk-quiet">区级查看只显示岗位，不显示街道人员姓名。</p>}
        <RecordStory record={record} url={url} />
      </section>
      <p className="record-seal">
        第 {record.version} 版 · 记录链校验值 {record.head.slice(0, 16)}…
      </p>
    </article>
  )
}

/** The check or the self-check that it came from. */
function FoundOn({
  record: { inspection, selfcheck },
  street,
}: {
  record: Pick<HazardRecord, 'inspection' | 'selfcheck'>
  street: string
}) {
  return (
    <>
      {inspection && (
        <Fact label="来自检查">
          <Link to="/admin/s/$street/inspections/$inspectionId" params={{ street, inspectionId: inspection.id }}>
            {inspectionKinds[inspection.kind]}，{minuteOf(inspection.at)}
          </Link>
        </Fact>
      )}
      {selfcheck && (
        <Fact label="来自自查">
          <Link to="/admin/s/$street/selfchecks/$selfcheckId" params={{ street, selfcheckId: selfcheck.id }}>
            企业自查，{minuteOf(selfcheck.at)}
          </Link>
        </Fact>
      )}
    </>
  )
}

/** 双包: who answers for the place now, and who did when it was found where that was somebody else. */
function Answering({ of: { now, found } }: { of: NonNullable<HazardRecord['answering']> }) {
  return (
    <>
      {(
        [
          ['包社区领导', now.leader, found.leader],
          ['包网格干部', now.cadre, found.cadre],
        ] as const
      ).map(([label, today, then]) => (
        <Fact key={label} label={label}>
          {today ?? <Alarm>现无人负责</Alarm>}
          {then !== today && <span className="desk-quiet">（发现时：{then ?? '无'}）</span>}
        </Fact>
      ))}
    </>
  )
}

/** 五落实: who, by when, how, with what money, by what plan; and whether what the level asks for is all there. */
function Implementations({ record, nameless }: { record: HazardRecord; nameless: boolean }) {
  const grave = record.level !== 'ordinary'
  const begun = record.dueOn !== null
  const complete = isFullyImplemented(record.level, record)
  const missing = (value: string | null, asked: boolean) =>
    value ?? <span className="desk-quiet">{asked ? '未填写' : '一般隐患不要求'}</span>
  return (
    <section aria-labelledby="record-five">
      <h3 id="record-five">
        五落实
        {begun && !nameless && (
          <Tag {...(complete ? { color: 'success' } : { color: 'warning' })}>{complete ? '要素齐全' : '要素不全'}</Tag>
        )}
      </h3>
      <dl className="record-facts">
        <Fact label="责任">
          {nameless ? <span className="desk-quiet">区级不显示姓名</span> : missing(record.responsible, true)}
        </Fact>
        <Fact label="时限">
          <DueDay hazard={record} />
        </Fact>
        <Fact label="措施" wide>
          {missing(record.measures, true)}
        </Fact>
        <Fact label="资金">{missing(record.funds, grave)}</Fact>
        <Fact label="预案">{missing(record.plan, grave)}</Fact>
      </dl>
    </section>
  )
}

function Fact({ label, wide = false, children }: { label: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={wide ? 'wide' : undefined}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
