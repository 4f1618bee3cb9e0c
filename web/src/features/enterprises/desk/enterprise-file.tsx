import { roles } from '@app/shared/capabilities'
import { type EnterpriseChange, type EnterpriseFile, mostCounted } from '@app/shared/enterprises/schema'
import { contactRoles, kinds, positionSources, sizes, standings } from '@app/shared/enterprises/words'
import { keyPlaces, sectors } from '@app/shared/hazards/words'
import { chargeKinds } from '@app/shared/organisation/words'
import { Link } from '@tanstack/react-router'
import { Descriptions, Table } from 'antd'
import type { ReactNode } from 'react'
import { Sheet } from '../../../ui/desk/page'
import { PhoneCell } from '../../../ui/desk/phone-cell'
import { minuteOf } from '../../../ui/desk/times'
import { changeWords } from '../changes'
import { seeContactPhone } from '../queries'
import './enterprises.css'
import { ColourTag, StandingTag } from './tags'

interface FileProps {
  readonly streetId: string
  readonly slug: string
  readonly file: EnterpriseFile
  /** Whether this post may see whole numbers; each look is a line of the audit log. */
  readonly maySee: boolean
  /** Buttons that change its standing and its colour. */
  readonly rate: { readonly standing: ReactNode; readonly colour: ReactNode }
  /** Its checks, and the way to another one. */
  readonly checks: ReactNode
}

/** The whole file of one unit. */
export function FileSheets({ streetId, slug, file, maySee, rate, checks }: FileProps) {
  const { position } = file
  const counted = (n: number) => (n < mostCounted ? String(n) : `${mostCounted} 以上`)
  const hazards = (open: 'no' | undefined) => ({
    to: '/admin/s/$street/hazards' as const,
    params: { street: slug },
    search: { enterpriseId: file.id, communityId: file.communityId, ...(open && { open }) },
  })
  const rated = file.changes.filter(({ colour }) => colour !== null)
  return (
    <>
      <Sheet title="基本信息">
        <Descriptions
          size="small"
          column={{ xs: 1, md: 2, xl: 3 }}
          items={[
            ['类别', kinds[file.kind]],
            ['统一社会信用代码', file.creditCode ?? '无'],
            ['重点场所', file.keyPlace ? keyPlaces[file.keyPlace] : '否'],
            ['行业领域', file.sectors.map((sector) => sectors[sector]).join('、') || '未填写'],
            ['高危行业领域', file.highRisk ?? '否'],
            ['人员密集场所', file.crowded ? '是' : '否'],
            ['规模', file.size ? sizes[file.size] : '未填写'],
            ['从业人数', file.staff === null ? '未填写' : `${file.staff} 人`],
            ['建筑面积', file.floorArea === null ? '未填写' : `${file.floorArea} 平方米`],
            ['社区与网格', `${file.communityName} · ${file.gridName}`],
            ['地址', file.address],
            [
              '位置（WGS-84）',
              position
                ? `${position.latitude}，${position.longitude}（${positionSources[position.source]}${position.accuracy === null ? '' : `，误差 ${position.accuracy} 米`}）`
                : '未填写',
            ],
          ].map(([label, children]) => ({ key: label ?? '', label, children }))}
        />
      </Sheet>
      <div className="file-columns">
        <Sheet title="联系人">
          <Table<EnterpriseFile['contacts'][number]>
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={file.contacts}
            locale={{ emptyText: '还没有登记联系人。' }}
            columns={[
              { title: '职责', dataIndex: 'role', render: (role: keyof typeof contactRoles) => contactRoles[role] },
              { title: '姓名', dataIndex: 'name' },
              {
                title: '电话',
                key: 'phone',
                render: (_value, contact) => (
                  <PhoneCell see={seeContactPhone(streetId)} person={contact} maySee={maySee} />
                ),
              },
            ]}
          />
        </Sheet>
        <Sheet title="隐患">
          <p>
            未销号{' '}
            <Link className="desk-link" {...hazards(undefined)}>
              {counted(file.hazards.open)} 条
            </Link>
            ，已办结{' '}
            <Link className="desk-link" {...hazards('no')}>
              {counted(file.hazards.closed)} 条
            </Link>
            。点数字查看台账。
          </p>
        </Sheet>
        <Sheet title="风险颜色" extra={rate.colour}>
          <p>
            现为 <ColourTag colour={file.colour} />
          </p>
          <Story changes={rated} empty="还没有评定过风险颜色。" />
        </Sheet>
        <Sheet title="状态" extra={rate.standing}>
          <p>
            现为 <StandingTag standing={file.standing} /> 今年至今在营 {file.activeDays} 天
          </p>
          <ol className="file-story">
            {file.standings.toReversed().map(({ on, standing, why }) => (
              <li key={`${on} ${standing}`}>
                <p>
                  <strong>{on}</strong> 起{standings[standing]}
                </p>
                {why && <p className="desk-quiet">{why}</p>}
              </li>
            ))}
          </ol>
        </Sheet>
        <Sheet title="双包责任人">
          {(['leader', 'cadre'] as const).map((kind) => (
            <p key={kind}>
              {chargeKinds[kind].label}：
              {file.charges
                .filter((charge) => charge.kind === kind)
                .map(({ name, from }) => `${name ?? '未知'}（${from} 起）`)
                .join('、') || '无人负责'}
            </p>
          ))}
        </Sheet>
        <Sheet title="单位账号">
          {file.people.length === 0 ? (
            <p className="desk-quiet">还没有人用这家单位的账号登录。</p>
          ) : (
            file.people.map(({ id, name, role }) => (
              <p key={id}>
                {name} · {roles[role].label}
              </p>
            ))
          )}
        </Sheet>
      </div>
      {checks}
      <Sheet title="时间线">
        <Story changes={file.changes} empty="还没有记录。" />
      </Sheet>
    </>
  )
}

function Story({ changes, empty }: { changes: readonly EnterpriseChange[]; empty: string }) {
  if (changes.length === 0) return <p className="desk-quiet">{empty}</p>
  return (
    <ol className="file-story">
      {changes.map((change) => {
        const { what, how } = changeWords(change)
        return (
          <li key={change.version}>
            <p>
              <strong>{what}</strong> {how}
            </p>
            {change.why && <p>{change.why}</p>}
            <p className="desk-quiet">
              {change.by ?? '系统'}
              {change.at > 0 && ` · ${minuteOf(change.at)}`}
            </p>
          </li>
        )
      })}
    </ol>
  )
}
