import { results } from '@app/shared/checklists/words'
import { kinds } from '@app/shared/inspections/words'
import { notableDelay } from '@app/shared/time'
import { minuteOf } from '../../../ui/desk/times'
import {
  citationsOf,
  companionsOf,
  findingsIn,
  handlingOf,
  inspectorsOf,
  papers,
  positionWords,
  sectionsOf,
  sentenceOf,
  timesOf,
} from './findings'
import { PaperFrame } from './paper'
import type { RecordProps } from './record-view'

/** 检查记录: who looked at what and when, every item with its result, and what was found. */
export function CheckPaper(props: RecordProps) {
  const { record } = props
  const { unit } = record
  const findings = findingsIn(record)
  const late = Math.abs(record.receivedAt - (record.signedAt ?? record.observedAt)) > notableDelay
  return (
    <PaperFrame {...props} title={papers.check}>
      <table>
        <tbody>
          <tr>
            <th scope="row">被检查单位</th>
            <td>{unit.name}</td>
            <th scope="row">统一社会信用代码</th>
            <td>{unit.creditCode ?? '无'}</td>
          </tr>
          <tr>
            <th scope="row">地址</th>
            <td>{unit.address}</td>
            <th scope="row">社区网格</th>
            <td>
              {record.communityName} {record.gridName}
            </td>
          </tr>
          <tr>
            <th scope="row">检查类型</th>
            <td>{kinds[record.kind]}</td>
            <th scope="row">检查时间</th>
            <td>
              {timesOf(record)}
              {late && `（上传时间 ${minuteOf(record.receivedAt)}）`}
            </td>
          </tr>
          <tr>
            <th scope="row">检查人</th>
            <td>
              {inspectorsOf(record)}
              {record.companions.length > 0 && <div>参加：{companionsOf(record)}</div>}
            </td>
            <th scope="row">到场定位</th>
            <td>{positionWords(record.position)}</td>
          </tr>
        </tbody>
      </table>
      {record.why !== null && <p>更正原因：{record.why}</p>}
      <h3>
        检查内容：{record.template.title}（第 {record.template.version} 版）
      </h3>
      <table className="paper-items">
        <thead>
          <tr>
            <th scope="col">检查项</th>
            <th scope="col">依据</th>
            <th scope="col">结果</th>
          </tr>
        </thead>
        {sectionsOf(record).map(({ title, lines }) => (
          <tbody key={title}>
            <tr>
              <th scope="rowgroup" colSpan={3}>
                {title}
              </th>
            </tr>
            {lines.map(({ key, text, basis, result }) => (
              <tr key={key}>
                <td>{text}</td>
                <td>{citationsOf(basis)}</td>
                <td className="paper-result">{results[result]}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      <h3>发现问题和处理</h3>
      {findings.length === 0 && <p>各项检查未发现问题。</p>}
      <ol>
        {findings.map((line) => (
          <li key={line.key}>
            {sentenceOf(line)}
            {line.result === 'fixed' ? '已当场整改。' : `整改期限：${handlingOf(line)}。`}
            {line.hazard && `隐患编号：${line.hazard.number}。`}
          </li>
        ))}
      </ol>
      {record.ending?.how === 'signed' && <p>被检查单位意见：{record.ending.opinion ?? '无'}</p>}
    </PaperFrame>
  )
}
