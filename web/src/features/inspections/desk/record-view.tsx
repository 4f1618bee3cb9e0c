import { itemFields } from '@app/shared/checklists/words'
import { levels, states } from '@app/shared/hazards/words'
import type { InspectionRecord, RecordLine } from '@app/shared/inspections/schema'
import { kinds } from '@app/shared/inspections/words'
import { notableDelay } from '@app/shared/time'
import { Link } from '@tanstack/react-router'
import { Alert, Tag } from 'antd'
import type { ReactNode } from 'react'
import { BasisList } from '../../../ui/desk/basis-list'
import { MarkedPhoto } from '../../../ui/desk/marked-photo'
import { Sheet } from '../../../ui/desk/page'
import { minuteOf } from '../../../ui/desk/times'
import {
  companionsOf,
  dueOf,
  erasedWords,
  findingsIn,
  inspectorsOf,
  positionWords,
  sectionsOf,
  timesOf,
} from './findings'
import { SignatureView } from './signature'
import { EndingTag, ResultTag } from './tags'
import './inspections.css'

export interface RecordProps {
  readonly record: InspectionRecord
  /** The street, as the watermark names it. */
  readonly tenant: string
  /** Where a photo of the street is read. */
  readonly url: (photoId: string) => string
}

/** A signed record with all that was found, said and signed; `slug` is the street's. */
export function RecordView({ record, tenant, url, slug }: RecordProps & { readonly slug: string }) {
  const findings = findingsIn(record)
  const { unit } = record
  const late = Math.abs(record.receivedAt - (record.signedAt ?? record.observedAt)) > notableDelay
  return (
    <>
      <Versions record={record} slug={slug} />
      <Sheet title="基本情况">
        <dl className="check-facts">
          <Fact label="被检查单位">{unit.name}</Fact>
          <Fact label="统一社会信用代码">{unit.creditCode ?? '无'}</Fact>
          <Fact label="地址">{unit.address}</Fact>
          <Fact label="社区网格">
            {record.communityName} · {record.gridName}
          </Fact>
          <Fact label="检查类型">{kinds[record.kind]}</Fact>
          <Fact label="检查人">{inspectorsOf(record)}</Fact>
          {record.companions.length > 0 && <Fact label="参加单位">{companionsOf(record)}</Fact>}
          <Fact label="检查时间">
            {timesOf(record)}
            {late && `，收到 ${minuteOf(record.receivedAt)}`}
          </Fact>
          <Fact label="检查表">
            {record.template.title}（第 {record.template.version} 版）
          </Fact>
          <Fact label="到场定位">{positionWords(record.position)}</Fact>
          <Fact label="记录编号">{record.id}</Fact>
        </dl>
      </Sheet>
      <Sheet title={findings.length > 0 ? `发现问题 ${findings.length} 项` : '发现问题'}>
        {findings.length === 0 && <p>各项检查未发现问题。</p>}
        <ol className="check-findings">
          {findings.map((line) => (
            <Finding key={line.key} line={line} record={record} tenant={tenant} url={url} slug={slug} />
          ))}
        </ol>
      </Sheet>
      <Sheet title="逐项结果">
        {sectionsOf(record).map(({ title, lines }) => (
          <section key={title} className="check-section">
            <h3>{title}</h3>
            <ul>
              {lines.map(({ key, text, result }) => (
                <li key={key}>
                  <span>{text}</span>
                  <ResultTag result={result} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </Sheet>
      <Sheet title="签字">
        <dl className="check-facts">
          <Fact label="检查人">
            <SignatureView signature={record.signature} name={record.inspectors[0]?.name ?? null} url={url} />
          </Fact>
          <Fact label="被检查单位">
            <UnitEnd record={record} url={url} />
          </Fact>
        </dl>
        <p className="check-seal">
          第 {record.version} 版 · 签字后不能改动 · 校验值 {record.hash.slice(0, 16)}…
        </p>
      </Sheet>
    </>
  )
}

/** Its other versions, and what this one changed. */
function Versions({ record, slug }: { record: InspectionRecord; slug: string }) {
  const { versions, changes } = record
  if (versions.length < 2) return null
  return (
    <>
      {record.supersededBy && (
        <Alert type="warning" showIcon title="这一版已经更正，不再使用，仅供查阅" className="check-superseded" />
      )}
      <Sheet title="版本">
        <p>
          {versions.map(({ id, version, receivedAt }) => (
            <span key={id} className="check-version">
              {id === record.id ? (
                <b>第 {version} 版（正在查看）</b>
              ) : (
                <Link
                  className="desk-link"
                  to="/admin/s/$street/inspections/$inspectionId"
                  params={{ street: slug, inspectionId: id }}
                >
                  第 {version} 版（{minuteOf(receivedAt)}）
                </Link>
              )}
            </span>
          ))}
        </p>
        {changes && (
          <>
            <p>更正原因：{record.why ?? erasedWords}</p>
            {changes.length === 0 && <p className="desk-quiet">内容没有变化，只重新签了字。</p>}
            {changes.length > 0 && (
              <table className="check-changes" aria-label="更正了什么">
                <thead>
                  <tr>
                    <th scope="col">项目</th>
                    <th scope="col">更正前</th>
                    <th scope="col">更正后</th>
                  </tr>
                </thead>
                <tbody>
                  {changes.map(({ what, before, after }) => (
                    <tr key={what}>
                      <th scope="row">{what}</th>
                      <td>
                        <del>{before}</del>
                      </td>
                      <td>{after}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </>
        )}
      </Sheet>
    </>
  )
}

function Finding({ line, record, tenant, url, slug }: RecordProps & { line: RecordLine; slug: string }) {
  const mark = [tenant, record.communityName, minuteOf(record.observedAt)].join(' · ')
  const pictures = [
    ...line.photos.map((id) => ({ id, stage: '整改前' })),
    ...line.after.map((id) => ({ id, stage: '整改后' })),
  ]
  return (
    <li>
      <p className="check-finding-head">
        <ResultTag result={line.result} />
        <b>{line.text}</b>
      </p>
      <p className="check-words">{line.words ?? erasedWords}</p>
      <dl className="check-facts">
        <Fact label={itemFields.basis}>
          <BasisList lines={line.basis} />
        </Fact>
        <Fact label="整改期限">{line.result === 'fixed' ? '已当场整改' : (dueOf(line) ?? '未定')}</Fact>
        <Fact label="隐患">
          {line.hazard ? (
            <>
              <Link to="/admin/s/$street/hazards" params={{ street: slug }} search={{ record: line.hazard.id }}>
                {line.hazard.number}
              </Link>{' '}
              <Tag {...(line.hazard.level !== 'ordinary' && { color: 'error' })}>{levels[line.hazard.level]}</Tag>
              <Tag>{states[line.hazard.state]}</Tag>
            </>
          ) : (
            '未登记'
          )}
        </Fact>
      </dl>
      {pictures.length > 0 && (
        <div className="check-photos">
          {pictures.map(({ id, stage }, at) => (
            <MarkedPhoto
              key={`${stage}${id}`}
              src={url(id)}
              alt={`${stage}照片 ${at + 1}`}
              mark={`${stage} · ${mark}`}
            />
          ))}
        </div>
      )}
    </li>
  )
}

function UnitEnd({ record, url }: Pick<RecordProps, 'record' | 'url'>) {
  const { ending } = record
  if (ending === null) {
    return (
      <>
        <EndingTag ending={record.ended} />
        <span className="desk-quiet">姓名与签名已按规定删除</span>
      </>
    )
  }
  if (ending.how === 'refused') {
    return (
      <>
        <EndingTag ending="refused" />
        <span>
          原因：{ending.reason}；见证人：{ending.witness}
        </span>
      </>
    )
  }
  return (
    <>
      <SignatureView signature={ending.signature} name={ending.name} url={url} />
      <span>
        现场负责人：{ending.name}；意见：{ending.opinion ?? '无'}
      </span>
    </>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
