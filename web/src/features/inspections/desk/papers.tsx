import { results } from '@app/shared/checklists/words'
import { levels, states } from '@app/shared/hazards/words'
import type { InspectionRecord, RecordLine, Signature } from '@app/shared/inspections/schema'
import { kinds } from '@app/shared/inspections/words'
import { dayOf } from '@app/shared/time'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { minuteOf } from '../../../ui/desk/times'
import { pictureUrl } from '../../../photo/picture-url'
import '../../../ui/desk/papers.css'

interface Props {
  readonly record: InspectionRecord
  readonly street: { readonly id: string; readonly name: string; readonly slug: string }
}

const isFinding = ({ result }: RecordLine) => result === 'fail' || result === 'fixed'

/**
 * The two papers of a check, as they are signed and printed. A street has no power to punish: neither of them decides
 * anything against the unit.
 */
export function Papers({ record, street }: Props) {
  const [chosen, setChosen] = useState<'record' | 'letter'>('record')
  const findings = record.lines.filter(isFinding)
  const print = (paper: 'record' | 'letter') => {
    flushSync(() => setChosen(paper))
    globalThis.print()
  }
  return (
    <div className="papers" data-print={chosen}>
      <p>
        <Button onClick={() => print('record')}>打印检查记录</Button>{' '}
        {findings.length > 0 && <Button onClick={() => print('letter')}>打印整改告知单</Button>}
      </p>
      <RecordPaper record={record} street={street} />
      {findings.length > 0 && <LetterPaper record={record} street={street} findings={findings} />}
    </div>
  )
}

function Unit({ record, street }: Props) {
  const { unit } = record
  const rows = [
    ['检查单位', street.name],
    ['被检单位', unit.name],
    ['地址', unit.address],
    ['统一社会信用代码', unit.creditCode ?? '—'],
    ['社区 / 网格', `${record.communityName} / ${record.gridName}`],
    ['检查类型', kinds[record.kind]],
    ['检查时间', minuteOf(record.observedAt)],
    ['检查人', record.inspectors.map(({ name }) => name ?? '已离岗人员').join('、')],
    ['检查表', `${record.template.title}（第 ${record.template.version} 版）`],
  ] as const
  return (
    <table>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function RecordPaper({ record, street }: Props) {
  return (
    <article className="paper paper-record" aria-label="检查记录">
      <h2>安全生产检查记录</h2>
      {record.supersededBy && <p>本版已被更正，不再有效。</p>}
      {record.supersedes && (
        <p>
          第 {record.version} 版，更正原因：{record.why ?? '（已按规定清除）'}
        </p>
      )}
      <Unit record={record} street={street} />
      <table>
        <thead>
          <tr>
            <th scope="col">检查内容</th>
            <th scope="col">结果</th>
            <th scope="col">问题与依据</th>
          </tr>
        </thead>
        <tbody>
          {record.lines.map((line) => (
            <tr key={line.key}>
              <td>{line.text}</td>
              <td>{results[line.result]}</td>
              <td>{isFinding(line) && <FindingCell line={line} street={street} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Signatures record={record} street={street} />
      <p className="paper-note">记录签署后不再改动。校验值 {record.hash.slice(0, 16)}。</p>
    </article>
  )
}

function FindingCell({ line, street }: { line: RecordLine; street: Props['street'] }) {
  const { words, basis, hazard, photos, after, suspected } = line
  return (
    <>
      <p>
        {words ?? '（已按规定清除）'}
        {suspected && '（疑似重大，由有权部门认定）'}
      </p>
      <Basis basis={basis} />
      {hazard && (
        <p>
          隐患编号{' '}
          <Link to="/admin/s/$street/hazards" params={{ street: street.slug }} search={{ record: hazard.id }}>
            {hazard.number}
          </Link>
          （{levels[hazard.level]}，{states[hazard.state]}）
        </p>
      )}
      <Photos ids={[...photos, ...after]} street={street} of={line.text} />
    </>
  )
}

function Basis({ basis }: Pick<RecordLine, 'basis'>) {
  return basis.map(({ citation, warnings }) => (
    <p key={citation} className="paper-note">
      依据：{citation}
      {warnings.map((warning) => `（${warning}）`)}
    </p>
  ))
}

function Photos({ ids, street, of }: { ids: readonly string[]; street: Props['street']; of: string }) {
  if (ids.length === 0) return null
  return (
    <div className="paper-photos">
      {ids.map((id, at) => (
        <img key={id} src={pictureUrl(street.id, id)} alt={`${of}：照片 ${at + 1}`} />
      ))}
    </div>
  )
}

function LetterPaper({ record, street, findings }: Props & { findings: readonly RecordLine[] }) {
  return (
    <article className="paper paper-letter" aria-label="整改告知单">
      <h2>隐患整改告知单</h2>
      <p>{record.unit.name}：</p>
      <p>
        {dayOf(record.observedAt)}，{street.name}在检查中发现你单位存在以下问题，请按期整改，并将整改情况报{street.name}
        复查。
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">序号</th>
            <th scope="col">问题与依据</th>
            <th scope="col">整改期限</th>
          </tr>
        </thead>
        <tbody>
          {findings.map((line, at) => (
            <tr key={line.key}>
              <td>{at + 1}</td>
              <td>
                <FindingCell line={line} street={street} />
              </td>
              <td>{line.result === 'fixed' ? '已当场整改，待复查' : (line.dueOn ?? '—')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Signatures record={record} street={street} />
      <p className="paper-note">本单为整改告知，不是行政处罚文书。</p>
    </article>
  )
}

function Signatures({ record, street }: Props) {
  const { ending } = record
  return (
    <div className="paper-signatures">
      <div>
        检查人签字：
        <Signed signature={record.signature} street={street} of="检查人签字" />
      </div>
      {ending?.how === 'signed' && (
        <div>
          单位签字（{ending.name}）：
          <Signed signature={ending.signature} street={street} of="单位签字" />
          {ending.opinion && <p>单位意见：{ending.opinion}</p>}
        </div>
      )}
      {ending?.how === 'refused' && (
        <div>
          单位拒签。理由：{ending.reason}。见证人：{ending.witness}
        </div>
      )}
    </div>
  )
}

function Signed({ signature, street, of }: { signature: Signature | null; street: Props['street']; of: string }) {
  if (!signature) return <span>（已按规定清除）</span>
  if (signature.how === 'typed') return <span>{signature.name}（输入姓名）</span>
  return <img src={pictureUrl(street.id, signature.photo)} alt={of} />
}
