import { momentOf } from '../../ui/phone/when'
import type { FilingBody, FilingRecord } from '@app/shared/filings/schema'
import { drillKinds, duties, dutiesBasis, measuresBasis, trades, works } from '@app/shared/filings/words'
import type { PhotoId } from '@app/shared/ids'

/** A part of a paper as it is shown: what it is headed, its lines and pictures, and what must be said beneath. */
export interface ShownPart {
  readonly heading: string
  readonly lines: readonly (readonly [label: string, value: string])[]
  readonly photos: readonly PhotoId[]
  readonly note?: string
}

/** A paper as both the phone and the desk show it. */
export function partsOf({
  body,
  commitment,
  signedAs,
  numberMask,
}: Pick<FilingRecord, 'body' | 'commitment' | 'signedAs' | 'numberMask'>): ShownPart[] {
  if (!body) return [{ heading: '内容', lines: [['内容', '已按规定清除']], photos: [] }]
  const signed: ShownPart[] = signedAs ? [{ heading: '确认', lines: [['主要负责人', signedAs]], photos: [] }] : []
  return [...contentOf(body, commitment, numberMask), ...signed]
}

function contentOf(body: FilingBody, commitment: string | null, numberMask: string | null): ShownPart[] {
  switch (body.kind) {
    case 'duties':
      return Object.entries(duties).map(([key, words], at, { length }) => {
        // Safe: the keys of the seven.
        const { done, what, photos } = body.duties[key as keyof typeof duties]
        return {
          heading: `${at + 1}. ${words}`,
          lines: [
            ['是否履行', done === null ? '未填写' : done ? '已履行' : '未履行'],
            [done === false ? '原因和打算' : '工作情况', what || '未填写'],
          ],
          photos,
          ...(at === length - 1 && { note: dutiesBasis }),
        }
      })
    case 'responsibility':
      return [
        {
          heading: '岗位和职责',
          lines: body.posts.map(({ post, duties: of }) => [post || '未填写', of || '未填写'] as const),
          photos: [],
        },
        { heading: '签订情况', lines: [['签订日期', body.signedOn ?? '未填写']], photos: body.photos },
      ]
    case 'commitment':
      return [{ heading: '承诺内容', lines: [], photos: [], note: commitment ?? '确认后显示承诺书全文。' }]
    case 'certificate':
      return [
        {
          heading: '证书',
          lines: [
            ['持证人', body.holder],
            ['作业种类', trades[body.trade]],
            ['证书编号', numberMask ?? '未填写'],
            ['发证机关', body.issuer],
            ['有效期至', body.expiresOn],
            ['使用情况', body.inUse ? '在用' : '已停用'],
          ],
          photos: body.photos,
        },
      ]
    case 'permit':
      return [
        {
          heading: works[body.work].label,
          lines: [
            ['地点', body.place],
            ['作业内容', body.what],
            ['开始', momentOf(body.from)],
            ['结束', momentOf(body.until)],
            ['作业人', body.workers.map(({ name }) => name).join('、')],
            ['监护人', body.guardian],
          ],
          photos: body.photos,
        },
        {
          heading: '安全措施',
          lines: Object.entries<string>(works[body.work].measures).map(
            ([key, words]) => [words, body.measures.includes(key) ? '已落实' : '未勾选'] as const,
          ),
          photos: [],
          note: measuresBasis,
        },
      ]
    case 'drill':
      return [
        {
          heading: drillKinds[body.drill],
          lines: [
            ['日期', body.on],
            ['科目', body.subject],
            ['参加人数', `${body.people} 人`],
            ['效果评估', body.evaluation],
          ],
          photos: body.photos,
        },
      ]
    default:
      return [
        {
          heading: '培训',
          lines: [
            ['日期', body.on],
            ['内容', body.subject],
            ['学时', `${body.hours} 学时`],
            ['参加人数', `${body.people} 人`],
            ...(body.names ? [['参加人员', body.names] as const] : []),
            ...(body.result ? [['考核结果', body.result] as const] : []),
          ],
          photos: body.photos,
        },
      ]
  }
}
