import fc from 'fast-check'
import * as v from 'valibot'
import { describe, it } from 'vitest'
import { askedOf, type CheckedUnit, findingsOf, isFor, itemsOf, missingOf } from '@app/shared/checklists/answering'
import { basisLines } from '@app/shared/checklists/basis'
import {
  blankDraft,
  blankItem,
  Draft,
  type DraftItem,
  draftOf,
  mostItems,
  movedItem,
  movedSection,
  templateFrom,
} from '@app/shared/checklists/drafts'
import { principalTraining } from '@app/shared/checklists/locked'
import { type Answer, Answers, type Item, type Published, Template } from '@app/shared/checklists/schema'
import { shipped } from '@app/shared/checklists/shipped/all'
import { templateErrors } from '@app/shared/checklists/templates'
import { changesBetween, isSame, published, publishingRefusal } from '@app/shared/checklists/versions'
import { facts, type Result, results } from '@app/shared/checklists/words'
import { national } from '@app/shared/criteria/national/catalogue'
import { cited } from '@app/shared/criteria/rules'
import type { CriterionRef } from '@app/shared/criteria/schema'
import { kinds } from '@app/shared/enterprises/words'
import { HazardDraft } from '@app/shared/hazards/schema'
import type { PhotoId, TemplateId } from '@app/shared/ids'
import { addDays, type Day } from '@app/shared/time'
import { runs } from './runs'

const today = '2026-10-08' as Day
const days = { today, most: addDays(today, 30) }
const isCarried = (ref: CriterionRef) => cited(national, ref) !== null
const photo = 'a'.repeat(64) as PhotoId
const keysOf = <K extends string>(words: Record<K, unknown>) => Object.keys(words) as K[]

const anItem = (key: string, change: Partial<Item> = {}): Item => ({
  key,
  text: `检查 ${key}`,
  basis: [],
  method: '看现场',
  failing: '不符合要求',
  wording: `${key} 不符合要求`,
  mayBeMajor: false,
  category: 'other',
  sector: 'fire',
  days: 7,
  condition: null,
  locked: false,
  ...change,
})
const aTemplate = (items: Item[], change: Partial<Template> = {}): Template => ({
  id: 'tpl_0mf3kexample01' as TemplateId,
  title: '测试检查表',
  kinds: ['enterprise'],
  keyPlaces: [],
  sectors: [],
  sections: [{ title: '检查', items: [principalTraining, ...items] }],
  ...change,
})
const aUnit: CheckedUnit = { kind: 'enterprise', keyPlace: null, sectors: ['fire'], crowded: false, highRisk: null }
const answered = (item: string, result: Result, change: Partial<Answer> = {}): Answer => ({
  item,
  result,
  words: null,
  suspected: null,
  dueOn: null,
  photos: [photo],
  after: [photo],
  ...change,
})

