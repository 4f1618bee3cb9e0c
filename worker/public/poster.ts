import { html } from 'hono/html'
import { publicPage } from '../notices/page'
import { type PosterUnitFound, passOf } from '../platform/posters'
import type { Env } from '../env'

/** Where a unit's poster leads: one way for its own people, one for who comes to check. */
export function posterPage(env: Env, code: string, found: PosterUnitFound, now: number): string {
  const { street, slug, unit, demo } = found
  return publicPage(
    { title: unit, site: street, demo },
    html`<p class="organ">${street}</p>
      <p class="number">安全生产 一企一码</p>
      <h1>${unit}</h1>
      <ul>
        <li>
          <a href="/join#${passOf(env, code, now)}">本单位人员：首次使用，加入本单位</a>
        </li>
        <li><a href="/m/s/${slug}">本单位人员：已有账号，登录后自查、整改</a></li>
        <li><a href="/m/s/${slug}/posters/${code}">街道检查人员：打开本单位档案</a></li>
      </ul>
      <p class="foot">加入需要街道工作人员当面或电话告知的 6 位加入码，或由街道在系统中同意。本页不收集任何信息。</p>`,
  )
}

/** A code that is nobody's, or was revoked: the page says the same of both. */
export function noPoster(): string {
  return publicPage(
    { title: '二维码无效', site: '治本', demo: false },
    html`<h1>二维码无效或已停用</h1>
      <p class="plain">请向张贴二维码的街道确认，或请街道工作人员重新制作。</p>`,
  )
}
