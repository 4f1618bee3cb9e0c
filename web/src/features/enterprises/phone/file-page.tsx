import { type EnterpriseFile, mostCounted } from '@app/shared/enterprises/schema'
import { colours, kinds, sizes, standings } from '@app/shared/enterprises/words'
import { keyPlaces, sectors } from '@app/shared/hazards/words'
import { chargeKinds } from '@app/shared/organisation/words'
import type { Post } from '@app/shared/people/schema'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Icon } from '../../../ui/phone/icons'
import { PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { changeWords } from '../changes'
import { enterpriseQueries } from '../queries'

type StreetPost = Extract<Post, { kind: 'street' }>

/** One unit's file, to be read where one stands. */
export function FilePage({
  post,
  enterpriseId,
  children,
}: {
  post: StreetPost
  enterpriseId: string
  /** What other domains know of the unit. */
  children: ReactNode
}) {
  const { data: file, error, refetch } = useQuery(enterpriseQueries.file(post.id, enterpriseId))
  return (
    <PhonePage
      title={file?.name ?? '企业档案'}
      street={post.name}
      back={
        <Link to="/m/s/$street/enterprises" params={{ street: post.slug }} className="m-back" aria-label="返回企业档案">
          <Icon name="back" />
        </Link>
      }
    >
      {!file && error && <Trouble error={error} retry={() => void refetch()} />}
      {!file && !error && <Waiting />}
      {file && <File file={file}>{children}</File>}
    </PhonePage>
  )
}

function File({ file, children }: { file: EnterpriseFile; children: ReactNode }) {
  const counted = (n: number) => (n < mostCounted ? `${n} 条` : `${mostCounted} 条以上`)
  return (
    <>
      <div className="m-block m-lead">
        <p className="m-card-tags">
          <span className="m-tag">{standings[file.standing]}</span>
          <span className="m-tag">{file.colour ? colours[file.colour] : '未评定风险颜色'}</span>
          {file.highRisk !== null && <span className="m-tag">高危行业</span>}
          {file.crowded && <span className="m-tag">人员密集</span>}
        </p>
        <p>{file.address}</p>
        <p>
          隐患：未销号 {counted(file.hazards.open)}，已办结 {counted(file.hazards.closed)}
        </p>
      </div>
      <section className="m-block">
        <h2>联系人</h2>
        {file.contacts.length === 0 && <p className="m-hint">还没有登记联系人。</p>}
        <dl className="m-facts">
          {file.contacts.map(({ id, role, name, phoneMask }) => (
            <Fact key={id} name={role === 'principal' ? '负责人' : '安全员'}>
              {name} {phoneMask}
            </Fact>
          ))}
        </dl>
      </section>
      <section className="m-block">
        <h2>基本信息</h2>
        <dl className="m-facts">
          <Fact name="类别">{kinds[file.kind]}</Fact>
          <Fact name="代码">{file.creditCode ?? '无'}</Fact>
          <Fact name="行业">{file.sectors.map((sector) => sectors[sector]).join('、') || '未填写'}</Fact>
          {file.keyPlace && <Fact name="场所">{keyPlaces[file.keyPlace]}</Fact>}
          {file.highRisk !== null && <Fact name="高危">{file.highRisk}</Fact>}
          {file.size && <Fact name="规模">{sizes[file.size]}</Fact>}
          {file.staff !== null && <Fact name="人数">{file.staff} 人</Fact>}
          {file.floorArea !== null && <Fact name="面积">{file.floorArea} 平方米</Fact>}
          <Fact name="地点">
            {file.communityName} · {file.gridName}
          </Fact>
          {file.charges.map(({ kind, name }) => (
            <Fact key={kind} name={chargeKinds[kind].label.slice(0, 3)}>
              {name}
            </Fact>
          ))}
          <Fact name="在营">今年至今 {file.activeDays} 天</Fact>
        </dl>
      </section>
      {children}
      <section className="m-block">
        <h2>时间线</h2>
        <dl className="m-facts">
          {file.changes.map((change) => {
            const { what, how } = changeWords(change)
            return (
              <Fact key={change.version} name={what}>
                {[how, change.why].filter(Boolean).join('：') || change.by}
              </Fact>
            )
          })}
        </dl>
      </section>
    </>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
