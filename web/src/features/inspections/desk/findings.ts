import type { BasisLine } from '@app/shared/checklists/basis-line'
import type { InspectionRecord, RecordLine } from '@app/shared/inspections/schema'
import { minuteOf } from '../../../ui/desk/times'

/** The items that failed or were put right on the spot, in the checklist's order. */
export const findingsIn = ({ lines }: Pick<InspectionRecord, 'lines'>): RecordLine[] =>
  lines.filter(({ result }) => result === 'fail' || result === 'fixed')

/** The items by their sections, in order. */
export function sectionsOf({ lines }: Pick<InspectionRecord, 'lines'>): { title: string; lines: RecordLine[] }[] {
  const sections = new Map<string, RecordLine[]>()
  for (const line of lines) sections.set(line.section, [...(sections.get(line.section) ?? []), line])
  return [...sections].map(([title, within]) => ({ title, lines: within }))
}

/** The papers that a record prints. */
export const papers = { check: '检查记录', notice: '隐患整改告知单' } as const
export type Paper = keyof typeof papers

/** A day in words, such as 2026年9月4日. */
export function dayWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** Those of other units who took part, with their units. */
export const companionsOf = ({ companions }: Pick<InspectionRecord, 'companions'>) =>
  companions.map(({ unit, name }) => `${unit} ${name}`).join('、')

/** From when to when the check lasted, by the phone's clock. */
export function timesOf({ observedAt, signedAt }: Pick<InspectionRecord, 'observedAt' | 'signedAt'>): string {
  if (signedAt === null) return minuteOf(observedAt)
  const [from, to] = [minuteOf(observedAt), minuteOf(signedAt)]
  return from === to ? from : `${from} 至 ${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to}`
}

/** Where the phone was on arrival; it is no track, and may be missing. */
export function positionWords(position: InspectionRecord['position']): string {
  if (position === null) return '未记录'
  const { latitude, longitude, accuracy } = position
  return `${latitude.toFixed(5)}，${longitude.toFixed(5)}${accuracy === null ? '' : `（误差约 ${Math.round(accuracy)} 米）`}`
}

/** What a finding's handling is, in the words of both papers. */
export const handlingOf = (line: RecordLine) => (line.result === 'fixed' ? '已当场整改' : (dueOf(line) ?? '另行告知'))

/** The photos of all findings in order, each with what it shows. */
export const picturesOf = (record: Pick<InspectionRecord, 'lines'>) =>
  findingsIn(record).flatMap(({ key, photos, after }, at) =>
    [
      { stage: '整改前', ids: photos },
      { stage: '整改后', ids: after },
    ].flatMap(({ stage, ids }) =>
      ids.map((id) => ({ id, key: `${key}/${stage}/${id}`, words: `第 ${at + 1} 项 ${stage}` })),
    ),
  )

/** A record's inspectors by name, the one who signed first. */
export const inspectorsOf = ({ inspectors }: Pick<InspectionRecord, 'inspectors'>) =>
  inspectors.map(({ name }) => name ?? '不在册人员').join('、')

/** What a finding says where its words were erased. */
export const erasedWords = '文字已按规定删除'

/** What was found, as a sentence, with the doubt that it may be a major hazard. */
export function sentenceOf({ words, suspected }: Pick<RecordLine, 'words' | 'suspected'>): string {
  const said = `${words ?? erasedWords}${suspected ? '（疑似重大隐患，报有权部门认定）' : ''}`
  return /[。！？]$/.test(said) ? said : `${said}。`
}

/** By when a finding is to be put right: as the inspector said, or as its hazard has it; null for neither. */
export const dueOf = ({ dueOn, hazard }: Pick<RecordLine, 'dueOn' | 'hazard'>) => dueOn ?? hazard?.dueOn ?? null

/** What a finding rests on in one line, with what must be said beside each row. */
export const citationsOf = (basis: readonly BasisLine[]) =>
  basis
    .map(({ citation, warnings }) => (warnings.length > 0 ? `${citation}（${warnings.join('；')}）` : citation))
    .join('；')
