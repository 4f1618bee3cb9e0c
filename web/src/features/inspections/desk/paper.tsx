import { dayOf } from '@app/shared/time'
import type { ReactNode } from 'react'
import { minuteOf } from '../../../ui/desk/times'
import { companionsOf, dayWords, inspectorsOf, picturesOf } from './findings'
import type { RecordProps } from './record-view'
import { SignatureView } from './signature'

/** A paper of a record as it is printed on A4, upright, with both signatures and the photos at its end. */
export function PaperFrame({
  title,
  record,
  tenant,
  url,
  children,
}: RecordProps & { readonly title: string; readonly children: ReactNode }) {
  return (
    <article className="paper" aria-label={title}>
      <h2>{tenant}</h2>
      <p className="paper-title">{title}</p>
      <p className="paper-number">
        <span>记录编号：{record.id}</span>
        <span>第 {record.version} 版</span>
      </p>
      {record.supersededBy && <p className="paper-void">这份记录已经更正，不再使用，仅供查阅。</p>}
      {children}
      <Signatures record={record} url={url} />
      <Photos record={record} tenant={tenant} url={url} />
    </article>
  )
}

/** Both ends of a record: the inspectors' and the unit's, or why the unit did not sign. */
function Signatures({ record, url }: Pick<RecordProps, 'record' | 'url'>) {
  const { ending } = record
  const day = dayWords(dayOf(record.observedAt))
  return (
    <div className="paper-signatures">
      <div>
        <p>检查人：{inspectorsOf(record)}</p>
        {record.companions.length > 0 && <p>参加单位：{companionsOf(record)}</p>}
        <p>
          签名：
          <SignatureView signature={record.signature} name={record.inspectors[0]?.name ?? null} url={url} />
        </p>
        <p>{day}</p>
      </div>
      <div>
        {ending?.how === 'signed' && (
          <>
            <p>被检查单位现场负责人：{ending.name}</p>
            <p>
              签名：
              <SignatureView signature={ending.signature} name={ending.name} url={url} />
            </p>
            <p>{day}</p>
          </>
        )}
        {ending?.how === 'refused' && (
          <>
            <p>被检查单位拒绝签字。</p>
            <p>原因：{ending.reason}</p>
            <p>见证人：{ending.witness}</p>
          </>
        )}
        {ending === null && (
          <p>{record.ended === 'signed' ? '被检查单位已签字' : '被检查单位拒绝签字'}，姓名与签名已按规定删除。</p>
        )}
      </div>
    </div>
  )
}

function Photos({ record, tenant, url }: RecordProps) {
  const mark = [tenant, record.communityName, minuteOf(record.observedAt)].join(' · ')
  const pictures = picturesOf(record)
  if (pictures.length === 0) return null
  return (
    <section className="paper-photos">
      <h3>现场照片</h3>
      <div>
        {pictures.map(({ id, key, words }) => (
          <figure key={key}>
            <img src={url(id)} alt={words} />
            <figcaption>
              {words} · {mark}
            </figcaption>
          </figure>
        ))}
      </div>
    </section>
  )
}
