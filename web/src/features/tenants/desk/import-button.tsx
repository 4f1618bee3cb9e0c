import type { SetPasswordLink } from '@app/shared/accounts/schema'
import { Passphrase } from '@app/shared/exports/schema'
import { idFrom, type ImportId } from '@app/shared/ids'
import { type ImportCard, importStates, NewImport } from '@app/shared/tenants/imports'
import type { Tenants } from '@app/shared/tenants/schema'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, App, Button, Descriptions, Input, Modal, Progress, Select } from 'antd'
import { useState } from 'react'
import * as v from 'valibot'
import { Answer } from '../../../ui/desk/answer'
import { Field, refusedAt, refusedElse } from '../../../ui/desk/field'
import { LinkDialog } from '../../../ui/desk/link-once'
import { sizeWords } from '../../../ui/desk/sizes'
import { wordsOf } from '../../../ui/states'
import { type Administrator, cancelImport, importQuery, linkImported, sendPackage } from '../importing'

type Districts = Tenants['districts']

/** 导入街道: a package that a street has brought from another deployment. */
export function ImportButton({ districts }: { districts: Districts }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>导入街道</Button>
      {open && <ImportDialog districts={districts} onClose={() => setOpen(false)} />}
    </>
  )
}

function ImportDialog({ districts, onClose }: { districts: Districts; onClose: () => void }) {
  // One id for the whole dialog: what was broken off goes on with the parts that are missing.
  const [id] = useState(() => idFrom<ImportId>('imp', Date.now(), crypto.getRandomValues(new Uint8Array(16))))
  const [sent, setSent] = useState(false)
  return (
    <Modal open title="导入街道" footer={null} onCancel={onClose} width={640}>
      {sent ? <Standing importId={id} /> : <Sending id={id} districts={districts} onSent={() => setSent(true)} />}
    </Modal>
  )
}

interface SendingProps {
  readonly id: ImportId
  readonly districts: Districts
  readonly onSent: () => void
}

function Sending({ id, districts, onSent }: SendingProps) {
  const [file, setFile] = useState<File | null>(null)
  const [districtId, setDistrictId] = useState<string>()
  const [slug, setSlug] = useState('')
  const [passphrase, setPassphrase] = useState('')
  const [parts, setParts] = useState<{ done: number; all: number } | null>(null)
  const [tried, setTried] = useState(false)
  const send = useMutation({
    ...sendPackage,
    onSuccess: onSent,
  })
  const asked = v.safeParse(NewImport, { id, districtId, slug, size: file?.size })
  const typed = v.safeParse(Passphrase, passphrase)
  const wrong = (name: string) =>
    (tried && asked.issues?.find(({ path }) => path?.[0]?.key === name)?.message) ||
    refusedAt(send.error, `/${name}`) ||
    undefined
  const rest = refusedElse(send.error, ['/slug', '/districtId', '/passphrase'])
  return (
    <form
      className="desk-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!asked.success || !typed.success || !file) return
        send.mutate({
          asked: asked.output,
          file,
          passphrase: typed.output,
          onPart: (done, all) => setParts({ done, all }),
        })
      }}
    >
      <Field
        label="数据包"
        required
        wide
        hint="另一套系统“数据导出”生成的 .zip 文件，请不要解压。"
        error={tried && !file ? '请选择数据包' : wrong('size')}
      >
        {({ status: _, ...control }) => (
          <input
            {...control}
            type="file"
            accept=".zip,application/zip"
            disabled={send.isPending}
            onChange={({ target }) => setFile(target.files?.[0] ?? null)}
          />
        )}
      </Field>
      <Field label="归入" required error={tried && !districtId ? '请选择区' : wrong('districtId')}>
        {(control) => (
          <Select<string>
            {...control}
            placeholder="请选择区"
            value={districtId ?? null}
            disabled={send.isPending}
            onChange={setDistrictId}
            options={districts.map((one) => ({ value: one.id as string, label: one.name }))}
          />
        )}
      </Field>
      <Field label="网址名" required hint="用于网址，如 lehua" error={wrong('slug')}>
        {({ status, ...control }) => (
          <Input
            {...control}
            status={status}
            value={slug}
            disabled={send.isPending}
            autoComplete="off"
            onChange={({ target }) => setSlug(target.value)}
          />
        )}
      </Field>
      <Field
        label="口令"
        required
        wide
        hint="生成数据包时显示的 6 组字符，大小写均可。"
        error={(tried && typed.issues?.[0].message) || refusedAt(send.error, '/passphrase')}
      >
        {({ status, ...control }) => (
          <Input
            {...control}
            status={status}
            value={passphrase}
            disabled={send.isPending}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => setPassphrase(target.value)}
          />
        )}
      </Field>
      {parts && (
        <div className="wide" aria-live="polite">
          已上传 {parts.done} / {parts.all} 段
          <Progress percent={Math.floor((100 * parts.done) / parts.all)} aria-label="上传进度" />
        </div>
      )}
      {rest ? <Alert type="error" showIcon title={wordsOf(rest)} /> : null}
      <div className="desk-form-end">
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          上传并导入
        </Button>
      </div>
    </form>
  )
}

