import { kinds } from '@app/shared/inspections/words'
import { dayOf } from '@app/shared/time'
import { citationsOf, dayWords, erasedWords, findingsIn, handlingOf, papers } from './findings'
import { PaperFrame } from './paper'
import type { RecordProps } from './record-view'

/** 隐患整改告知单: tells the unit what to put right and by when. It orders and punishes nothing. */
export function NoticePaper(props: RecordProps) {
  const { record, tenant } = props
  const findings = findingsIn(record)
  const open = findings.filter(({ result }) => result === 'fail').length
  return (
    <PaperFrame {...props} title={papers.notice}>
      <p>{record.unit.name}：</p>
      <p className="paper-indent">
        {dayWords(dayOf(record.observedAt))}，{tenant}对你单位开展{kinds[record.kind]}，发现下列安全隐患{' '}
        {findings.length} 项{open < findings.length && `，其中 ${findings.length - open} 项已当场整改`}。
        {open > 0 && '请在期限前完成整改，整改前采取防范措施，整改后告知检查人员复查。'}
      </p>
      <table className="paper-findings">
        <thead>
          <tr>
            <th scope="col">序号</th>
            <th scope="col">隐患</th>
            <th scope="col">依据</th>
            <th scope="col">整改期限</th>
          </tr>
        </thead>
        <tbody>
          {findings.map((line, at) => (
            <tr key={line.key}>
              <td>{at + 1}</td>
              <td>
                {line.words ?? erasedWords}
                {line.suspected && '（疑似重大隐患）'}
                {line.hazard && <div>编号：{line.hazard.number}</div>}
              </td>
              <td>{citationsOf(line.basis)}</td>
              <td>{handlingOf(line)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {findings.some(({ suspected }) => suspected) && (
        <p className="paper-indent">
          标为疑似重大隐患的，是否构成重大隐患由有权部门认定；认定之前，请先采取防范措施，保证安全。
        </p>
      )}
      <p className="paper-indent">
        本单告知整改事项，不是行政处罚文书。对所列问题有不同意见的，可以向检查人员或街道说明。
      </p>
    </PaperFrame>
  )
}
