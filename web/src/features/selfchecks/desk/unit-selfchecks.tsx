import type { SelfcheckCard } from '@app/shared/selfchecks/schema'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Table } from 'antd'
import { Answer } from '../../../ui/desk/answer'
import { minuteOf } from '../../../ui/desk/times'
import { selfcheckQueries } from '../queries'

/** What a unit has said of itself, in its file. */
export function UnitSelfchecks({
  streetId,
  slug,
  enterpriseId,
}: {
  streetId: string
  slug: string
  enterpriseId: string
}) {
  const list = useInfiniteQuery(selfcheckQueries.list(streetId, enterpriseId))
  return (
    <Answer of={list}>
      {({ pages }) => (
        <>
          <Table<SelfcheckCard>
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={pages.flatMap(({ items }) => items)}
            locale={{ emptyText: '还没有自查记录。' }}
            columns={[
              {
                title: '月份',
                width: 96,
                dataIndex: 'month',
                render: (month: string, { id }) => (
                  <Link to="/admin/s/$street/selfchecks/$selfcheckId" params={{ street: slug, selfcheckId: id }}>
                    {month}
                  </Link>
                ),
              },
              { title: '收到', dataIndex: 'receivedAt', render: minuteOf },
              { title: '确认人', dataIndex: 'name', render: (name: string | null) => name ?? '已离岗人员' },
              {
                title: '结果',
                dataIndex: 'findings',
                render: (findings: number, { settled }) =>
                  findings === 0 ? '全部正常' : `有问题 ${findings} 项，其中已改好 ${settled} 项`,
              },
            ]}
          />
          {list.hasNextPage && (
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              更早的自查
            </Button>
          )}
        </>
      )}
    </Answer>
  )
}