/** How an import goes on, and whom of the street to let in first. */
function Standing({ importId }: { importId: string }) {
  const asked = useQuery(importQuery(importId))
  return <Answer of={asked}>{(card) => <Progressing card={card} />}</Answer>
}

function Progressing({ card }: { card: ImportCard }) {
  const { modal } = App.useApp()
  const cancel = useMutation(cancelImport)
  const { id, state, name, files, filesInAll, rows, objects, size, error, administrators } = card
  const running = state === 'checking' || state === 'copying'
  // Checking reads every file once and copying once more.
  const percent = filesInAll === 0 ? 0 : Math.min(99, Math.floor((50 * files + 50 * objects) / filesInAll))
  return (
    <div className="desk-form">
      <div className="wide" aria-live="polite">
        <Descriptions
          bordered
          size="small"
          column={1}
          items={[
            { key: 'state', label: '状态', children: importStates[state] },
            { key: 'name', label: '街道', children: name ?? '—' },
            { key: 'size', label: '大小', children: sizeWords(size) },
            { key: 'files', label: '已核对', children: `${files} / ${filesInAll} 个文件` },
            { key: 'rows', label: '已导入', children: `${rows} 行，${objects} 个文件` },
          ]}
        />
        {running && <Progress percent={percent} aria-label="导入进度" />}
      </div>
      {error && <Alert type="error" showIcon title={error} />}
      {cancel.error && <Alert type="error" showIcon title={wordsOf(cancel.error)} />}
      {state === 'done' && <Administrators importId={id} people={administrators} />}
      {running && (
        <div className="desk-form-end">
          <Button
            danger
            loading={cancel.isPending}
            onClick={() =>
              void modal.confirm({
                title: '取消导入？',
                content: '已导入的部分会清除，数据包需要重新上传。',
                okText: '取消导入',
                cancelText: '继续导入',
                okButtonProps: { danger: true },
                autoFocusButton: 'cancel',
                onOk: () => cancel.mutate(id),
              })
            }
          >
            取消导入
          </Button>
        </div>
      )}
    </div>
  )
}

/** Nobody's password has come along: one administrator gets a link, and lets the others in. */
function Administrators({ importId, people }: { importId: string; people: readonly Administrator[] }) {
  const [made, setMade] = useState<{ name: string; link: SetPasswordLink } | null>(null)
  const { mutate, isPending, error } = useMutation(linkImported)
  return (
    <div className="wide">
      <p>
        数据包中不含密码。请选定一名街道管理员并交给其设置密码链接；其他人员由其在“人员与岗位”的“账号”中逐一生成链接。
      </p>
      <ul>
        {people.map(({ id, name, username, hasPassword }) => (
          <li key={id}>
            {name}（{username}）
            {hasPassword ? (
              <span className="desk-quiet"> 已有密码</span>
            ) : (
              <Button
                type="link"
                aria-label={`生成链接：${name}`}
                loading={isPending}
                onClick={() => mutate({ importId, personId: id }, { onSuccess: (link) => setMade({ name, link }) })}
              >
                生成链接
              </Button>
            )}
          </li>
        ))}
      </ul>
      {error && <Alert type="error" showIcon title={wordsOf(error)} />}
      {made && <LinkDialog title={`${made.name}的设置密码链接`} link={made.link} onClose={() => setMade(null)} />}
    </div>
  )
}
