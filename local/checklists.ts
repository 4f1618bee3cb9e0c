import { itemsOf } from '@app/shared/checklists/answering'
import { basisLines } from '@app/shared/checklists/basis'
import type { Condition, Item, Template } from '@app/shared/checklists/schema'
import { shipped } from '@app/shared/checklists/shipped/all'
import { facts, results, withoutBasis } from '@app/shared/checklists/words'
import { carried, national } from '@app/shared/criteria/national/catalogue'
import { standingOf, titleOf } from '@app/shared/criteria/rules'
import type { CriterionRef } from '@app/shared/criteria/schema'
import { kinds as documentKinds, ownWords, carriedSightings, standings } from '@app/shared/criteria/words'
import { kinds } from '@app/shared/enterprises/words'
import { categories, keyPlaces, sectors } from '@app/shared/hazards/words'
import type { Day } from '@app/shared/time'

/** The page is of one day, or it would change by itself: the first on which all documents carried had begun. */
const on = '2026-09-30' as Day

const nameOf = ({ id, version }: CriterionRef) => `${id}@${version}`
const cell = (words: string) => words.replaceAll('|', '\\|').replaceAll('\n', '<br>')
const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

/**
 * The shipped checklists with what each item rests on, as Markdown in Chinese, for a person of the trade to check
 * (`docs/checklists.md`).
 */
export function checklistsPage(): string {
  const items = shipped.flatMap(itemsOf)
  const cited = [...new Map(items.flatMap(({ basis }) => basis).map((ref) => [nameOf(ref), ref])).values()].sort(
    (a, b) => (nameOf(a) < nameOf(b) ? -1 : 1),
  )
  const numbers = new Map(cited.map((ref, at) => [nameOf(ref), at + 1]))
  const bare = items.filter(({ basis }) => basis.length === 0).length
  return `# 随产品提供的检查表

本页由数据生成，不要手工修改：\`npx vitest run --project node tests/local/checklists.test.ts -u\` 重新写出；与数据不一致时 \`npm test\` 不通过。

共 ${shipped.length} 张检查表、${items.length} 个检查项，其中 ${items.length - bare} 项列有依据，${bare} 项是经验项，暂无条文依据。检查项由本项目自行编写，请业内人员核对。依据列中的编号见文末“依据一览”。施行情况按 ${on} 计算。

* 检查项默认“${results.pass}”，只填有问题的；结果有${Object.values(results).join('、')}。
* “可能重大”的项不合格时，检查人须判断是否疑似重大；街道和网格员只报疑似，认定由有权部门作出。
* 没有收集到条文的项写“${withoutBasis}”，不编造条款号。

${shipped.map((template) => templatePart(template, numbers)).join('\n\n')}

## 依据一览

${ownWords}核实情况：${Object.values(carriedSightings).join('；')}。

${table(
  ['编号', '条款', '概括', '须说明的', '发文机关网址'],
  cited.map((ref) => {
    const [line] = basisLines([ref], national, on)
    const warnings = line?.warnings.join('\n') ?? ''
    return [
      String(numbers.get(nameOf(ref))),
      line?.citation ?? '',
      line?.text ?? '',
      warnings === '' ? carriedSightings.official : warnings,
      line?.address ?? '—',
    ]
  }),
)}

## 标准库收录情况

${table(
  ['标准或文件', '类别', '发文机关', '施行', '状态', '收录条数', '其中已核实', '说明'],
  carried.map(({ standard, rows }) => [
    titleOf(standard),
    documentKinds[standard.kind],
    standard.body,
    standard.since ?? '未核实',
    standings[standingOf(standard, on)],
    String(rows.length),
    String(rows.filter(({ seen }) => seen === 'official').length),
    standard.note ?? '',
  ]),
)}
`
}

function templatePart(template: Template, numbers: ReadonlyMap<string, number>): string {
  const texts = new Map(itemsOf(template).map(({ key, text }) => [key, text]))
  let at = 0
  const parts = template.sections.map(
    ({ title, items }) =>
      `### ${title}\n\n${table(
        ['序号', '检查内容', '怎么查', '不合格表现', '默认隐患描述', '类别、领域、天数', '依据'],
        items.map((item) => [
          String(++at),
          [item.text, ...remarks(item, texts)].join('\n'),
          item.method,
          item.failing,
          item.wording,
          `${categories[item.category].label}\n${sectors[item.sector]}\n${item.days} 天`,
          item.basis.map((ref) => `[${numbers.get(nameOf(ref))}]`).join('') || withoutBasis,
        ]),
      )}`,
  )
  const uses = [
    ...template.kinds.map((kind) => kinds[kind]),
    ...template.keyPlaces.map((place) => keyPlaces[place]),
    ...template.sectors.map((sector) => sectors[sector]),
  ]
  return `## ${template.title}\n\n适用：${uses.join('、')}。共 ${texts.size} 项。\n\n${parts.join('\n\n')}`
}

function remarks({ locked, mayBeMajor, condition }: Item, texts: ReadonlyMap<string, string>): string[] {
  return [
    ...(locked ? ['（必查项，不能删改）'] : []),
    ...(mayBeMajor ? ['（可能重大）'] : []),
    ...(condition === null ? [] : [`（${conditionWords(condition, texts)}时显示）`]),
  ]
}

function conditionWords(condition: Condition, texts: ReadonlyMap<string, string>): string {
  if (condition.on === 'unit') return `${condition.is ? '属于' : '不属于'}${facts[condition.fact]}`
  return `“${texts.get(condition.item)}”为${condition.is.map((result) => results[result]).join('、')}`
}
