import {
  blankItem,
  type Draft,
  type DraftItem,
  draftOf,
  mostItems,
  movedItem,
  movedSection,
  templateFrom,
} from '@app/shared/checklists/drafts'
import type { ChecklistDraft } from '@app/shared/checklists/listing'
import { changesBetween, isSame } from '@app/shared/checklists/versions'
import { itemFields } from '@app/shared/checklists/words'
import type { CriterionCard } from '@app/shared/criteria/schema'
import { kinds } from '@app/shared/enterprises/words'
import { keyPlaces, sectors } from '@app/shared/hazards/words'
import type { TemplateId } from '@app/shared/ids'
import { type FieldError, Problem } from '@app/shared/problem'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Input, Modal, Select, Tag } from 'antd'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { optionsOf } from '../../../ui/desk/choice'
import { Field } from '../../../ui/desk/field'
import { Sheet } from '../../../ui/desk/page'
import { minuteOf } from '../../../ui/desk/times'
import { wordsOf } from '../../../ui/states'
import { checklistQueries, publishChecklist, retireChecklist, saveDraft } from '../queries'
import { ItemForm, keyOf, type Picking } from './item-form'
import { keepDraft, keptDraft, placeOf } from './kept-draft'
import { Preview } from './preview'
import { whenAsked } from './words'
import './checklists.css'

interface EditorProps {
  readonly streetId: string
  readonly personId: string
  readonly server: ChecklistDraft
  readonly shipped: readonly { readonly id: TemplateId; readonly title: string }[]
  readonly renderPicker: (picking: Picking) => ReactNode
  /** It was published or retired: there is nothing left to be edited now. */
  readonly onDone: (version: number | null) => void
}

const pause = 300
const freshKey = () => `item-${crypto.randomUUID().slice(0, 8)}`
const pointerOf = (...path: (string | number)[]) => path.map((step) => `/${step}`).join('')

