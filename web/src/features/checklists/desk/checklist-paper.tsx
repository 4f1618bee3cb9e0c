import type { ChecklistVersion } from '@app/shared/checklists/listing'
import { Link } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import { Fragment } from 'react'
import { forWhom, whenAsked } from './words'
import './checklists.css'

interface PaperProps {
  readonly version: ChecklistVersion
  readonly street: { readonly name: string; readonly slug: string }
}

/** One version of a checklist as it is read, and as it is printed to be filled in by hand. */
export function ChecklistPaper({ version: { template, basis, offered, versions, own }, street }: PaperProps) {
  const textOf = new Map(template.sections.flatMap(({ items }) => items.map(({ key, text }) => [key, text] as const)))
  let count = 0
  return (
    <>
      <div className="desk-tools">
        <Button onClick={() => globalThis.print()}>打印纸质检查表</Button>
        {offered ? <Tag color="success">检查时使用</Tag> : <Tag>检查时不再使用</Tag>}
        {versions.length > 1 && (
          <span>
            各版：
            {versions.map(({ version, publishedOn, by }) => (
              <Fragment key={version}>
                {' '}
                {version === template.version ? (
                  <strong>第 {version} 版</strong>
                ) : (
                  <Link
                    to="/admin/s/$street/checklists/$templateId"
                    params={{ street: street.slug, templateId: template.id }}
                    search={{ version }}
                    title={`${publishedOn} ${by ?? ''}`}
                  >
                    第 {version} 版
                  </Link>
                )}
              </Fragment>
            ))}
          </span>
        )}
      </div>
      <article className="checklist-paper" aria-label={template.title}>
        <h2>{template.title}</h2>
        <p className="checklist-quiet">
          适用：{forWhom(template)}。{own ? street.name : '随系统提供'}，第 {template.version} 版（
          {template.publishedOn}
          ）。
        </p>
        <table className="checklist-head">
          <tbody>
            <tr>
              <th scope="row">被检单位</th>
              <td aria-label="待填写" />
              <th scope="row">检查时间</th>
              <td aria-label="待填写" />
            </tr>
            <tr>
              <th scope="row">地址</th>
              <td aria-label="待填写" />
              <th scope="row">检查人</th>
              <td aria-label="待填写" />
            </tr>
          </tbody>
        </table>
        <table>
          <thead>
            <tr>
              <th scope="col" className="checklist-number">
                序号
              </th>
              <th scope="col">检查内容与方法</th>
              <th scope="col" className="checklist-boxes">
                结果
              </th>
              <th scope="col" className="checklist-blank">
                问题
              </th>
              <th scope="col" className="checklist-basis-cell">
                依据
              </th>
            </tr>
          </thead>
          {template.sections.map(({ title, items }) => (
            <tbody key={title}>
              <tr>
                <th scope="rowgroup" colSpan={5}>
                  {title}
                </th>
              </tr>
              {items.map((item) => {
                const when = whenAsked(item.condition, (key) => textOf.get(key) ?? '')
                return (
                  <tr key={item.key}>
                    <td>{++count}</td>
                    <td>
                      <div>
                        {item.text}
                        {item.locked && '（必查项）'}
                        {item.mayBeMajor && '（可能构成重大隐患）'}
                      </div>
                      {when && <div className="checklist-quiet">{when}</div>}
                      <div className="checklist-quiet">怎么查：{item.method}</div>
                      <div className="checklist-quiet">不合格：{item.failing}</div>
                    </td>
                    <td className="checklist-boxes">
                      <div>□ 合格</div>
                      <div>□ 不合格</div>
                      <div>□ 当场整改</div>
                      {!item.locked && <div>□ 不适用</div>}
                    </td>
                    <td className="checklist-blank" aria-label="待填写" />
                    <td>
                      {(basis[item.key] ?? []).map(({ citation, text, warnings }) => (
                        <div key={citation} className="checklist-quiet">
                          {citation}
                          {text && `：${text}`}
                          {warnings.map((warning) => `（${warning}）`)}
                        </div>
                      ))}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          ))}
        </table>
        <div className="checklist-signatures">
          <span>检查人签字：</span>
          <span>单位签字：</span>
        </div>
        <p className="checklist-quiet">
          依据一栏为概括，不是原文；是否构成重大隐患由有权部门认定。正式检查记录以手机上双方签署的为准。
        </p>
      </article>
    </>
  )
}
