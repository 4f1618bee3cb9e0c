import { roles, type Role } from '@app/shared/capabilities'
import { levels, states } from '@app/shared/hazards/words'
import type { SelfcheckLine, SelfcheckRecord } from '@app/shared/selfchecks/schema'
import { results } from '@app/shared/selfchecks/words'
import { Link } from '@tanstack/react-router'
import { Button, Descriptions, Table } from 'antd'
import type { InferOutput } from 'valibot'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import { minuteOf } from '../../../ui/desk/times'
import { pictureUrl } from '../../../photo/picture-url'
import './selfchecks.css'

type Line = InferOutput<typeof SelfcheckLine>

/** A self-check as it was sent, item by item; it can be printed. */
export function SelfcheckSheet({
  streetId,
  slug,
  record,
}: {
  streetId: string
  slug: string
  record: SelfcheckRecord
}) {
  return (
    <>
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2, xl: 3 }}
        items={[
          ['单位', record.unit.name],
          ['地址', record.unit.address],
          ['社区与网格', `${record.communityName} · ${record.gridName}`],
          ['月份', record.month],
          ['检查表', `${record.template.title}（第 ${record.template.version} 版）`],
          ['自查时间', minuteOf(record.observedAt)],
          ['收到时间', minuteOf(record.receivedAt)],
          // Safe: a role that is not of ours stands as it is.
          ['确认人', `${record.name ?? '已离岗人员'} · ${roles[record.role as Role]?.label ?? record.role}`],
          [
            '结果',
            record.findings === 0 ? '全部正常' : `有问题 ${record.findings} 项，其中已改好 ${record.settled} 项`,
          ],
        ].map(([label, children]) => ({ key: label ?? '', label, children }))}
      />
      <p className="selfcheck-statement">“{record.statement}”</p>
      <p className="selfcheck-print">
        <Button onClick={() => window.print()}>打印</Button>
      </p>
      <ScrollBox label="自查项目" least={860}>
        <Table<Line>
          size="small"
          rowKey="key"
          dataSource={record.lines}
          pagination={false}
          columns={[
            { title: '分组', dataIndex: 'section', width: 120 },
            { title: '检查项', dataIndex: 'text' },
            { title: '自查', dataIndex: 'result', width: 90, render: (result: Line['result']) => results[result] },
            {
              title: '说明与照片',
              dataIndex: 'words',
              render: (words: string | null, { photos, after, text }) => (
                <>
                  {words}
                  {photos.length + after.length > 0 && (
                    <span className="selfcheck-photos">
                      {[...photos, ...after].map((id, at) => (
                        <a key={id} href={pictureUrl(streetId, id)} target="_blank" rel="noreferrer">
                          <img
                            src={pictureUrl(streetId, id, 'thumb')}
                            alt={`${text}${at < photos.length ? '整改前' : '整改后'}照片`}
                            loading="lazy"
                          />
                        </a>
                      ))}
                    </span>
                  )}
                </>
              ),
            },
            {
              title: '隐患',
              dataIndex: 'hazard',
              width: 220,
              render: (hazard: Line['hazard']) =>
                hazard && (
                  <Link to="/admin/s/$street/hazards" params={{ street: slug }} search={{ record: hazard.id }}>
                    {hazard.number} · {levels[hazard.level]} · {states[hazard.state]}
                  </Link>
                ),
            },
          ]}
        />
      </ScrollBox>
    </>
  )
}
