import type { SetPasswordLink } from '@app/shared/accounts/schema'
import type { PersonId, PostId, StreetId } from '@app/shared/ids'
import { type PlaceRow, planOf } from '@app/shared/onboarding/plan'
import { NewStreet, type StreetTrial } from '@app/shared/onboarding/schema'
import { Problem } from '@app/shared/problem'
import { useMutation } from '@tanstack/react-query'
import { Link, useBlocker } from '@tanstack/react-router'
import { Alert, Button, Steps } from 'antd'
import { useState } from 'react'
import * as v from 'valibot'
import { Failed, Waiting } from '../../../ui/desk/answer'
import { freshId } from '../../../ui/desk/fresh-id'
import { LinkOnce } from '../../../ui/desk/link-once'
import { TextField } from '../../../ui/desk/text-field'
import { wordsOf } from '../../../ui/states'
import { openStreet, tryStreet } from '../queries'
import { PlaceRows } from './place-rows'
import './onboarding.css'

const titles = ['基本信息', '社区与网格', '首任管理员', '试开通'] as const

interface Draft {
  readonly name: string
  readonly shortName: string
  readonly slug: string
  readonly statCode: string
  readonly rows: readonly PlaceRow[]
  readonly adminName: string
  readonly username: string
}
const blank: Draft = { name: '', shortName: '', slug: '', statCode: '', rows: [], adminName: '', username: '' }

const stepOf = (pointer: string) => (pointer.startsWith('/rows') ? 1 : pointer.startsWith('/admin') ? 2 : 0)

/** 街道开通, in four steps; nothing is made before the last. */
export function StreetWizard({ districtId, district }: { districtId: string; district: string }) {
  // One set of ids for the whole wizard, so that a repeat after a lost answer is the same street.
  const [ids] = useState(() => ({
    street: freshId<StreetId>('str'),
    admin: freshId<PersonId>('usr'),
    post: freshId<PostId>('pst'),
  }))
  const [draft, setDraft] = useState(blank)
  const [step, setStep] = useState(0)
  const [tried, setTried] = useState<ReadonlySet<number>>(new Set())
  const [link, setLink] = useState<SetPasswordLink | null>(null)
  const trial = useMutation(tryStreet(districtId))
  const opening = useMutation(openStreet(districtId))
  const dirty = draft !== blank && link === null
  useBlocker({
    shouldBlockFn: () => dirty && !confirm('街道还没有开通，填写的内容不会保留，确定离开吗？'),
    enableBeforeUnload: () => dirty,
  })

  const json = {
    id: ids.street,
    name: draft.name,
    shortName: draft.shortName,
    slug: draft.slug,
    statCode: draft.statCode.trim() || null,
    rows: [...draft.rows],
    admin: { id: ids.admin, postId: ids.post, name: draft.adminName, username: draft.username },
  }
  const plan = planOf(draft.rows)
  const own = [
    ...(v.safeParse(NewStreet, json).issues ?? []).map(({ path, message }) => ({
      pointer: `/${path?.map(({ key }) => String(key)).join('/') ?? ''}`,
      detail: message,
    })),
    ...plan.errors,
  ]
  const refused = [
    ...(trial.data?.errors ?? []),
    ...(opening.error instanceof Problem ? (opening.error.errors ?? []) : []),
  ].filter(({ pointer }) => !pointer.startsWith('/rows'))

  const change = (to: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...to }))
    // What was said of the street before is not said of this one.
    trial.reset()
    opening.reset()
  }
  const text = (name: Exclude<keyof Draft, 'rows'>, pointer: string) => ({
    of: {
      state: {
        value: draft[name],
        meta: {
          errors: tried.has(stepOf(pointer))
            ? own.filter((one) => one.pointer === pointer).map(({ detail }) => ({ message: detail }))
            : [],
        },
      },
      handleChange: (value: string) => change({ [name]: value }),
    },
    refused: refused.find((one) => one.pointer === pointer)?.detail,
  })
  const go = (to: number) => {
    setStep(to)
    if (to === 3) trial.mutate(json)
  }
  const next = () => {
    setTried((now) => new Set(now).add(step))
    if (!own.some(({ pointer }) => stepOf(pointer) === step)) go(step + 1)
  }

  if (link) return <Opened name={draft.name} admin={draft.adminName} link={link} district={district} />
  return (
    <form
      noValidate
      className="onboarding"
      onSubmit={(event) => {
        event.preventDefault()
        if (step < 3) return next()
        if (trial.data?.errors.length === 0) opening.mutate(json, { onSuccess: (made) => setLink(made.link) })
      }}
    >
      <Steps current={step} items={titles.map((title) => ({ title }))} />
      <h2>{titles[step]}</h2>
      {step === 0 && (
        <div className="desk-form">
          <TextField {...text('name', '/name')} label="名称" required hint="例如：乐华街道。" />
          <TextField
            {...text('shortName', '/shortName')}
            label="简称"
            required
            hint="用在隐患编号的开头，例如：乐华。"
          />
          <TextField
            {...text('slug', '/slug')}
            label="网址名"
            required
            hint="出现在网址里，开通后不能改。小写字母、数字和 -，例如 lehua。"
          />
          <TextField {...text('statCode', '/statCode')} label="统计代码（选填）" hint="街道的 9 位统计用区划代码。" />
        </div>
      )}
      {step === 1 && (
        <PlaceRows rows={draft.rows} plan={plan} asked={tried.has(1)} onChange={(rows) => change({ rows })} />
      )}
      {step === 2 && (
        <div className="desk-form">
          <TextField {...text('adminName', '/admin/name')} label="姓名" required />
          <TextField
            {...text('username', '/admin/username')}
            label="用户名"
            required
            hint="小写字母、数字和 . _ -，全系统唯一，例如 lehua.zhangsan。"
          />
        </div>
      )}
      {step === 3 && <Trial trial={trial} name={draft.name} admin={draft.adminName} onGo={go} retry={() => go(3)} />}
      {step === 3 && opening.error && <Alert type="error" showIcon title={wordsOf(opening.error)} />}
      <div className="desk-form-end">
        {step > 0 && (
          <Button disabled={opening.isPending} onClick={() => setStep(step - 1)}>
            上一步
          </Button>
        )}
        {step < 3 ? (
          <Button type="primary" htmlType="submit">
            下一步
          </Button>
        ) : (
          <Button
            type="primary"
            htmlType="submit"
            loading={opening.isPending}
            disabled={trial.data?.errors.length !== 0 || trial.data.there}
          >
            确认开通
          </Button>
        )}
      </div>
    </form>
  )
}