/** Templates that may be published, whose items depend on each other and on the unit in any way they may. */
const templates = fc
  .array(
    fc.record({
      on: fc.constantFrom('nothing' as const, 'item' as const, 'item' as const, 'unit' as const),
      pick: fc.nat(20),
      is: fc.uniqueArray(fc.constantFrom(...keysOf(results)), { minLength: 1 }),
      fact: fc.constantFrom(...keysOf(facts)),
      truth: fc.boolean(),
      mayBeMajor: fc.boolean(),
      days: fc.integer({ min: 1, max: 30 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((drawn) => {
    const items: Item[] = []
    for (const [at, { on, pick, is, fact, truth, mayBeMajor, days: due }] of drawn.entries()) {
      const above = items[pick % (items.length || 1)]
      const condition: Item['condition'] =
        on === 'item' && above ? { on, item: above.key, is } : on === 'unit' ? { on, fact, is: truth } : null
      items.push(anItem(`i${at}`, { condition, mayBeMajor, days: due }))
    }
    return aTemplate(items)
  })
const units: fc.Arbitrary<CheckedUnit> = fc.record({
  kind: fc.constantFrom(...keysOf(kinds)),
  keyPlace: fc.constant(null),
  sectors: fc.constant<CheckedUnit['sectors']>(['fire']),
  crowded: fc.boolean(),
  highRisk: fc.constantFrom(null, '涉及危险作业'),
})
/** Answers to some of a template's items, as complete or not as people leave them. */
const answersTo = (template: Template) =>
  fc
    .array(
      fc.record({
        result: fc.constantFrom(...keysOf(results)),
        given: fc.boolean(),
        suspected: fc.constantFrom(null, true, false),
        due: fc.option(fc.integer({ min: -3, max: 40 })),
        photos: fc.boolean(),
        after: fc.boolean(),
      }),
      { minLength: 15, maxLength: 15 },
    )
    .map((drawn) =>
      itemsOf(template).flatMap(({ key }, at): Answer[] => {
        const one = drawn[at]
        if (!one?.given) return []
        const { result, suspected, due } = one
        const [photos, after] = [one.photos ? [photo] : [], one.after ? [photo] : []]
        const dueOn = due === null ? null : addDays(today, due)
        return [{ item: key, result, words: null, suspected, dueOn, photos, after }]
      }),
    )
const checks = templates.chain((template) =>
  fc.record({ template: fc.constant(template), unit: units, answers: answersTo(template) }),
)
const fails = (result: Result) => result === 'fail' || result === 'fixed'

describe('what is asked on a checklist', () => {
  it('is everything without a condition, and what depends on another only where that was asked and answered so', ({
    expect,
  }) => {
    let conditional = 0
    fc.assert(
      fc.property(checks, ({ template, unit, answers }) => {
        expect(templateErrors(template, isCarried)).toEqual([])
        const asked = askedOf(template, unit, answers)
        const resultOf = new Map(asked.map(({ item, result }) => [item.key, result]))
        const given = new Map(answers.map(({ item, result }) => [item, result]))
        for (const { key, condition, locked } of itemsOf(template)) {
          const isAsked = resultOf.has(key)
          if (isAsked) expect(resultOf.get(key)).toBe(given.get(key) ?? 'pass')
          if (locked) expect(isAsked).toBe(!['unmanaged', 'self-built'].includes(unit.kind))
          else if (condition === null) expect(isAsked).toBe(true)
          else if (condition.on === 'item') {
            conditional++
            const on = resultOf.get(condition.item)
            expect(isAsked).toBe(on !== undefined && condition.is.includes(on))
          }
        }
        // In the template's own order.
        const order = itemsOf(template).map(({ key }) => key)
        expect([...resultOf.keys()]).toEqual(order.filter((key) => resultOf.has(key)))
      }),
      { numRuns: runs(5_000) },
    )
    expect(conditional).toBeGreaterThan(0)
  })

  it('makes one finding of each item asked that fails, and none of anything else', ({ expect }) => {
    fc.assert(
      fc.property(checks, ({ template, unit, answers }) => {
        const found = findingsOf(template, unit, answers, days)
        const failing = askedOf(template, unit, answers).filter(({ result }) => fails(result))
        expect(found.map(({ item }) => item)).toEqual(failing.map(({ item }) => item.key))
        for (const [at, one] of found.entries()) {
          expect(one.onTheSpot).toBe(failing[at]?.result === 'fixed')
          if (missingOf(template, unit, answers, days).length === 0) {
            expect(one.dueOn >= today && one.dueOn <= days.most).toBe(true)
            expect(one.photos.length).toBeGreaterThan(0)
            expect(one.onTheSpot && (one.level !== 'ordinary' || one.after.length === 0)).toBe(false)
          }
        }
      }),
      { numRuns: runs(5_000) },
    )
  })

  it('does not change with answers to what is not asked', ({ expect }) => {
    fc.assert(
      fc.property(checks, ({ template, unit, answers }) => {
        const keys = new Set(askedOf(template, unit, answers).map(({ item }) => item.key))
        const heard = answers.filter(({ item }) => keys.has(item))
        expect(askedOf(template, unit, heard)).toEqual(askedOf(template, unit, answers))
        expect(findingsOf(template, unit, heard, days)).toEqual(findingsOf(template, unit, answers, days))
        expect(missingOf(template, unit, heard, days)).toEqual(missingOf(template, unit, answers, days))
      }),
      { numRuns: runs(2_000) },
    )
  })

  it('may be signed as it stands when nothing was touched: everything is 合格', ({ expect }) => {
    fc.assert(
      fc.property(templates, units, (template, unit) => {
        expect(missingOf(template, unit, [], days)).toEqual([])
        expect(findingsOf(template, unit, [], days)).toEqual([])
      }),
    )
  })
})

describe('a finding', () => {
  const template = aTemplate([anItem('exit', { days: 3, basis: [{ id: 'GB-35181-2017/6.5', version: 1 }] })])
  const found = (change: Partial<Answer> = {}, result: Result = 'fail', most = days.most) =>
    findingsOf(template, aUnit, [answered('exit', result, change)], { today, most })[0]

  it('is a hazard’s draft but for where and by whom', ({ expect }) => {
    const one = found()
    expect(one).toMatchObject({
      description: 'exit 不符合要求',
      level: 'ordinary',
      dueOn: '2026-10-11',
      onTheSpot: false,
    })
    expect(one?.basis).toEqual([{ id: 'GB-35181-2017/6.5', version: 1 }])
    const draft = {
      id: 'haz_0mf3kexample01',
      communityId: 'com_0mf3kexample01',
      gridId: 'grd_0mf3kexample01',
      enterpriseId: null,
      place: '一楼',
      keyPlace: null,
      source: 'street-check',
      observedAt: Date.UTC(2026, 9, 8),
      category: one?.category,
      sector: one?.sector,
      description: one?.description,
      level: one?.level,
      photos: one?.photos,
    }
    expect(v.safeParse(HazardDraft, draft).issues).toBeUndefined()
  })

  it('is worded, raised and due as the inspector says', ({ expect }) => {
    const said = { words: '后门上锁', suspected: true, dueOn: '2026-10-20' as Day }
    expect(found(said)).toMatchObject({ description: '后门上锁', level: 'suspected', dueOn: '2026-10-20' })
  })

  it('is due no later than the street allows, and at once where it was put right on the spot', ({ expect }) => {
    expect(found({}, 'fail', addDays(today, 1))?.dueOn).toBe('2026-10-09')
    expect(found({ dueOn: '2026-10-20' as Day }, 'fixed')).toMatchObject({
      dueOn: today,
      onTheSpot: true,
      after: [photo],
    })
    expect(found()?.after).toEqual([])
  })
})

describe('what stands between a checklist and its signatures', () => {
  const template = aTemplate([anItem('exit', { mayBeMajor: true }), anItem('wire')])
  const missing = (...answers: Answer[]) =>
    missingOf(template, aUnit, answers, days).map(({ item, field, detail }) => `${item} ${field} ${detail}`)

  it.for([
    ['a photo', answered('wire', 'fail', { photos: [] }), 'wire photos 请至少拍一张照片'],
    ['a photo after', answered('wire', 'fixed', { after: [] }), 'wire after 当场整改的，请再拍一张整改后的照片'],
    ['whether it may be a major', answered('exit', 'fail'), 'exit suspected 请判断是否疑似重大隐患'],
    [
      'a suspected major put right on the spot',
      answered('wire', 'fixed', { suspected: true }),
      'wire suspected 疑似重大隐患不能按当场整改办理，请改为“不合格”',
    ],
    ['a day past', answered('wire', 'fail', { dueOn: '2026-10-07' as Day }), 'wire dueOn 整改期限不能早于今天'],
    [
      'a day too late',
      answered('wire', 'fail', { dueOn: '2026-11-08' as Day }),
      'wire dueOn 整改期限最晚到 2026-11-07',
    ],
    [
      'the locked item left out',
      answered('principal-training', 'na'),
      'principal-training result 这是每次检查的必查项，不能选“不适用”',
    ],
    ['an item of another list', answered('other', 'fail'), 'other result 检查表里没有这一项，请刷新后重新填写'],
  ] as const)('names %s', ([, answer, said], { expect }) => {
    expect(missing(answer)).toEqual([said])
  })

  it('is nothing once each failing item is told', ({ expect }) => {
    expect(
      missing(
        answered('exit', 'fail', { suspected: false }),
        answered('wire', 'fixed'),
        answered('principal-training', 'fail'),
      ),
    ).toEqual([])
    expect(missing(answered('wire', 'na', { photos: [], after: [] }))).toEqual([])
  })

  it('has one answer an item', ({ expect }) => {
    expect(v.is(Answers, [answered('wire', 'fail'), answered('exit', 'fail')])).toBe(true)
    expect(v.is(Answers, [answered('wire', 'fail'), answered('wire', 'pass')])).toBe(false)
  })
})

describe('a template', () => {
  const errors = (template: Template) =>
    templateErrors(template, isCarried).map(({ pointer, detail }) => `${pointer} ${detail}`)

  it('may be published with the locked item and one more', ({ expect }) => {
    expect(errors(aTemplate([anItem('exit')]))).toEqual([])
    expect(errors(aTemplate([]))).toEqual(['/sections 除必查项外，请至少添加一个检查项'])
  })

  it('keeps the locked item as the system has it', ({ expect }) => {
    const without = aTemplate([], { sections: [{ title: '检查', items: [anItem('exit')] }] })
    expect(errors(without)).toEqual(['/sections 缺少必查项“主要负责人按规定参加安全培训”'])
    const weaker = (change: Partial<Item>) =>
      errors(
        aTemplate([], { sections: [{ title: '检查', items: [anItem('exit'), { ...principalTraining, ...change }] }] }),
      )
    expect(weaker({})).toEqual([])
    expect(weaker({ text: '可以不查' })).toEqual(['/sections/0/items/1/locked 必查项由系统规定，不能改动'])
    expect(weaker({ condition: { on: 'item', item: 'exit', is: ['fail'] } })).toHaveLength(1)
    expect(weaker({ locked: false })).toEqual(['/sections/0/items/1/locked 主要负责人培训是必查项，不能解除锁定'])
    expect(errors(aTemplate([anItem('exit', { locked: true })]))).toEqual([
      '/sections/0/items/1/locked 必查项由系统规定，不能改动',
    ])
  })

  it('names each item once, and makes it depend on items above it only', ({ expect }) => {
    const on = (item: string): Partial<Item> => ({ condition: { on: 'item', item, is: ['fail'] } })
    expect(errors(aTemplate([anItem('exit'), anItem('exit')]))).toEqual([
      '/sections/0/items/2/key 检查项编号与前面的重复',
    ])
    const only = '显示条件只能引用前面的检查项'
    expect(errors(aTemplate([anItem('exit', on('exit'))]))).toEqual([`/sections/0/items/1/condition ${only}`])
    expect(errors(aTemplate([anItem('exit', on('wire')), anItem('wire', on('exit'))]))).toEqual([
      `/sections/0/items/1/condition ${only}`,
    ])
    expect(errors(aTemplate([anItem('exit', on('nowhere'))]))).toEqual([`/sections/0/items/1/condition ${only}`])
  })

  it('cites rows that are in the catalogue, and says what it is for', ({ expect }) => {
    expect(errors(aTemplate([anItem('exit', { basis: [{ id: 'GB-35181-2017/6.5', version: 9 }] })]))).toEqual([
      '/sections/0/items/1/basis 依据条款不在标准库中，请重新选择',
    ])
    expect(errors(aTemplate([anItem('exit')], { kinds: [] }))).toEqual(['/kinds 请选择适用的类别、重点场所或行业领域'])
  })

  it('is offered for a unit by its kind, its key place or a sector', ({ expect }) => {
    const none = { kinds: [], keyPlaces: [], sectors: [] }
    expect(isFor(none, aUnit)).toBe(false)
    expect(isFor({ ...none, kinds: ['enterprise'] }, aUnit)).toBe(true)
    expect(isFor({ ...none, keyPlaces: ['mall'] }, { ...aUnit, keyPlace: 'mall' })).toBe(true)
    expect(isFor({ ...none, keyPlaces: ['mall'] }, aUnit)).toBe(false)
    expect(isFor({ ...none, sectors: ['gas', 'fire'] }, aUnit)).toBe(true)
  })
})

describe('the versions of a template', () => {
  const edits = fc.array(templates, { minLength: 1, maxLength: 8 })

  it('are numbered from one, and never change once published', ({ expect }) => {
    fc.assert(
      fc.property(edits, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (drafts, twice) => {
        const history: Published[] = []
        const frozen: string[] = []
        for (const [at, draft] of drafts.entries()) {
          for (const again of twice[at] ? [0, 1] : [0]) {
            const last = history.at(-1)
            const refused = publishingRefusal(history, draft) !== null
            expect(refused).toBe(last !== undefined && isSame(contentOf(last), contentOf(draft)))
            if (again === 1) expect(refused).toBe(true)
            if (refused) continue
            const next = published(history, draft, today)
            history.push(next)
            frozen.push(JSON.stringify(next))
          }
        }
        expect(history.map(({ version }) => version)).toEqual(history.map((_, at) => at + 1))
        expect(history.map((one) => JSON.stringify(one))).toEqual(frozen)
      }),
      { numRuns: runs(2_000) },
    )
  })

  const contentOf = ({ title, kinds: ofKinds, keyPlaces, sectors, sections }: Template) => ({
    title,
    kinds: ofKinds,
    keyPlaces,
    sectors,
    sections,
  })

  it('differ by nothing exactly when they are the same', ({ expect }) => {
    fc.assert(
      fc.property(templates, templates, (one, other) => {
        const { whole, items } = changesBetween(one, other)
        expect(whole.length + items.length === 0).toBe(isSame(contentOf(one), contentOf(other)))
        const back = changesBetween(other, one)
        const keys = (of: typeof items, kind: string) => of.filter((c) => c.kind === kind).map(({ key }) => key)
        expect(keys(back.items, 'added').sort()).toEqual(keys(items, 'removed').sort())
        expect(keys(back.items, 'changed').sort()).toEqual(keys(items, 'changed').sort())
      }),
      { numRuns: runs(2_000) },
    )
  })

  it('differ item by item, and in title, use and order', ({ expect }) => {
    const before = aTemplate([anItem('exit'), anItem('wire'), anItem('gas')])
    const now = aTemplate([anItem('wire', { days: 3, wording: '电线破皮' }), anItem('exit'), anItem('lift')], {
      title: '改名',
      sectors: ['gas'],
    })
    expect(changesBetween(before, now)).toEqual({
      whole: ['title', 'for', 'layout'],
      items: [
        { kind: 'changed', key: 'wire', text: '检查 wire', fields: ['wording', 'days'] },
        { kind: 'added', key: 'lift', text: '检查 lift', fields: [] },
        { kind: 'removed', key: 'gas', text: '检查 gas', fields: [] },
      ],
    })
    expect(publishingRefusal([published([], before, today)], before)).toBe('与第 1 版没有区别，不必重新发布。')
    const another = { ...before, id: 'tpl_0mf3kexample02' as TemplateId }
    expect(publishingRefusal([published([], before, today)], another)).toBe('这不是同一份检查表的新版本。')
  })
})

describe('the checklists that are shipped', () => {
  it('are eight of ten to twenty-five items, well formed and ready to be published', ({ expect }) => {
    expect(shipped.map((template) => [template.title, itemsOf(template).length])).toEqual([
      ['九小场所安全检查表', 20],
      ['电动自行车停放充电检查表', 18],
      ['出租屋和自建房安全检查表', 20],
      ['人员密集场所安全检查表', 25],
      ['餐饮场所燃气安全检查表', 21],
      ['工贸企业通用安全检查表', 25],
      ['建筑工地安全检查表', 21],
      ['老旧小区安全检查表', 19],
    ])
    for (const template of shipped) {
      const parsed = v.safeParse(Template, template)
      expect(parsed.issues, template.title).toBeUndefined()
      expect(parsed.output).toEqual(template)
      expect(templateErrors(template, isCarried)).toEqual([])
    }
    expect(new Set(shipped.map(({ id }) => id)).size).toBe(8)
  })

  it('ask about principals’ training in each check of a unit that has one', ({ expect }) => {
    for (const template of shipped) {
      const asks = (kind: CheckedUnit['kind']) =>
        askedOf(template, { ...aUnit, kind }, []).some(({ item }) => item.key === principalTraining.key)
      expect(keysOf(kinds).filter((kind) => !asks(kind))).toEqual(['unmanaged', 'self-built'])
    }
  })

  it('ask whether it may be a major exactly where a national criterion is cited', ({ expect }) => {
    for (const item of shipped.flatMap(itemsOf)) {
      const major = item.basis.some((ref) => cited(national, ref)?.standard.kind === 'major')
      expect(item.mayBeMajor, `${item.key} ${item.text}`).toBe(major)
    }
  })

  it('write no number of a standard, no article and no address of their own', ({ expect }) => {
    for (const { text, method, failing, wording } of shipped.flatMap(itemsOf))
      expect([text, method, failing, wording].join('\n')).not.toMatch(
        /https?:|GB ?\d|〔\d|第[一二三四五六七八九十\d]+条|《/,
      )
  })

  it('say of an item without a basis that it has none, and of the others how sure theirs is', ({ expect }) => {
    expect(basisLines([], national, today)).toEqual([
      { citation: '经验项，暂无条文依据', text: null, address: null, warnings: [] },
    ])
    const [sure, gone] = basisLines(
      [
        { id: 'MEM-ORDER-10-2023/13-2', version: 1 },
        { id: 'GB-35181-2017/6.5', version: 1 },
      ],
      national,
      today,
    )
    expect(sure?.warnings).toEqual([])
    expect(sure?.address).toMatch(/^https:\/\/www\.mem\.gov\.cn\//)
    expect(gone?.warnings[0]).toMatch('已被替代')
    expect(basisLines([{ id: 'GB-35181-2017/99', version: 1 }], national, today)[0]?.warnings).toEqual([
      '依据条款不在标准库中',
    ])
  })
})

describe('a draft', () => {
  const from = shipped.map((template) => published([], template, today))
  const draft = () => draftOf(from[0] as Published, null)
  const errorsOf = (one: Draft, isKnown = isCarried) => {
    const made = templateFrom('tpl_0mf3kexample01' as TemplateId, one, isKnown)
    return made.ok ? [] : made.errors.map(({ pointer }) => pointer)
  }
  const reworded = (change: (item: DraftItem) => DraftItem): Draft => ({
    ...draft(),
    sections: draft().sections.map((section) => ({ ...section, items: section.items.map(change) })),
  })

  it('of every shipped checklist may be published as it is', ({ expect }) => {
    for (const one of from) {
      const made = templateFrom(one.id, draftOf(one, null), isCarried)
      const { version: _v, publishedOn: _p, ...content } = one
      expect(made).toEqual({ ok: true, template: content })
    }
  })

  it('may be kept in whatever state, and is published in one only', ({ expect }) => {
    const blank = blankDraft('', 'first-item')
    expect(v.is(Draft, blank)).toBe(true)
    expect(errorsOf(blank)).toEqual(
      expect.arrayContaining([
        '/title',
        '/kinds',
        '/sections/0/items/0/text',
        '/sections/0/items/0/method',
        '/sections/0/items/0/failing',
        '/sections/0/items/0/wording',
      ]),
    )
    // What nothing may hold, no draft holds either.
    expect(v.is(Draft, { ...blank, title: '\u0000' })).toBe(false)
    expect(v.is(Draft, { ...blank, sections: Array.from({ length: 13 }, () => blank.sections[0]) })).toBe(false)
  })

  it('says every lack at once, each beside its field', ({ expect }) => {
    const twice = { ...draft(), sections: draft().sections.map((section) => ({ ...section, title: '同名' })) }
    expect(errorsOf(twice)).toEqual([
      '/sections/1/title',
      '/sections/2/title',
      '/sections/3/title',
      '/sections/4/title',
    ])
    const late = errorsOf(reworded((item) => (item.locked ? item : { ...item, days: 31, text: '' })))
    expect(late.filter((pointer) => pointer.endsWith('/days'))).toHaveLength(19)
    expect(late.filter((pointer) => pointer.endsWith('/text'))).toHaveLength(19)
    expect(
      errorsOf(reworded((item) => ({ ...item, basis: item.locked ? item.basis : [{ id: 'X-Y/1', version: 1 }] }))),
    ).toHaveLength(19)
    const many = Array.from({ length: mostItems }, (_, n) => ({
      ...blankItem(`more-${n}`),
      text: '一',
      method: '一',
      failing: '一',
      wording: '一',
    }))
    const [a, b] = [many.slice(0, 30), many.slice(30)]
    const full = { ...draft(), sections: [...draft().sections, { title: '甲', items: a }, { title: '乙', items: b }] }
    expect(errorsOf(full)).toEqual(['/sections'])
  })

  it('takes the item that none may lack as it stands today, and keeps it', ({ expect }) => {
    const old = { ...(from[0] as Published) }
    const changed = {
      ...old,
      sections: old.sections.map((section) => ({
        ...section,
        items: section.items.map((item) => (item.locked ? { ...item, text: '旧的写法' } : item)),
      })),
    }
    expect(draftOf(changed, null)).toEqual(draft())
    const without = {
      ...draft(),
      sections: draft().sections.map((one) => ({ ...one, items: one.items.filter(({ locked }) => !locked) })),
    }
    expect(errorsOf(without)).toEqual(['/sections'])
    expect(errorsOf(reworded((item) => (item.locked ? { ...item, days: 3 } : item)))).toHaveLength(1)
  })

  it('never loses an item while these are moved, and comes back by the way it went', ({ expect }) => {
    const section = fc.integer({ min: 0, max: 4 })
    const start = fc.array(section, { minLength: 1, maxLength: 6 }).map((sizes) =>
      sizes.map((size, s) => ({
        title: `${s}`,
        items: Array.from({ length: size }, (_, i) => blankItem(`i${s}-${i}x`)),
      })),
    )
    fc.assert(
      fc.property(start, fc.nat(), fc.constantFrom(-1 as const, 1 as const), (sections, pick, by) => {
        const all = sections.flatMap(({ items }, s) =>
          items.map((item, i) => ({ key: item.key, at: { section: s, item: i } })),
        )
        const chosen = all[pick % Math.max(1, all.length)]
        if (!chosen) return
        const moved = movedItem(sections, chosen.at, by)
        const keys = (of: typeof sections) => of.flatMap(({ items }) => items.map(({ key }) => key))
        expect(keys(moved.sections).toSorted()).toEqual(keys(sections).toSorted())
        expect(moved.sections[moved.at.section]?.items[moved.at.item]?.key).toBe(chosen.key)
        const back = movedItem(moved.sections, moved.at, by === 1 ? -1 : 1)
        if (moved.at.section !== chosen.at.section || moved.at.item !== chosen.at.item)
          expect(back.sections).toEqual(sections)
      }),
      { numRuns: runs(5_000) },
    )
    const titles = (by: -1 | 1, at: number) => movedSection(draft().sections, at, by).map(({ title }) => title)
    expect(titles(1, 0).slice(0, 2)).toEqual(
      draft()
        .sections.slice(0, 2)
        .map(({ title }) => title)
        .toReversed(),
    )
    expect(titles(-1, 0)).toEqual(draft().sections.map(({ title }) => title))
    expect(titles(1, 4)).toEqual(draft().sections.map(({ title }) => title))
  })
})
