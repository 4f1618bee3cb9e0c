import { type NoticeRecord, NoticeWords } from '@app/shared/notices/schema'
import { useForm, useStore } from '@tanstack/react-form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Input } from 'antd'
import { useEffect, useState } from 'react'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { useLeaveGuard } from '../../../ui/desk/use-leave-guard'
import { wordsOf } from '../../../ui/states'
import { Problem } from '@app/shared/problem'
import { doNoticeDeed, noticeQueries } from '../queries'

const parts = [
  ['title', '标题', 1],
  ['addressees', '主送', 1],
  ['opening', '开头', 4],
  ['praise', '先进做法', 3],
  ['problems', '存在问题', 4],
  ['demands', '工作要求', 4],
  ['issuer', '发文机关', 1],
] as const satisfies readonly (readonly [keyof NoticeWords, string, number])[]

const labelOf = new Map<string, string>(parts.map(([name, label]) => [name, label]))

interface EditorProps {
  readonly districtId: string
  readonly notice: NoticeRecord
}

/** The words of a draft. What was saved by somebody else meanwhile is shown and chosen between, never overwritten unseen. */
export function NoticeEditor({ districtId, notice }: EditorProps) {
  const { message } = App.useApp()
  const client = useQueryClient()
  // The version these words were begun from; the server refuses an edit of any other.
  const [base, setBase] = useState({ version: notice.version, words: notice.words })
  const { mutate, isPending, error, reset: forget } = useMutation(doNoticeDeed(districtId, notice.id))
  const form = useForm({
    defaultValues: base.words,
    validators: { onSubmit: NoticeWords },
    onSubmit: ({ value }) =>
      mutate(
        { deed: 'edit', json: { version: base.version, words: value } },
        {
          onSuccess: () => {
            const saved = client.getQueryData(noticeQueries.one(districtId, notice.id).queryKey)
            if (saved) start(saved)
            void message.success('已保存，预览已更新。')
          },
        },
      ),
  })
  const dirty = useStore(form.store, ({ isDefaultValue }) => !isDefaultValue)
  const start = ({ version, words }: Pick<NoticeRecord, 'version' | 'words'>) => {
    setBase({ version, words })
    form.reset(words)
    forget()
  }
  useLeaveGuard(dirty, { title: '通报有修改还没有保存，要离开吗？', content: '离开后，没有保存的修改会丢失。' })

  const overtaken = notice.version !== base.version && !isPending
  useEffect(() => {
    // Nothing of one's own is lost by going on from what somebody else saved.
    if (overtaken && !dirty) start(notice)
  })
  const theirs = parts.filter(([name]) => notice.words[name] !== base.words[name])
  const stale = error instanceof Problem && error.slug === 'stale'
  return (
    <form
      className="desk-form notice-form"
      noValidate
      aria-label="通报文字"
      onSubmit={(event) => {
        event.preventDefault()
        void form.handleSubmit()
      }}
    >
      {overtaken && dirty && (
        <Alert
          type="warning"
          showIcon
          title="他人在您编辑期间保存了修改"
          description={
            <>
              <p>
                {theirs.length > 0
                  ? `对方改动了：${theirs.map(([name]) => labelOf.get(name)).join('、')}。`
                  : '对方保存后文字与您开始编辑时相同。'}
              </p>
              {theirs.map(([name, label]) => (
                <details key={name}>
                  <summary>对方的“{label}”</summary>
                  <p className="notice-theirs">{notice.words[name]}</p>
                </details>
              ))}
              <div className="notice-choice">
                <Button onClick={() => start(notice)}>改用对方的内容，放弃我的修改</Button>
                <Button
                  onClick={() => {
                    setBase((now) => ({ ...now, version: notice.version }))
                    forget()
                  }}
                >
                  保留我的内容，保存时覆盖对方的
                </Button>
              </div>
            </>
          }
        />
      )}
      {parts.map(([name, label, rows]) => (
        <form.Field key={name} name={name}>
          {(field) => (
            <Field label={label} wide error={messageOf(field.state.meta.errors) ?? refusedAt(error, `/words/${name}`)}>
              {(control) =>
                rows === 1 ? (
                  <Input
                    {...control}
                    value={field.state.value}
                    onChange={(event) => field.handleChange(event.target.value)}
                  />
                ) : (
                  <Input.TextArea
                    {...control}
                    autoSize={{ minRows: rows, maxRows: 14 }}
                    value={field.state.value}
                    onChange={(event) => field.handleChange(event.target.value)}
                  />
                )
              }
            </Field>
          )}
        </form.Field>
      ))}
      {!stale &&
        error &&
        refusedElse(
          error,
          parts.map(([name]) => `/words/${name}`),
        ) !== null && <Alert type="error" showIcon title={wordsOf(error)} />}
      <div className="desk-form-end notice-save">
        <span className="desk-quiet" role="status">
          {dirty ? '有修改未保存' : '已是最新保存的内容'}
        </span>
        <Button disabled={!dirty} onClick={() => start(notice)}>
          放弃修改
        </Button>
        <Button type="primary" htmlType="submit" disabled={!dirty || (overtaken && dirty)} loading={isPending}>
          保存
        </Button>
      </div>
    </form>
  )
}