interface TrialProps {
  readonly trial: {
    readonly data: StreetTrial | undefined
    readonly error: Error | null
  }
  readonly name: string
  readonly admin: string
  readonly onGo: (step: number) => void
  readonly retry: () => void
}

/** What would be made, or everything in its way with the step where it is put right. */
function Trial({ trial: { data, error }, name, admin, onGo, retry }: TrialProps) {
  if (error) return <Failed error={error} retry={retry} />
  if (!data) return <Waiting />
  if (data.there) return <Alert type="warning" showIcon title="这个街道已经开通，请到街道列表查看。" />
  if (data.errors.length === 0) {
    return (
      <Alert
        type="success"
        showIcon
        title={`检查通过，还没有写入。确认后将开通“${name.trim()}”：${data.communities} 个社区、${data.grids} 个网格，首任管理员 ${admin.trim()}。`}
      />
    )
  }
  return (
    <>
      <Alert type="error" showIcon title={`有 ${data.errors.length} 处需要更正，现在什么都没有写入。`} />
      <ul className="onboarding-errors">
        {data.errors.map(({ pointer, detail }) => (
          <li key={pointer + detail}>
            <span className="desk-wrong">{detail}</span>
            <Button type="link" onClick={() => onGo(stepOf(pointer))}>
              到“{titles[stepOf(pointer)]}”更正
            </Button>
          </li>
        ))}
      </ul>
    </>
  )
}

interface OpenedProps {
  readonly name: string
  readonly admin: string
  readonly link: SetPasswordLink
  readonly district: string
}

function Opened({ name, admin, link, district }: OpenedProps) {
  return (
    <div className="onboarding">
      <Alert type="success" showIcon title={`“${name.trim()}”已开通。`} />
      <h2>请把链接交给{admin.trim()}</h2>
      <LinkOnce link={link} />
      <h2>接下来</h2>
      <ol>
        <li>{admin.trim()}用手机扫码或打开链接，设置自己的密码，即可登录。</li>
        <li>登录后在“人员与岗位”开通街道、社区和网格人员的账号，人多时用“批量导入”。</li>
        <li>在“双包责任”为每个社区安排包保领导、每个网格安排包保干部，直到街道列表里没有缺口。</li>
      </ol>
      <p>
        <Link to="/admin/d/$district/streets" params={{ district }}>
          链接已交给本人，回到街道列表
        </Link>
      </p>
    </div>
  )
}
