import { html, raw } from 'hono/html'
import type { NoticeWords } from '@app/shared/notices/schema'
import { dayWords, monthWords, moveWords, overviewOf } from '@app/shared/notices/rules'
import { gradeWords } from '@app/shared/schemes/schema'
import type { Ranking } from '@app/shared/schemes/snapshot'

/** One style for all public pages, readable on an old phone and on A4; its hash is in the policy they are sent with. */
export const publicStyle = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#f4f5f7;color:#1d2129;font:1rem/1.8 "PingFang SC","HarmonyOS Sans SC",MiSans,"Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:50rem;margin:0 auto;padding:1.5rem 1.25rem 3rem;background:#fff;min-height:100vh}
.demo{margin:0;text-indent:0;padding:.4rem 1.25rem;background:#fff4e0;color:#7a4100;text-align:center;font-size:.9rem}
.organ{text-indent:0;margin:.5rem 0 0;text-align:center;color:#b42318;font-size:1.35rem;font-weight:700;letter-spacing:.08em}
.number{text-indent:0;margin:.25rem 0 0;padding-bottom:.75rem;border-bottom:2px solid #b42318;text-align:center;color:#4e5969}
h1{margin:1.5rem 0 1rem;font-size:1.5rem;line-height:1.4;text-align:center;text-wrap:balance}
h2{margin:1.75rem 0 .5rem;font-size:1.1rem}
p{margin:.5rem 0;text-indent:2em}
.plain{text-indent:0}
.sign{margin-top:2rem;text-align:right;text-indent:0}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
caption{padding:.4rem 0;text-align:left;color:#4e5969;font-size:.9rem}
th,td{padding:.45rem .5rem;border:1px solid #c9cdd4;text-align:left;white-space:nowrap}
th{background:#f2f3f5;font-weight:600}
.n{text-align:right}
.withdrawn{margin:1rem 0;padding:.75rem 1rem;border:2px solid #b42318;color:#b42318;text-indent:0}
.foot{margin-top:2.5rem;padding-top:.75rem;border-top:1px solid #c9cdd4;color:#4e5969;font-size:.85rem;line-height:1.6;text-indent:0;overflow-wrap:anywhere}
ul{padding:0;list-style:none}
li{border-bottom:1px solid #e5e6eb}
li a{display:block;padding:.9rem .25rem;color:#1456b8;text-decoration:none}
li a:hover{text-decoration:underline}
time{display:block;color:#4e5969;font-size:.9rem}
a{color:#1456b8}
a:focus-visible{outline:3px solid #1456b8;outline-offset:2px}
@page{size:A4;margin:37mm 26mm 35mm 28mm}
@media print{body{background:#fff;font:16pt/29pt FangSong_GB2312,FangSong,STFangsong,"Noto Serif CJK SC",serif}main{max-width:none;padding:0}h1{font-size:22pt}h2{font-size:16pt}table{font-size:12pt;line-height:1.5}thead{display:table-header-group}tr{break-inside:avoid}.screen{display:none}}
`

interface Frame {
  readonly title: string
  readonly site: string
  readonly demo: boolean
}

/** The frame of a public page: no script, no font download, no person named. */
export function publicPage({ title, site, demo }: Frame, body: unknown): string {
  const full = `${demo ? '【演示数据】' : ''}${title} - ${site}`
  return String(
    html`<!doctype html>
      <html lang="zh-CN">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="renderer" content="webkit" />
          ${demo ? raw('<meta name="robots" content="noindex">') : ''}
          <title>${full}</title>
          <meta name="SiteName" content="${site}" />
          <meta name="ArticleTitle" content="${title}" />
          <style>${raw(publicStyle)}</style>
        </head>
        <body>
          ${demo ? raw('<p class="demo">演示数据：本页内容均为虚构，仅供演示</p>') : ''}
          <main>${body}</main>
        </body>
      </html> `,
  )
}

/** What stands for the number until the notice has one. */
const unnumbered = '编号发布时生成'

export interface NoticePage {
  readonly district: { readonly name: string; readonly slug: string; readonly demo: boolean }
  readonly words: NoticeWords
  readonly ranking: Ranking
  readonly number: string | null
  readonly publishedAt: number | null
}

/** The notice as it is previewed and published. Its words are people's, its numbers the snapshot's. */
export function noticePage({ district, words, ranking, number, publishedAt }: NoticePage): string {
  const { snapshot, scheme, scores } = ranking
  const ranked = scores.filter(({ rank }) => rank !== null)
  const left = scores.filter(({ rank }) => rank === null)
  const all = overviewOf(ranking)
  const paragraphs = (text: string) => text.split('\n').map((line) => html`<p>${line}</p>`)
  const percent = (share: number) => `${Math.round(share * 100)}%`
  const points = (value: number | null) => (value === null ? '不适用' : value.toFixed(2))
  return publicPage(
    { title: words.title, site: `${district.name}公示`, demo: district.demo },
    html`<p class="organ">${words.issuer}</p>
      <p class="number">公示编号 ${number ?? unnumbered}</p>
      <h1>${words.title}</h1>
      <p class="plain">${words.addressees}</p>
      ${paragraphs(words.opening)}
      <h2>一、总体情况</h2>
      <p>
        ${monthWords(snapshot.period)}，全区处于整改闭环中的隐患${all.handled}处，本月销号${all.closed}处。本月到期的一般隐患${all.due}处，按期整改${all.onTime}处${
          all.due > 0 ? `，按期整改率${percent(all.onTime / all.due)}` : ''
        }。期末逾期未销号${all.overdue}处。未销号的重大隐患${all.majors}处，其中期末已销号或仍在期限内的${all.majorsInHand}处。
      </p>
      <h2>二、得分和排名</h2>
      <div class="scroll" tabindex="0" role="region" aria-label="得分和排名表">
        <table>
          <caption>
            满分 100 分；得分相同的名次并列
          </caption>
          <thead>
            <tr>
              <th scope="col" class="n">名次</th>
              <th scope="col">单位</th>
              <th scope="col" class="n">得分</th>
              <th scope="col">较上期</th>
              <th scope="col">等次</th>
            </tr>
          </thead>
          <tbody>
            ${ranked.map(
              (score) =>
                html`<tr>
                  <td class="n">${score.rank}</td>
                  <th scope="row">${score.name}</th>
                  <td class="n">${score.total.toFixed(2)}</td>
                  <td>${moveWords(score.rank, score.previousRank)}</td>
                  <td>${gradeWords[score.grade]}</td>
                </tr>`,
            )}${left.map(
              (score) =>
                html`<tr>
                  <td class="n">—</td>
                  <th scope="row">${score.name}</th>
                  <td class="n">${score.total.toFixed(2)}</td>
                  <td>—</td>
                  <td>不参与排名</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${
        left.length > 0
          ? html`<p>
              ${left.map(({ name }) => name).join('、')}不适用指标的权重超过${percent(scheme.mostNotApplicable)}，样本不足，不参与排名。
            </p>`
          : ''
      }
      <h2>三、先进做法</h2>
      ${paragraphs(words.praise)}
      <h2>四、存在问题</h2>
      ${paragraphs(words.problems)}
      <h2>五、工作要求</h2>
      ${paragraphs(words.demands)}
      <p class="sign">${words.issuer}<br />${publishedAt === null ? '发布日期待定' : dayWords(publishedAt)}</p>
      <p class="plain">（此件公开发布）</p>
      <h2>附件1　得分明细</h2>
      <div class="scroll" tabindex="0" role="region" aria-label="得分明细表">
        <table>
          <caption>
            每格为得分（分子/分母）
          </caption>
          <thead>
            <tr>
              <th scope="col">单位</th>
              ${scheme.indicators.map(({ code, name }) => html`<th scope="col">${code} ${name}</th>`)}
              <th scope="col" class="n">不适用权重</th>
            </tr>
          </thead>
          <tbody>
            ${scores.map(
              (score) =>
                html`<tr>
                  <th scope="row">${score.name}</th>
                  ${score.lines.map(
                    (line) => html`<td>${points(line.points)}（${line.numerator}/${line.denominator}）</td>`,
                  )}
                  <td class="n">${percent(score.notApplicable)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <h2>附件2　口径说明</h2>
      ${scheme.indicators.map(
        ({ code, name, words: rule, least }) => html`<p>${code} ${name}：${rule}分母少于${least}的不适用。</p>`,
      )}
      <p>
        各项按比例计分，不以隐患数量多少论优劣；不适用指标的权重由其余指标按比例分摊；不适用权重超过${percent(
          scheme.mostNotApplicable,
        )}的不参与排名。各单位执行同一方案、同一截止时间。
      </p>
      <p class="foot">
        计分方案：${scheme.title}；数据截止：${dayWords(snapshot.cutoffAt - 1)}24时；评分快照第${
          snapshot.revision
        }版，校验值
        ${snapshot.scoresHash}；原始记录校验值 ${snapshot.factsHash}。
      </p>
      <p class="foot screen"><a href="/p/${district.slug}">返回公示列表</a></p>`,
  )
}

/** A withdrawn notice: the reason first, and below it what had been published. */
export function withdrawnPage(page: string, reason: string, at: number): string {
  const notice = String(html`<p class="withdrawn"><strong>本通报已于${dayWords(at)}撤回。</strong>原因：${reason}</p>`)
  return page.replace('<main>', () => `<main>\n${notice}`)
}

export interface ListedNotice {
  readonly number: string
  readonly title: string
  readonly publishedAt: number
  readonly withdrawn: boolean
}

/** Whom a street names to be asked by anybody; either may be empty. */
interface Contact {
  readonly street: string
  readonly office: string
  readonly phone: string
}

/** All of a district's published notices, newest first, and whom to ask in its streets. */
export function noticeList(
  district: NoticePage['district'],
  notices: readonly ListedNotice[],
  contacts: readonly Contact[],
): string {
  const site = `${district.name}公示`
  return publicPage(
    { title: '通报公示', site, demo: district.demo },
    html`<p class="organ">${district.name}</p>
      <h1>安全生产治本攻坚工作通报公示</h1>
      ${
        notices.length === 0
          ? html`<p class="plain">还没有发布通报。</p>`
          : html`<ul>
              ${notices.map(
                ({ number, title, publishedAt, withdrawn }) =>
                  html`<li>
                    <a href="/p/${district.slug}/${number}"
                      >${title}${withdrawn ? '（已撤回）' : ''}<time datetime="${new Date(publishedAt).toISOString()}"
                        >${dayWords(publishedAt)}　编号 ${number}</time
                      ></a
                    >
                  </li>`,
              )}
            </ul>`
      }
      ${
        contacts.length > 0
          ? html`<h2>街道联系方式</h2>
              ${contacts.map(
                ({ street, office, phone }) =>
                  html`<p class="plain">${street}：${[office, phone && `电话 ${phone}`].filter(Boolean).join('，')}</p>`,
              )}`
          : ''
      }
      <p class="foot">本页由发布单位负责解释。</p>`,
  )
}

/** What a public address says that leads nowhere. */
export function nothingHere(): string {
  return publicPage(
    { title: '没有找到', site: '公示', demo: false },
    html`<h1>没有找到这个页面</h1>
      <p class="plain">请核对网址，或向发布单位查询。</p>`,
  )
}
