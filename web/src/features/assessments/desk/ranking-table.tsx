import { moveWords } from '@app/shared/notices/rules'
import { gradeWords } from '@app/shared/schemes/schema'
import type { Ranking } from '@app/shared/schemes/snapshot'
import { Table } from 'antd'

type Score = Ranking['scores'][number]

interface RankingProps {
  readonly ranking: Ranking
  readonly chosen?: string | undefined
  readonly onChoose: (streetId: Score['streetId']) => void
}

/** The district's streets in order of their points; those without a rank are named apart. */
export function RankingTable({ ranking: { scores, scheme }, chosen, onChoose }: RankingProps) {
  const ranked = scores.filter(({ rank }) => rank !== null)
  const left = scores.filter(({ rank }) => rank === null)
  return (
    <>
      <Table<Score>
        className="ranking"
        size="middle"
        rowKey="streetId"
        dataSource={ranked}
        pagination={false}
        // An empty table has nothing to focus, and what scrolls must be reached by a keyboard.
        {...(ranked.length > 0 && { scroll: { x: 620 } })}
        locale={{ emptyText: '本期没有参与排名的街道。' }}
        rowClassName={({ streetId }) => (streetId === chosen ? 'chosen' : '')}
        onRow={({ streetId }) => ({ onClick: () => onChoose(streetId) })}
        columns={[
          { title: '名次', dataIndex: 'rank', width: '9%', align: 'right' },
          {
            title: '单位',
            dataIndex: 'name',
            width: '31%',
            render: (name: string, { streetId }) => (
              <button
                type="button"
                className="desk-link"
                aria-expanded={streetId === chosen}
                onClick={() => onChoose(streetId)}
              >
                {name}
              </button>
            ),
          },
          {
            title: '得分',
            dataIndex: 'total',
            align: 'right',
            render: (total: number) => total.toFixed(2),
          },
          { title: '较上期', render: (_, { rank, previousRank }) => moveWords(rank, previousRank) },
          { title: '等次', dataIndex: 'grade', render: (_, { grade }) => gradeWords[grade] },
          {
            title: '不适用权重',
            dataIndex: 'notApplicable',
            align: 'right',
            render: (share: number) => (share > 0 ? `${Math.round(share * 100)}%` : '—'),
          },
        ]}
      />
      {left.length > 0 && (
        <p className="left-out">
          不参与排名：
          {left.map(({ streetId, name, total, notApplicable }, at) => (
            <span key={streetId}>
              {at > 0 && '、'}
              <button type="button" className="desk-link" onClick={() => onChoose(streetId)}>
                {name}
              </button>
              （{total.toFixed(2)} 分，不适用权重 {Math.round(notApplicable * 100)}%）
            </span>
          ))}
          。不适用权重超过 {Math.round(scheme.mostNotApplicable * 100)}% 的样本不足，单列。
        </p>
      )}
    </>
  )
}
