import type { RecordLine } from './schema'
import type { Change, Companion, Ending } from './schema'
import { results } from '../checklists/words'
import { type InspectionKind, kinds } from './words'

/** What of a version is compared with the one before it. */
export interface Version {
  readonly kind: InspectionKind
  readonly others: readonly string[]
  readonly companions: readonly Companion[]
  readonly lines: readonly Pick<
    RecordLine,
    'key' | 'text' | 'result' | 'words' | 'suspected' | 'dueOn' | 'photos' | 'after'
  >[]
  /** Null once its words were erased. */
  readonly ending: Ending | null
  readonly ended: 'signed' | 'refused'
}

const lineWords = (line: Version['lines'][number] | undefined) =>
  line === undefined
    ? '未检查'
    : [
        results[line.result],
        line.words,
        line.suspected && '疑似重大',
        line.dueOn && `${line.dueOn} 前整改`,
        line.photos.length > 0 && `照片 ${line.photos.length} 张`,
        line.after.length > 0 && `整改后照片 ${line.after.length} 张`,
      ]
        .filter(Boolean)
        .join('，')

const endingWords = ({ ending, ended }: Version) =>
  ending === null
    ? ended === 'signed'
      ? '已签字'
      : '拒签'
    : ending.how === 'signed'
      ? [`${ending.name}签字`, ending.opinion].filter(Boolean).join('，意见：')
      : `拒签：${ending.reason}，见证人${ending.witness}`

/** What a correction says otherwise than the version before it, item by item; `called` names people. */
export function changesOf(before: Version, after: Version, called: (person: string) => string): Change[] {
  const changes: Change[] = []
  const compare = (what: string, one: string, other: string) => {
    if (one !== other) changes.push({ what, before: one, after: other })
  }
  const along = ({ others, companions }: Version) =>
    [...others.map(called), ...companions.map(({ unit, name }) => `${unit} ${name}`)].join('、') || '无'
  compare('检查类型', kinds[before.kind], kinds[after.kind])
  compare('同行人员', along(before), along(after))
  const earlier = new Map(before.lines.map((line) => [line.key, line]))
  for (const line of after.lines) compare(line.text, lineWords(earlier.get(line.key)), lineWords(line))
  const asked = new Set(after.lines.map(({ key }) => key))
  for (const line of before.lines) if (!asked.has(line.key)) compare(line.text, lineWords(line), lineWords(undefined))
  compare('被检单位签字', endingWords(before), endingWords(after))
  return changes
}
