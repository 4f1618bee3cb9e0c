import type { IndicatorCode } from '@app/shared/schemes/schema'
import type { FactsPage } from '@app/shared/schemes/snapshot'
import { Table, Tag } from 'antd'
import { Nothing } from '../../../ui/desk/answer'

type Fact = FactsPage['facts'][number]

interface FactsProps {
  readonly code: IndicatorCode
  readonly page: FactsPage
  readonly current: string | undefined
  readonly onOpen: (record: string) => void
}

/** The records behind one number, as they were frozen; what counted against the street comes first. */
export function FactsTable({ code, page: { facts, total }, current, onOpen }: FactsProps) {
  if (facts.length === 0) return <Nothing>本期没有计入该指标的记录。</Nothing>
  return (
    <>
      <p className="desk-quiet facts-count" role="status">
        共 {total} 条{total > facts.length && `，显示前 ${facts.length} 条`}，未得分的在前。
      </p>
      <Table<Fact>
        className="ranking"
        size="middle"
        rowKey={({ record, round, n }) => `${record} ${round} ${n}`}
        dataSource={facts}
        pagination={false}
        scroll={{ x: 480 }}
        rowClassName={({ record }) => (record === current ? 'chosen' : '')}
        onRow={({ record }) => ({ onClick: () => onOpen(record) })}
        columns={[
          {
            title: '隐患编号',
            dataIndex: 'label',
            render: (label: string, { record, round }) => (
              <>
                <button type="button" className="desk-link" onClick={() => onOpen(record)}>
                  {label}
                </button>
                {round > 1 && <span className="desk-quiet"> 第{round}轮</span>}
              </>
            ),
          },
          { title: '计分结果', width: '22%', render: (_, fact) => <Outcome fact={fact} /> },
          { title: '说明', width: '26%', render: (_, { value }) => lateWords(code, value) },
          { title: '分子 / 分母', width: '18%', align: 'right', render: (_, { n, d }) => `${n} / ${d}` },
        ]}
      />
    </>
  )
}

function Outcome({ fact: { n, d } }: { fact: Fact }) {
  if (n < 0) return <Tag color="warning">扣回</Tag>
  return n >= d ? <Tag color="success">计分</Tag> : <Tag color="warning">未计分</Tag>
}

/** Days late, which only C1 and C2 tell. */
function lateWords(code: IndicatorCode, value: number | null): string {
  if (value === null || (code !== 'C1' && code !== 'C2')) return '—'
  if (value === 0) return '期限当天'
  return value > 0 ? `超期 ${value} 天` : `提前 ${-value} 天`
}
