import type { PersonId } from '../ids'
import type { Ranking } from '../schemes/snapshot'
import { addDays, dayOf } from '../time'
import type { NoticeState, NoticeWords } from './schema'

type Standing = { readonly state: NoticeState; readonly editors: readonly PersonId[] }

/** Why this person may not do this to a notice now, or `null`. Who wrote it does not publish it (two district users). */
export function noticeRefusal(notice: Standing, deed: 'edit' | 'publish' | 'withdraw', by: PersonId): string | null {
  if (deed === 'withdraw') return notice.state === 'published' ? null : '只有已发布的通报可以撤回。'
  if (notice.state !== 'draft') return '通报已经发布，不能再改；确有错误请撤回后重新拟写。'
  return deed === 'publish' && notice.editors.includes(by)
    ? '拟写或修改过通报的人不能发布，请由另一名区级管理员预览后发布。'
    : null
}

/** `2026年10月`. */
export function monthWords(month: string): string {
  return `${month.slice(0, 4)}年${Number(month.slice(5))}月`
}

/** `2026年11月4日`. */
export function dayWords(instant: number): string {
  const [year, month, day] = dayOf(instant).split('-').map(Number)
  return `${year}年${month}月${day}日`
}

/** What all the district's streets together did, from the lines of their scores. Whole numbers of records. */
export function overviewOf({ scores }: Pick<Ranking, 'scores'>) {
  const sum = (code: string, part: 'numerator' | 'denominator') =>
    scores.reduce((total, { lines }) => total + (lines.find((line) => line.code === code)?.[part] ?? 0), 0)
  const open = sum('C2', 'denominator')
  return {
    handled: open,
    due: sum('C1', 'denominator'),
    onTime: sum('C1', 'numerator'),
    overdue: open - sum('C2', 'numerator'),
    closed: sum('C5', 'denominator'),
    majors: sum('C4', 'denominator'),
    majorsInHand: sum('C4', 'numerator'),
  }
}

/** A first wording of the notice of a ranking, for a person to go over (wording: scoring §5.4). */
export function firstWords(ranking: Ranking, district: string, now: number): NoticeWords {
  const { snapshot, scheme, scores } = ranking
  const ranked = scores.filter(({ rank }) => rank !== null)
  const best = ranked.filter(({ rank, total }) => rank !== null && rank <= 3 && total >= scheme.grades.excellent)
  const last = ranked.at(-1)
  const weak = ranked.filter((score) => score.total < scheme.grades.good)
  const overdue = scores.flatMap(({ name, lines }) => {
    const line = lines.find(({ code }) => code === 'C2')
    const late = line ? line.denominator - line.numerator : 0
    return late > 0 ? [`${name}${late}处`] : []
  })
  const silent = scores
    .filter(({ lines }) => lines.every(({ denominator }) => denominator === 0))
    .map(({ name }) => name)
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).join('、')

  const problems = [
    overdue.length > 0 && `期末仍有逾期未销号隐患：${overdue.join('、')}。`,
    weak.length > 0 && `得分低于${scheme.grades.good}分的有：${names(weak)}。`,
    last && ranked.length >= 5 && last.total < scheme.grades.good && `${last.name}本期排名靠后，须认真查找原因。`,
    silent.length > 0 && `本期没有隐患排查治理记录的有：${silent.join('、')}。`,
  ].filter((line) => typeof line === 'string')

  return {
    title: `关于${monthWords(snapshot.period)}安全生产治本攻坚工作晾晒情况的通报`,
    addressees: '各街道办事处、镇人民政府，区安委会各成员单位：',
    opening:
      `根据安全生产治本攻坚三年行动工作部署，现将${monthWords(snapshot.period)}隐患排查治理情况通报如下。` +
      `数据截至${dayWords(snapshot.cutoffAt - 1)}24时，按《${scheme.title}》计分。`,
    praise:
      best.length > 0 ? `${names(best)}得分位居前列，隐患闭环扎实。` : '本期没有得分达到优秀等次且位居前三的单位。',
    problems: problems.length > 0 ? problems.join('\n') : '本期未发现需要点名的突出问题。',
    demands:
      `一是逾期未销号的隐患，有关单位要逐项明确责任人和措施，立即整改。\n` +
      `二是请有关单位于${dayWords(Date.parse(`${addDays(dayOf(now), 10)}T00:00:00+08:00`))}前将整改情况报区安委办。`,
    issuer: `${district}安全生产委员会办公室`,
  }
}

/** How a rank moved against the period before: `↑2`, `↓1`, `—`, or `新` where there was none. */
export function moveWords(rank: number | null, previousRank: number | null): string {
  if (rank === null) return '—'
  if (previousRank === null) return '新'
  if (rank === previousRank) return '持平'
  return rank < previousRank ? `↑${previousRank - rank}` : `↓${rank - previousRank}`
}
