import { html, raw } from 'hono/html'
import { capabilities, type Capability } from '@app/shared/capabilities'

/** The parts of the OpenAPI document that the page shows. */
interface Schema {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  items?: Schema
  prefixItems?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  pattern?: string
  default?: unknown
  format?: string
}
interface Body {
  content: Record<string, { schema?: Schema }>
}
interface Operation {
  summary: string
  tags: string[]
  security?: unknown[]
  'x-capability'?: string
  parameters: { name: string; in: string; required: boolean; schema: Schema }[]
  requestBody?: Body
  responses: Record<string, Partial<Body> & { description?: string }>
}
interface Document {
  info: { title: string; description: string }
  paths: Record<string, Record<string, Operation>>
}

export const docsStyle = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;color:#1d2129;background:#fff;font:1rem/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:64rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
h1{font-size:1.6rem}
h2{margin:2.5rem 0 .5rem;padding-bottom:.25rem;border-bottom:2px solid #1456b8;font-size:1.25rem}
h3{margin:1.75rem 0 .25rem;font-size:1rem;overflow-wrap:anywhere}
code{font-family:ui-monospace,Consolas,monospace;font-size:.92em}
.m{display:inline-block;min-width:4rem;margin-right:.5rem;padding:0 .4rem;border-radius:.2rem;background:#1456b8;color:#fff;text-align:center}
p{margin:.25rem 0}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;list-style:none}
a{color:#1456b8}
table{width:100%;margin:.4rem 0 .75rem;border-collapse:collapse;font-size:.92rem}
caption{padding:.2rem 0;text-align:left;color:#4e5969}
th,td{padding:.3rem .5rem;border:1px solid #c9cdd4;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#f2f3f5;font-weight:600}
td:first-child{width:28%}
`

/** Tags are the first part of an address; a reader is told them in words. */
const groups: Record<string, string> = {
  streets: '街道',
  districts: '区',
  platform: '平台',
  session: '登录',
  me: '本人',
  health: '运行',
}

const kinds: Record<string, string> = {
  string: '文字',
  number: '数字',
  integer: '整数',
  boolean: '是否',
  object: '对象',
  null: '空',
}

/** What a schema takes, in Chinese. */
export function inWords(schema: Schema): string {
  const union = schema.anyOf ?? schema.oneOf
  if (union) return union.map(inWords).join(' 或 ')
  if (schema.const !== undefined) return `固定为 ${JSON.stringify(schema.const)}`
  if (schema.enum) {
    const values = schema.enum.map(String)
    return `取值：${values.slice(0, 40).join('、')}${values.length > 40 ? '…' : ''}`
  }
  const { type, items } = schema
  if (type === 'array' || items) {
    const most = schema.maxItems === undefined ? '' : `，最多 ${schema.maxItems} 个`
    const least = schema.minItems ? `，至少 ${schema.minItems} 个` : ''
    return `列表（${items ? inWords(items) : '任意'}）${least}${most}`
  }
  const bounds = [
    schema.minLength !== undefined && `至少 ${schema.minLength} 个字符`,
    schema.maxLength !== undefined && `最多 ${schema.maxLength} 个字符`,
    schema.minimum !== undefined && `不小于 ${schema.minimum}`,
    schema.maximum !== undefined && `不大于 ${schema.maximum}`,
    schema.pattern !== undefined && `格式 ${schema.pattern}`,
    schema.format === 'binary' && '文件',
    schema.default !== undefined && `默认 ${JSON.stringify(schema.default)}`,
  ].filter(Boolean)
  const named = (Array.isArray(type) ? type : [type ?? '']).map((one) => kinds[one] ?? one).filter(Boolean)
  return [named.join(' 或 ') || '任意', ...bounds].join('，')
}

/** The fields of a body, those within them after a dot; of a choice those of every form. */
export function fieldsOf(schema: Schema, before = '', depth = 0): [name: string, required: boolean, what: string][] {
  const forms = schema.anyOf ?? schema.oneOf
  if (forms) return forms.flatMap((form) => fieldsOf(form, before, depth))
  const inner = schema.items && !schema.properties ? schema.items : schema
  const dot = inner === schema ? before : before && `${before}[]`
  return Object.entries(inner.properties ?? {}).flatMap(([name, field]) => {
    const at = dot ? `${dot}.${name}` : name
    const nested = depth < 2 ? fieldsOf(field, at, depth + 1) : []
    return [[at, inner.required?.includes(name) ?? false, inWords(field)], ...nested] as [string, boolean, string][]
  })
}

function table(caption: string, rows: readonly (readonly [string, boolean, string])[]) {
  if (rows.length === 0) return ''
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        <th scope="col">名称</th>
        <th scope="col">必填</th>
        <th scope="col">要求</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([name, required, what]) =>
          html`<tr>
            <td><code>${name}</code></td>
            <td>${required ? '是' : '否'}</td>
            <td>${what}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function bodyOf(caption: string, body: Partial<Body> | undefined) {
  if (!body?.content) return ''
  return Object.entries(body.content).map(([type, { schema = {} }]) => {
    const fields = fieldsOf(schema)
    return fields.length > 0
      ? table(`${caption}（${type}）`, fields)
      : html`<p>${caption}（${type}）：${inWords(schema)}</p>`
  })
}

function operation(method: string, path: string, one: Operation) {
  const needs = one.security
    ? '任何人'
    : one['x-capability'] === 'signed-in'
      ? '已登录的人'
      : `${capabilities[one['x-capability'] as Capability] ?? ''}（${one['x-capability'] ?? ''}）`
  const answers = Object.entries(one.responses).filter(([status]) => status !== 'default')
  return html`<h3 id="${`${method}${path}`.replaceAll(/\W+/g, '-')}">
      <span class="m">${method.toUpperCase()}</span><code>${path}</code>
    </h3>
    <p>${one.summary}。需要：${needs}</p>
    ${table(
      '参数',
      one.parameters.map(({ name, in: where, required, schema }) => [
        `${name}（${{ path: '地址', query: '查询', header: '请求头' }[where] ?? where}）`,
        required,
        inWords(schema),
      ]),
    )}
    ${bodyOf('请求内容', one.requestBody)}
    ${answers.map(([status, answer]) =>
      answer.content ? bodyOf(`回答 ${status}`, answer) : html`<p>回答 ${status}：无内容</p>`,
    )}`
}

/** The API as a person reads it: no script, made from the OpenAPI document and from nothing else. */
export function docsPage(document: object): string {
  // Safe: `openApi` made it.
  const { info, paths } = document as Document
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ path, method, one, tag: one.tags[0] ?? '' })),
  )
  const tags = [...new Set(all.map(({ tag }) => tag))]
  return String(
    html`<!doctype html>
      <html lang="zh-CN">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>${info.title} 接口说明</title>
          <style>
            ${raw(docsStyle)}
          </style>
        </head>
        <body>
          <main>
            <h1>${info.title} 接口说明</h1>
            <p>${info.description}机器可读的同一份说明在 <a href="/api/openapi.json">/api/openapi.json</a>（OpenAPI 3.1）。</p>
            <p>
              时间为 1970 年以来的毫秒数，日期为北京时间的 2026-01-31。修改数据的请求须带
              <code>Idempotency-Key</code> 请求头，重试时用同一个值，结果与第一次相同。失败时回答
              <code>application/problem+json</code>（RFC 9457），<code>errors</code> 指明是哪一项。没有权限和不存在的编号回答相同，都是
              404。
            </p>
            <nav aria-label="目录">
              <ul>
                ${tags.map((tag) => html`<li><a href="#${tag}">${groups[tag] ?? tag}</a></li>`)}
              </ul>
            </nav>
            ${tags.map(
              (tag) =>
                html`<h2 id="${tag}">${groups[tag] ?? tag}</h2>
                  ${all.filter((one) => one.tag === tag).map(({ method, path, one }) => operation(method, path, one))}`,
            )}
          </main>
        </body>
      </html> `,
  )
}

let policy: Promise<string> | undefined
const pages = new WeakMap<object, string>()

/** The page with the policy that lets its own style in and nothing else. */
export async function docsResponse(document: object): Promise<Response> {
  // The template sets blanks around the style; what is hashed is what stands between the tags.
  const page = pages.get(document) ?? docsPage(document)
  pages.set(document, page)
  const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
  policy ??= crypto.subtle.digest('SHA-256', new TextEncoder().encode(style)).then((digest) => {
    const hash = btoa(String.fromCharCode(...new Uint8Array(digest)))
    return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
  })
  return new Response(page, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': await policy,
      'cache-control': 'public, max-age=300',
    },
  })
}
