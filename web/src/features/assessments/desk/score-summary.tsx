import { moveWords } from '@app/shared/notices/rules'
import { dayWords } from '@app/shared/notices/rules'
import { gradeWords, type Scheme } from '@app/shared/schemes/schema'
import type { OwnScore, Snapshot } from '@app/shared/schemes/snapshot'

/** The outcome of a street's period in four figures. */
export function ScoreSummary({ score }: { score: OwnScore['score'] }) {
  return (
    <dl className="score-sum">
      <div>
        <dt>总分</dt>
        <dd>
          {score.total.toFixed(2)} <small>/ 100</small>
        </dd>
      </div>
      <div>
        <dt>名次</dt>
        <dd>{score.rank === null ? '不参与排名' : `第 ${score.rank} 名`}</dd>
      </div>
      <div>
        <dt>较上期</dt>
        <dd>{moveWords(score.rank, score.previousRank)}</dd>
      </div>
      <div>
        <dt>等次</dt>
        <dd>{gradeWords[score.grade]}</dd>
      </div>
      {score.notApplicable > 0 && (
        <div>
          <dt>不适用权重</dt>
          <dd>{Math.round(score.notApplicable * 100)}%</dd>
        </div>
      )}
    </dl>
  )
}

/** By which rules and from which frozen data the points were made; anyone can check them by these. */
export function SnapshotLine({ snapshot, scheme }: { snapshot: Snapshot; scheme: Scheme }) {
  return (
    <p className="snapshot">
      {scheme.title}。数据截止 {dayWords(snapshot.cutoffAt - 1)} 24 时，共 {snapshot.factCount} 条原始记录，快照第{' '}
      {snapshot.revision} 版。得分校验值 {snapshot.scoresHash}；原始记录校验值 {snapshot.factsHash}。
    </p>
  )
}
