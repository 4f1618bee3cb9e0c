import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Suspense, lazy } from 'react'
import type { HazardRecord } from '@app/shared/hazards/schema'
import { categories } from '@app/shared/hazards/words'
import type { Me, PersonCard, Post } from '@app/shared/people/schema'
import { useOutbox } from '../../../outbox/outbox'
import { Icon } from '../../../ui/phone/icons'
import { PhonePage, Trouble, Waiting } from '../../../ui/phone/page'
import { hazardQueries } from '../queries'
import { type Doing, doings, doingsFor, nameOf } from './doings'
import { FieldForm } from './field-form'
import type { FieldDoing } from './said'
import { PleaNote } from './plea-note'
import { DueTag, LevelTag, StateTag } from './tags'

type StreetPost = Extract<Post, { kind: 'street' }>

// Desk work more than field work, and never without a network: not loaded with what the camera needs.
const AssignForm = lazy(async () => ({ default: (await import('./assign-form')).AssignForm }))
const MeasureForm = lazy(async () => ({ default: (await import('./measure-form')).MeasureForm }))
const ReasonForm = lazy(async () => ({ default: (await import('./reason-form')).ReasonForm }))
// Came with the record that led here.
const RecordPhotos = lazy(async () => ({ default: (await import('./record-photos')).RecordPhotos }))

const isField = (doing: Doing): doing is FieldDoing => ['rectify', 'recheck', 'object', 'verify'].includes(doing)

/** What every form of a deed is given. */
export interface DeedProps {
  readonly me: Me
  readonly post: StreetPost
  readonly record: HazardRecord
}

/** One deed on a page of its own, so that a page the camera pushed out comes back to it. */
export function DeedPage({
  me,
  post,
  hazardId,
  doing,
  people,
}: {
  me: Me
  post: StreetPost
  hazardId: string
  doing: Doing
  people: readonly PersonCard[] | undefined
}) {
  const { data: record, error, refetch } = useQuery(hazardQueries.record(post.id, hazardId))
  const params = { street: post.slug, hazardId }
  return (
    <PhonePage
      title={`${record ? nameOf(doing, record) : doings[doing]}${record ? ` ${record.number}` : ''}`}
      heading={record ? nameOf(doing, record) : doings[doing]}
      street={post.name}
      back={
        <Link
          to="/m/s/$street/hazards/$hazardId"
          params={params}
          activeOptions={{ exact: true }}
          className="m-back"
          aria-label="返回详情"
        >
          <Icon name="back" />
        </Link>
      }
    >
      {!record && error && <Trouble error={error} retry={() => void refetch()} />}
      {!record && !error && <Waiting />}
      {record && (
        <>
          <div className="m-block m-lead">
            <p className="m-card-tags">
              <StateTag state={record.state} />
              <LevelTag level={record.level} />
              <DueTag hazard={record} />
            </p>
            <p className="m-lead-what">
              {categories[record.category].label}：{record.description}
            </p>
            <p className="m-hint">
              {record.place} · {record.number}
            </p>
            <PleaNote record={record} />
            {record.measures && doing !== 'assign' && <p>整改措施：{record.measures}</p>}
          </div>
          <Suspense fallback={<Waiting />}>
            {['recheck', 'close', 'verify', 'decide-objection'].includes(doing) && (
              <RecordPhotos post={post} record={record} />
            )}
            <DeedForm me={me} post={post} record={record} doing={doing} people={people} />
            {doing === 'rectify' && <Pleas post={post} record={record} />}
          </Suspense>
        </>
      )}
    </PhonePage>
  )
}

/** What a unit may ask instead of putting right. */
function Pleas({ post, record }: Pick<DeedProps, 'post' | 'record'>) {
  const { others } = doingsFor(record)
  const pleas = (['ask-extension', 'object'] as const).filter((doing) => others.includes(doing))
  if (pleas.length === 0) return null
  return (
    <nav className="m-stack" aria-label="有困难或有不同意见">
      {pleas.map((doing) => (
        <Link
          key={doing}
          to="/m/s/$street/hazards/$hazardId/$deed"
          params={{ street: post.slug, hazardId: record.id, deed: doing }}
          className="button plain m-wide"
        >
          {doing === 'object' ? '对这条隐患有异议' : '不能按期完成，申请延期'}
        </Link>
      ))}
    </nav>
  )
}

function DeedForm({
  doing,
  people,
  ...props
}: DeedProps & { doing: Doing; people: readonly PersonCard[] | undefined }) {
  const { ops } = useOutbox()
  const { me, post, record } = props
  const { first, others } = doingsFor(record)
  const held = ops.some(({ hazardId, userId }) => hazardId === record.id && userId === me.id)
  if (held || post.suspended || (first !== doing && !others.includes(doing))) {
    return (
      <div className="m-note">
        <p>{held ? '您对这条隐患的办理已保存，待上传。' : '现在不能这样办理：可能已由他人办理，或不在您的职责内。'}</p>
        <Link to="/m/s/$street/hazards/$hazardId" params={{ street: post.slug, hazardId: record.id }}>
          返回详情
        </Link>
      </div>
    )
  }
  if (isField(doing)) return <FieldForm {...props} doing={doing} />
  if (doing === 'assign') return people ? <AssignForm {...props} people={people} /> : <Waiting />
  if (doing === 'name-measure') return <MeasureForm {...props} />
  return <ReasonForm {...props} doing={doing} />
}
