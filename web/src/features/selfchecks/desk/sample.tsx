import type { SamplePage } from '@app/shared/selfchecks/schema'
import { honest } from '@app/shared/selfchecks/words'
import { useQuery } from '@tanstack/react-query'
import { Button, Table, Tag } from 'antd'
import { Answer } from '../../../ui/desk/answer'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import { minuteOf } from '../../../ui/desk/times'
import { selfcheckQueries } from '../queries'

/** 抽查核验: what units put right themselves and is proposed to be looked at by somebody else. */
export function Sample({ streetId, onOpen }: { streetId: string; onOpen: (hazardId: string) => void }) {
  const asked = useQuery(selfcheckQueries.sample(streetId))
  return (
    <Answer of={asked}>
      {({ share, seed, since, all, items }) => (
        <>
          <p>
            {since} 以来自查自改 {all} 条，按 {share}% 抽出 {items.length} 条，请由他人核验。{honest}
          </p>
          <p className="desk-quiet sample-how">
            抽取办法：种子“{seed}”与隐患编号合算 SHA-256，落在前 {share}% 的抽出；同样的种子任何人可重算。
          </p>
          <ScrollBox label="抽查核验" least={720}>
            <Table<SamplePage['items'][number]>
              size="middle"
              rowKey="id"
              dataSource={items}
              pagination={false}
              locale={{ emptyText: '近期没有抽出的自查自改隐患。' }}
              columns={[
                {
                  title: '编号',
                  dataIndex: 'number',
                  width: 200,
                  render: (number: string, { id }) => (
                    <Button type="link" onClick={() => onOpen(id)}>
                      {number}
                    </Button>
                  ),
                },
                { title: '单位', dataIndex: 'enterpriseName', width: 200, render: (name: string | null) => name ?? '' },
                { title: '描述', dataIndex: 'description' },
                { title: '上报时间', dataIndex: 'receivedAt', width: 160, render: minuteOf },
                {
                  title: '核验',
                  dataIndex: 'verified',
                  width: 110,
                  render: (verified: boolean) =>
                    verified ? <Tag color="success">已核验</Tag> : <Tag color="warning">待核验</Tag>,
                },
              ]}
            />
          </ScrollBox>
        </>
      )}
    </Answer>
  )
}
