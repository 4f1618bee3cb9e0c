import { askedOf, type CheckedUnit } from '@app/shared/checklists/answering'
import type { Draft } from '@app/shared/checklists/drafts'
import type { Item } from '@app/shared/checklists/schema'
import { facts, type Result, results } from '@app/shared/checklists/words'
import { kinds } from '@app/shared/enterprises/words'
import type { TemplateId } from '@app/shared/ids'
import { Checkbox, Modal } from 'antd'
import { useState } from 'react'

interface PreviewProps {
  readonly draft: Draft
  /** How a basis is written, by `id@version`. */
  readonly citationOf: (key: string) => string
  readonly onClose: () => void
}

/** A checklist as it is gone through on a phone: answering shows what is asked then. */
export function Preview({ draft, citationOf, onClose }: PreviewProps) {
  const [answers, setAnswers] = useState<Readonly<Record<string, Result>>>({})
  const [is, setIs] = useState({ crowded: false, 'high-risk': false })
  const unit: CheckedUnit = {
    kind: draft.kinds[0] ?? 'enterprise',
    keyPlace: draft.keyPlaces[0] ?? null,
    sectors: draft.sectors,
    crowded: is.crowded,
    highRisk: is['high-risk'] ? '演示' : null,
  }
  const sections = draft.sections.map((section) => ({
    ...section,
    items: section.items.map((item): Item => ({ ...item, days: item.days ?? 0 })),
  }))
  const given = Object.entries(answers).map(([item, result]) => ({
    item,
    result,
    words: null,
    suspected: null,
    dueOn: null,
    photos: [],
    after: [],
  }))
  const asked = new Map(
    askedOf({ sections, id: '' as TemplateId } as { sections: typeof sections }, unit, given).map((one) => [
      one.item.key,
      one,
    ]),
  )
  return (
    <Modal open title="手机上的样子" footer={null} onCancel={onClose} width="30rem">
      <div className="desk-tools">
        <span>假设被检单位（{kinds[unit.kind]}）是：</span>
        {(['crowded', 'high-risk'] as const).map((fact) => (
          <Checkbox
            key={fact}
            checked={is[fact]}
            onChange={({ target: { checked } }) => setIs((now) => ({ ...now, [fact]: checked }))}
          >
            {facts[fact]}
          </Checkbox>
        ))}
      </div>
      <div className="checklist-phone">
        <h2>{draft.title || '（未命名）'}</h2>
        <p className="checklist-quiet">默认全部合格，只点有问题的项。本次要查 {asked.size} 项。</p>
        {sections.map(({ title, items }, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- sections have no other name while two may be called the same
          <section key={at}>
            <h3>{title || '（未命名分组）'}</h3>
            {items.map((item) => {
              const one = asked.get(item.key)
              if (!one) return null
              return (
                <fieldset key={item.key}>
                  <legend>{item.text || '（还没有填写检查内容）'}</legend>
                  <div className="checklist-choices">
                    {(Object.entries(results) as [Result, string][])
                      .filter(([result]) => result !== 'na' || !item.locked)
                      .map(([result, label]) => (
                        <label key={result} data-chosen={one.result === result || undefined}>
                          <input
                            type="radio"
                            name={`preview-${item.key}`}
                            checked={one.result === result}
                            onChange={() => setAnswers((now) => ({ ...now, [item.key]: result }))}
                          />
                          {label}
                        </label>
                      ))}
                  </div>
                  {(one.result === 'fail' || one.result === 'fixed') && (
                    <div className="checklist-quiet">
                      <p>隐患描述：{item.wording || '（还没有填写）'}</p>
                      {one.result === 'fail' && <p>整改期限：检查之日起 {item.days} 天内</p>}
                      {item.mayBeMajor && one.result === 'fail' && <p>需判断是否疑似重大隐患（由有权部门认定）</p>}
                    </div>
                  )}
                  <details>
                    <summary>怎么查 · 依据</summary>
                    <p>{item.method}</p>
                    <p>不合格：{item.failing}</p>
                    {item.basis.length === 0 && <p>经验项，暂无条文依据</p>}
                    {item.basis.map(({ id, version }) => (
                      <p key={id}>{citationOf(`${id}@${version}`)}</p>
                    ))}
                  </details>
                </fieldset>
              )
            })}
          </section>
        ))}
      </div>
    </Modal>
  )
}
