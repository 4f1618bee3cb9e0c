import { recomputed } from '@app/shared/draws/rules'
import type { DrawnUnit, DrawRecord } from '@app/shared/draws/schema'
import type { Places } from '@app/shared/places/schema'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Descriptions, Table, Tag } from 'antd'
import { useState } from 'react'
import { digest } from '../../../ui/desk/digest'
import { Sheet } from '../../../ui/desk/page'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import { minuteOf } from '../../../ui/desk/times'
import './draws.css'
import { fromWords } from './from-words'

const standings = {
  open: { label: '待检查', color: 'processing' },
  checked: { label: '已检查', color: 'success' },
  late: { label: '逾期未查', color: 'error' },
  replaced: { label: '已重新抽取', color: 'default' },
} as const

interface RecordProps {
  readonly record: DrawRecord
  readonly street: { readonly name: string; readonly slug: string }
  readonly places: Places | undefined
}

/** A draw as it was done: its result, how that stands, and all that is needed to do it again. */
export function DrawSheets({ record, street, places }: RecordProps) {
  const called = (id: string) => record.names[id] ?? '已离岗人员'
  const reasonOf = (id: string) => record.words?.excused[id] ?? '理由已按规定删除'
  return (
    <>
      <Sheet>
        <p className="draw-head">{street.name}双随机抽取结果</p>
        <Descriptions
          size="small"
          column={{ xs: 1, md: 2 }}
          items={[
            ['事项', record.turn > 1 ? `${record.purpose}（第 ${record.turn} 次抽取）` : record.purpose],
            ['抽取范围', `${fromWords(record.from, places)}，共 ${record.units.length} 家`],
            ['抽取', `${record.count} 家，每家 ${record.perUnit} 人`],
            ['完成期限', record.until],
            ['抽取人', called(record.by)],
            ['抽取时间', minuteOf(record.at)],
            ['检查人员库', record.inspectors.map(called).join('、')],
            ['回避', record.excused.map((id) => `${called(id)}（${reasonOf(id)}）`).join('、') || '无'],
            ...(record.turn > 1
              ? [['重新抽取的理由', record.words ? (record.words.why ?? '未填写') : '已按规定删除'] as const]
              : []),
          ].map(([label, children]) => ({ key: label ?? '', label, children }))}
        />
      </Sheet>
      <Sheet title="抽取结果">
        <ScrollBox label="抽取结果" least={760}>
          <Table<DrawnUnit>
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={record.drawn}
            columns={[
              { title: '序号', key: 'nth', width: 70, render: (_value, _unit, at) => at + 1 },
              {
                title: '被检单位',
                dataIndex: 'name',
                render: (name: string, { id, address }) => (
                  <>
                    <Link
                      className="desk-link"
                      to="/admin/s/$street/enterprises/$enterpriseId"
                      params={{ street: street.slug, enterpriseId: id }}
                    >
                      {name}
                    </Link>
                    <div className="desk-quiet">{address}</div>
                  </>
                ),
              },
              {
                title: '检查人员',
                dataIndex: 'inspectors',
                width: 220,
                render: (sent: DrawnUnit['inspectors']) => sent.map(called).join('、'),
              },
              {
                title: '进展',
                key: 'standing',
                width: 170,
                render: (_value, { id }) => {
                  const { standing = 'open', inspectionId } = record.standings[id] ?? {}
                  const { label, color } = standings[standing]
                  return inspectionId ? (
                    <Link
                      className="desk-link"
                      to="/admin/s/$street/inspections/$inspectionId"
                      params={{ street: street.slug, inspectionId }}
                    >
                      {label}，看记录
                    </Link>
                  ) : (
                    <Tag color={color}>{label}</Tag>
                  )
                },
              },
            ]}
          />
        </ScrollBox>
      </Sheet>
      <Sheet title="随机种子与验算" extra={<Recompute record={record} />}>
        <p className="draw-seed">
          种子 <code>{record.seed}</code>
          <br />
          校验值 <code>{record.hash}</code>
        </p>
        <p className="desk-hint">
          种子由系统在抽取时随机生成。单位和检查人员各按“SHA-256（种子/units 或 inspectors/编号）”从小到大排序，取前{' '}
          {record.count} 家；检查人员按次序轮流派出，每家 {record.perUnit}{' '}
          人。凭种子和下列编号，任何人都能得出同样的结果。
        </p>
        <details>
          <summary>
            参加抽取的单位编号（{record.units.length} 个）和检查人员编号（{record.inspectors.length} 个）
          </summary>
          <p className="draw-ids">{record.units.join(' ')}</p>
          <p className="draw-ids">{record.inspectors.join(' ')}</p>
        </details>
      </Sheet>
    </>
  )
}

/** Does the draw again, here in the browser, and says whether the same comes out. */
function Recompute({ record }: { record: DrawRecord }) {
  const [found, setFound] = useState<{ same: boolean; sealed: boolean } | null>(null)
  return (
    <span className="draw-again">
      {found && (
        <span role="status">
          {found.same && found.sealed ? (
            <Alert type="success" showIcon title="验算一致：结果与种子相符，记录未被改动。" />
          ) : (
            <Alert
              type="error"
              showIcon
              title={found.same ? '结果与种子相符，但记录与校验值不符。' : '验算不一致：结果与种子不符。'}
            />
          )}
        </span>
      )}
      <Button onClick={() => void recomputed(record, digest).then(setFound)}>验算</Button>
    </span>
  )
}