/** A street's checklist, written and published. What is typed is kept in this browser until it is saved. */
export function Editor({ streetId, personId, server, shipped, renderPicker, onDone }: EditorProps) {
  const { message, modal } = App.useApp()
  const client = useQueryClient()
  const place = placeOf(streetId, personId, server.id)
  const [found] = useState(() => {
    const kept = keptDraft(place)
    return kept && !isSame(kept.draft, server.draft) ? kept : null
  })
  const current = found !== null && found.edition === server.edition
  const [draft, setDraft] = useState<Draft>(current ? found.draft : server.draft)
  const [edition, setEdition] = useState(server.edition)
  const [saved, setSaved] = useState<Draft>(server.draft)
  const [conflict, setConflict] = useState(found !== null && !current ? found : null)
  const [restored, setRestored] = useState(current)
  const [open, setOpen] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const [asking, setAsking] = useState(false)
  const [previewing, setPreviewing] = useState(false)
  const [cards, setCards] = useState(() => new Map(server.cited.map((card) => [keyOf(card.ref), card])))
  const [said, setSaid] = useState('')
  const saving = useMutation(saveDraft(streetId, server.id))
  const publishing = useMutation(publishChecklist(streetId, server.id))
  const retiring = useMutation(retireChecklist(streetId, server.id))
  const dirty = !isSame(draft, saved)

  const latest = useRef({ draft, edition, dirty })
  useEffect(() => {
    latest.current = { draft, edition, dirty }
    const timer = setTimeout(() => keepNow(place, latest.current), pause)
    return () => clearTimeout(timer)
  }, [draft, edition, dirty, place])
  useEffect(() => {
    const hurry = () => keepNow(place, latest.current)
    addEventListener('pagehide', hurry)
    return () => {
      removeEventListener('pagehide', hurry)
      hurry()
    }
  }, [place])

  const change = (part: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...part }))
    publishing.reset()
  }
  const changeItem = (s: number, i: number, part: Partial<DraftItem>) =>
    change({
      sections: draft.sections.map((section, at) =>
        at === s
          ? { ...section, items: section.items.map((item, n) => (n === i ? { ...item, ...part } : item)) }
          : section,
      ),
    })
  const cite = (card: CriterionCard) => setCards((now) => new Map(now).set(keyOf(card.ref), card))

  const made = templateFrom(server.id, draft, () => true)
  const refused: readonly FieldError[] =
    publishing.error instanceof Problem
      ? (publishing.error.errors ?? []).map(({ pointer, detail }) => ({
          pointer: pointer.replace(/^\/draft/, ''),
          detail,
        }))
      : []
  const errors = tried ? [...(made.ok ? [] : made.errors), ...refused] : []
  const errorAt = (pointer: string) => errors.find((one) => one.pointer === pointer)?.detail
  const errorsBelow = (pointer: string) =>
    new Set(errors.filter((one) => one.pointer.startsWith(`${pointer}/`)).map((one) => one.pointer)).size

  const focusOn = (id: string) => document.getElementById(id)?.focus()
  const showFirst = ([first]: readonly FieldError[]) => {
    const [, s, i] = /^\/sections\/(\d+)\/items\/(\d+)/.exec(first?.pointer ?? '') ?? []
    const key = draft.sections[Number(s)]?.items[Number(i)]?.key
    flushSync(() => {
      setTried(true)
      if (key) setOpen(key)
    })
    document.querySelector<HTMLElement>('.checklist-editor [aria-invalid]')?.focus()
  }

  const save = () =>
    saving.mutate(
      { edition, draft },
      {
        onSuccess: (answer) => {
          setEdition(answer.edition)
          setSaved(draft)
          setRestored(false)
          void message.success('草稿已保存。')
        },
      },
    )
  const publish = () =>
    publishing.mutate(
      { edition, draft },
      {
        onSuccess: ({ version }) => {
          latest.current = { draft, edition, dirty: false }
          keepDraft(place, null)
          void message.success(`第 ${version} 版已发布，从现在起检查时使用。`)
          onDone(version)
        },
        onError: (error) => {
          setAsking(false)
          if (error instanceof Problem && error.errors) showFirst([])
        },
      },
    )
  const retire = () =>
    void modal.confirm({
      title: `停用“${saved.title}”？`,
      content: '停用后检查时不再使用，也不能恢复；正在做的检查仍可签字，以往记录保留。被它代替的自带检查表会重新启用。',
      okText: '停用',
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: () =>
        retiring
          .mutateAsync(edition)
          .then(() => {
            latest.current = { draft, edition, dirty: false }
            keepDraft(place, null)
            return onDone(null)
          })
          .catch(() => undefined),
    })
  const reload = () => {
    keepDraft(place, null)
    latest.current = { draft, edition, dirty: false }
    void client.resetQueries(checklistQueries.draft(streetId, server.id))
  }

  const moveItem = (s: number, i: number, by: -1 | 1) => {
    const item = draft.sections[s]?.items[i]
    if (!item) return
    const moved = movedItem(draft.sections, { section: s, item: i }, by)
    const title = moved.sections[moved.at.section]?.title ?? ''
    flushSync(() => {
      change({ sections: moved.sections })
      setSaid(`“${item.text}”移到“${title}”第 ${moved.at.item + 1} 项`)
    })
    focusOn(`${item.key} ${by === -1 ? 'up' : 'down'}`)
  }
  const addItem = (s: number) => {
    const key = freshKey()
    const section = draft.sections[s]
    if (!section) return
    // The item that none may lack stays last where it is so.
    const at = section.items.at(-1)?.locked ? section.items.length - 1 : section.items.length
    flushSync(() => {
      change({
        sections: draft.sections.with(s, { ...section, items: section.items.toSpliced(at, 0, blankItem(key)) }),
      })
      setOpen(key)
    })
    document.querySelector<HTMLElement>('.checklist-form textarea')?.focus()
  }
  const removeItem = (s: number, i: number) => {
    const section = draft.sections[s]
    const item = section?.items[i]
    if (!section || !item || item.locked) return
    const waiting = draft.sections.flatMap(({ items }) =>
      items.filter(({ condition }) => condition?.on === 'item' && condition.item === item.key),
    )
    const remove = () =>
      change({ sections: draft.sections.with(s, { ...section, items: section.items.toSpliced(i, 1) }) })
    if (item.text === '' && waiting.length === 0) return remove()
    void modal.confirm({
      title: `删除“${item.text}”？`,
      content:
        waiting.length > 0 ? `有 ${waiting.length} 项要看它的结果，删除后须重新设置。` : '以往检查记录不受影响。',
      okText: '删除',
      okButtonProps: { danger: true },
      autoFocusButton: 'cancel',
      onOk: remove,
    })
  }

  const count = draft.sections.reduce((sum, { items }) => sum + items.length, 0)
  const textOf = (key: string) =>
    draft.sections.flatMap(({ items }) => items).find((item) => item.key === key)?.text ?? ''
  const whole = errorAt('/sections')
  return (
    <div className="checklist-editor">
      <p className="desk-unseen" role="status">
        {said}
      </p>
      {conflict && (
        <Alert
          type="warning"
          showIcon
          title={`这份草稿在 ${minuteOf(server.editedAt)} 由${server.editedBy ?? '已离岗人员'}保存过。本机还有您没有保存的修改（${minuteOf(conflict.at)}）。`}
          action={
            <>
              <Button
                onClick={() => {
                  setDraft(conflict.draft)
                  setConflict(null)
                }}
              >
                用我的修改
              </Button>{' '}
              <Button
                onClick={() => {
                  keepDraft(place, null)
                  setConflict(null)
                }}
              >
                用已保存的
              </Button>
            </>
          }
        />
      )}
      {restored && dirty && (
        <Alert
          type="info"
          showIcon
          title="上次没有保存的修改已恢复。"
          action={
            <Button
              onClick={() => {
                setDraft(saved)
                setRestored(false)
              }}
            >
              放弃这些修改
            </Button>
          }
        />
      )}
      <Sheet title="名称与适用范围">
        <div className="desk-form">
          <Field label="检查表名称" required wide error={errorAt('/title')}>
            {(control) => (
              <Input
                {...control}
                maxLength={40}
                value={draft.title}
                onChange={({ target: { value } }) => change({ title: value })}
              />
            )}
          </Field>
          {(
            [
              ['kinds', '适用单位类别', kinds],
              ['keyPlaces', '适用重点场所', keyPlaces],
              ['sectors', '适用行业领域', sectors],
            ] as const
          ).map(([name, label, words]) => (
            <Field
              key={name}
              label={label}
              hint={name === 'kinds' ? '三类中符合任意一个的单位都会用到。' : undefined}
              error={errorAt(`/${name}`)}
            >
              {(control) => (
                <Select<string[]>
                  {...control}
                  mode="multiple"
                  showSearch={{ optionFilterProp: 'label' }}
                  placeholder="可多选，也可不选"
                  value={[...draft[name]]}
                  options={optionsOf(words)}
                  // Safe: its own keys.
                  onChange={(chosen) => change({ [name]: chosen })}
                />
              )}
            </Field>
          ))}
          <Field
            label="代替自带的检查表"
            hint="选了以后，检查时只出现本表，不再出现被代替的那一份。"
            error={errorAt('/replaces')}
          >
            {(control) => (
              <Select<string>
                {...control}
                allowClear
                placeholder="不代替，两份都可选"
                value={draft.replaces}
                options={shipped.map(({ id, title }) => ({ value: id, label: title }))}
                // Safe: one of the list's own.
                onChange={(chosen?: string) => change({ replaces: (chosen as TemplateId | undefined) ?? null })}
              />
            )}
          </Field>
        </div>
      </Sheet>
      {whole && <Alert type="error" showIcon title={whole} />}
      {draft.sections.map((section, s) => (
        // oxlint-disable-next-line react/no-array-index-key -- a section's name is what is being typed
        <Sheet key={s}>
          <div className="checklist-section-head">
            <Field label={`第 ${s + 1} 组`} error={errorAt(pointerOf('sections', s, 'title'))}>
              {(control) => (
                <Input
                  {...control}
                  maxLength={20}
                  placeholder="分组名称"
                  value={section.title}
                  onChange={({ target: { value } }) =>
                    change({ sections: draft.sections.with(s, { ...section, title: value }) })
                  }
                />
              )}
            </Field>
            <span className="checklist-buttons">
              <Button
                disabled={s === 0}
                aria-label={`上移分组：${section.title}`}
                onClick={() => change({ sections: movedSection(draft.sections, s, -1) })}
              >
                上移
              </Button>
              <Button
                disabled={s === draft.sections.length - 1}
                aria-label={`下移分组：${section.title}`}
                onClick={() => change({ sections: movedSection(draft.sections, s, 1) })}
              >
                下移
              </Button>
              <Button
                danger
                disabled={section.items.length > 0}
                title={section.items.length > 0 ? '先把检查项移走或删除' : undefined}
                aria-label={`删除分组：${section.title}`}
                onClick={() => change({ sections: draft.sections.toSpliced(s, 1) })}
              >
                删除
              </Button>
            </span>
          </div>
          <ol className="checklist-items">
            {section.items.map((item, i) => {
              const at = pointerOf('sections', s, 'items', i)
              const wrong = errorsBelow(at)
              const when = whenAsked(item.condition, textOf)
              const named = item.text || '（还没有填写检查内容）'
              return (
                <li key={item.key} data-wrong={wrong > 0 || undefined}>
                  <div className="checklist-item">
                    <div>
                      <div className="checklist-item-text">{named}</div>
                      <div className="checklist-item-tags">
                        {item.locked && <Tag>必查项，不能改动或删除</Tag>}
                        {item.mayBeMajor && <Tag color="error">可能重大</Tag>}
                        <Tag>{item.basis.length > 0 ? `依据 ${item.basis.length} 条` : '经验项'}</Tag>
                        <Tag>{item.days === null ? '天数未填' : `${item.days} 天内整改`}</Tag>
                        {when && <Tag color="processing">{when}</Tag>}
                        {wrong > 0 && <Tag color="error">有 {wrong} 处要补充</Tag>}
                        {errorAt(`${at}/locked`) && <Tag color="error">{errorAt(`${at}/locked`)}</Tag>}
                      </div>
                    </div>
                    <span className="checklist-buttons">
                      <Button
                        id={`${item.key} up`}
                        disabled={s === 0 && i === 0}
                        aria-label={`上移：${named}`}
                        onClick={() => moveItem(s, i, -1)}
                      >
                        上移
                      </Button>
                      <Button
                        id={`${item.key} down`}
                        disabled={s === draft.sections.length - 1 && i === section.items.length - 1}
                        aria-label={`下移：${named}`}
                        onClick={() => moveItem(s, i, 1)}
                      >
                        下移
                      </Button>
                      {!item.locked && (
                        <>
                          <Button
                            aria-expanded={open === item.key}
                            aria-label={`${open === item.key ? '收起' : '编辑'}：${named}`}
                            onClick={() => setOpen(open === item.key ? null : item.key)}
                          >
                            {open === item.key ? '收起' : '编辑'}
                          </Button>
                          <Button danger aria-label={`删除：${named}`} onClick={() => removeItem(s, i)}>
                            删除
                          </Button>
                        </>
                      )}
                    </span>
                  </div>
                  {open === item.key && !item.locked && (
                    <ItemForm
                      item={item}
                      above={draft.sections
                        .flatMap(({ items }, n) => (n < s ? items : n === s ? items.slice(0, i) : []))
                        .filter(({ locked }) => !locked)}
                      cards={cards}
                      errorAt={(field) =>
                        errorAt(`${at}/${field}`) ??
                        errors.find(({ pointer }) => pointer.startsWith(`${at}/${field}/`))?.detail
                      }
                      onChange={(part) => changeItem(s, i, part)}
                      onCited={cite}
                      renderPicker={renderPicker}
                    />
                  )}
                </li>
              )
            })}
          </ol>
          {errorAt(pointerOf('sections', s, 'items')) && (
            <p className="desk-wrong" role="alert">
              {errorAt(pointerOf('sections', s, 'items'))}
            </p>
          )}
          <Button disabled={count >= mostItems} onClick={() => addItem(s)}>
            增加检查项
          </Button>
        </Sheet>
      ))}
      <div className="checklist-more">
        <Button
          disabled={draft.sections.length >= 12}
          onClick={() => change({ sections: [...draft.sections, { title: '', items: [] }] })}
        >
          增加分组
        </Button>
        {server.last && (
          <Button
            onClick={() =>
              void modal.confirm({
                title: `恢复成第 ${server.last?.version} 版的内容？`,
                content: '草稿里还没有发布的修改会丢失。',
                okText: '恢复',
                onOk: () => server.last && setDraft(draftOf(server.last, server.last.replaces)),
              })
            }
          >
            恢复成已发布的内容
          </Button>
        )}
        <Button danger onClick={retire} loading={retiring.isPending}>
          停用这份检查表
        </Button>
      </div>
      <div className="checklist-bar" role="region" aria-label="保存与发布">
        <span role="status" className="desk-quiet">
          共 {count} 项。
          {dirty
            ? '修改已存在本机，还没有保存。'
            : `草稿已保存（${server.last ? `现行第 ${server.last.version} 版` : '还没有发布过'}）。`}
        </span>
        {(saving.error || retiring.error) && (
          <Alert
            type="error"
            showIcon
            title={wordsOf(saving.error ?? retiring.error)}
            action={
              (saving.error ?? retiring.error) instanceof Problem && (
                <Button size="small" onClick={reload}>
                  放弃我的修改并刷新
                </Button>
              )
            }
          />
        )}
        {publishing.error && refused.length === 0 && <Alert type="error" showIcon title={wordsOf(publishing.error)} />}
        <Button onClick={() => setPreviewing(true)}>预览</Button>
        <Button disabled={!dirty} loading={saving.isPending} onClick={save}>
          保存草稿
        </Button>
        <Button
          type="primary"
          onClick={() => {
            if (!made.ok) return showFirst(made.errors)
            publishing.reset()
            setTried(true)
            setAsking(true)
          }}
        >
          检查并发布
        </Button>
      </div>
      {previewing && (
        <Preview
          draft={draft}
          citationOf={(key) => {
            const card = cards.get(key)
            return card ? `${card.document} ${card.article ?? ''}` : key
          }}
          onClose={() => setPreviewing(false)}
        />
      )}
      {asking && made.ok && (
        <Modal
          open
          title={server.last ? `发布第 ${server.last.version + 1} 版` : '发布第 1 版'}
          okText="发布"
          cancelText="再改改"
          confirmLoading={publishing.isPending}
          onOk={publish}
          onCancel={() => setAsking(false)}
        >
          <p>
            发布后从新开始的检查起使用，内容不能再改；要改须另发一版。正在做的检查仍按原来的版本签字，以往记录不变。
          </p>
          {draft.replaces && <p>检查时不再出现自带的“{shipped.find(({ id }) => id === draft.replaces)?.title}”。</p>}
          {server.last && <Differences before={server.last} now={made.template} />}
        </Modal>
      )}
    </div>
  )
}

function keepNow(place: string, { draft, edition, dirty }: { draft: Draft; edition: number; dirty: boolean }) {
  keepDraft(place, dirty ? { edition, draft, at: Date.now() } : null)
}

const wholeWords = { title: '名称', for: '适用范围', layout: '分组或顺序' } as const
const changeWords = { added: '增加', removed: '删除', changed: '修改' } as const

/** What a new version changes, for who publishes it. */
function Differences({
  before,
  now,
}: {
  before: Parameters<typeof changesBetween>[0]
  now: Parameters<typeof changesBetween>[1]
}) {
  const { whole, items } = changesBetween(before, now)
  return (
    <>
      <h3>与现行版相比</h3>
      <ul>
        {whole.map((part) => (
          <li key={part}>{wholeWords[part]}有变化</li>
        ))}
        {items.map(({ key, kind, text, fields }) => (
          <li key={key}>
            {changeWords[kind]}“{text}”{fields.length > 0 && `：${fields.map((field) => itemFields[field]).join('、')}`}
          </li>
        ))}
        {whole.length + items.length === 0 && <li>检查内容没有变化</li>}
      </ul>
    </>
  )
}
