import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { itemsOf, missingOf } from '@app/shared/checklists/answering'
import type { Answer } from '@app/shared/checklists/schema'
import { shipped } from '@app/shared/checklists/shipped/all'
import { nineSmall } from '@app/shared/checklists/shipped/nine-small'
import { canonical } from '@app/shared/events/chain'
import { colours } from '@app/shared/enterprises/words'
import type { HazardId, PhotoId } from '@app/shared/ids'
import { changesOf, type Version } from '@app/shared/inspections/changes'
import {
  hazardsOf,
  intervalOf,
  photosOf,
  sealRecord,
  signingErrors,
  turnOf,
  withoutWords,
  withWords,
} from '@app/shared/inspections/rules'
import type { Ending, Signature } from '@app/shared/inspections/schema'
import { settingsOf } from '@app/shared/settings/catalogue'
import { addDays, type Day } from '@app/shared/time'
import { runs } from './runs'

const today = '2026-11-28' as Day
const due = { today, most: addDays(today, 30) }
const digest = async (words: string) => createHash('sha256').update(words).digest('hex')
const unit = {
  id: 'ent_0123456789' as never,
  communityId: 'com_0123456789' as never,
  gridId: 'grd_0123456789' as never,
  name: '示例小店',
  address: '示例路 1 号',
  creditCode: null,
  kind: 'enterprise' as const,
  keyPlace: 'nine-small' as const,
  sectors: [],
  crowded: false,
  highRisk: null,
}
const photo = 'a'.repeat(64) as PhotoId
const ownName: Signature = { how: 'typed', name: '王检查' }
const signed: Ending = { how: 'signed', name: '张三', signature: { how: 'typed', name: '张三' }, opinion: null }

const anAnswer: fc.Arbitrary<Answer> = fc.record({
  item: fc.constantFrom(...itemsOf(nineSmall).map(({ key }) => key)),
  result: fc.constantFrom('pass' as const, 'fail' as const, 'na' as const, 'fixed' as const),
  words: fc.constantFrom<string | null>(null, '有问题'),
  suspected: fc.constantFrom(null, true, false),
  dueOn: fc.constantFrom(null, today, addDays(today, 5)),
  photos: fc.constantFrom<PhotoId[]>([], [photo]),
  after: fc.constantFrom<PhotoId[]>([], [photo]),
})
const answersOf = fc.uniqueArray(anAnswer, { selector: ({ item }) => item, maxLength: 8 })

describe('what may be signed', () => {
  it('is whatever misses nothing, and makes one hazard of each item that failed', ({ expect }) => {
    fc.assert(
      fc.property(answersOf, (answers) => {
        const errors = signingErrors(nineSmall, unit, { answers, signature: ownName, ending: signed }, '王检查', due)
        expect(errors.length).toBe(missingOf(nineSmall, unit, answers, due).length)
        if (errors.length > 0) return
        const hazards = hazardsOf(nineSmall, unit, answers, 'inspector', due)
        for (const { item, dueOn, onTheSpot, after, draft, basis } of hazards) {
          const answer = answers.find((one) => one.item === item)
          expect(draft.photos.length).toBeGreaterThan(0)
          expect(dueOn >= today && dueOn <= due.most).toBe(true)
          // Nothing is ever a major by itself, and what is suspected is not done with on the spot.
          expect(draft.level).toBe(answer?.suspected === true ? 'suspected' : 'ordinary')
          expect(onTheSpot).toBe(answer?.result === 'fixed')
          expect(after.length > 0).toBe(onTheSpot)
          expect(basis).toEqual(itemsOf(nineSmall).find(({ key }) => key === item)?.basis)
        }
        expect(new Set(hazards.map(({ item }) => item)).size).toBe(hazards.length)
        // What a version before made is not made again.
        const known = new Map(hazards.map(({ item }) => [item, 'haz_0123456789' as HazardId]))
        expect(hazardsOf(nineSmall, unit, answers, 'inspector', due, known)).toEqual([])
      }),
      { numRuns: runs(500) },
    )
  })

  it('needs the inspector’s own name, and a witness who is somebody else', ({ expect }) => {
    const errorsOf = (signature: Signature, ending: Ending) =>
      signingErrors(nineSmall, unit, { answers: [], signature, ending }, '王检查', due).map(({ pointer }) => pointer)
    expect(errorsOf(ownName, signed)).toEqual([])
    expect(errorsOf({ how: 'drawn', photo }, { how: 'refused', reason: '不在场', witness: '李四' })).toEqual([])
    expect(errorsOf({ how: 'typed', name: '别人' }, signed)).toEqual(['/signature/name'])
    expect(errorsOf(ownName, { how: 'refused', reason: '不在场', witness: '王检查' })).toEqual(['/ending/witness'])
  })

  it('of a joint check names who took part, and is signed after it began', ({ expect }) => {
    const errorsOf = (change: object) =>
      signingErrors(nineSmall, unit, { answers: [], signature: ownName, ending: signed, ...change }, '王检查', due).map(
        ({ pointer }) => pointer,
      )
    expect(errorsOf({ kind: 'joint', others: [], companions: [] })).toEqual(['/companions'])
    expect(errorsOf({ kind: 'joint', others: [], companions: [{ unit: '示例所', name: '李四' }] })).toEqual([])
    expect(errorsOf({ kind: 'joint', others: ['usr_0123456789'], companions: [] })).toEqual([])
    expect(errorsOf({ kind: 'support', others: [], companions: [] })).toEqual([])
    expect(errorsOf({ observedAt: 5, signedAt: 4 })).toEqual(['/signedAt'])
    expect(errorsOf({ observedAt: 5, signedAt: 5 })).toEqual([])
  })

  it('names the source by who looked', ({ expect }) => {
    const answers = [
      { item: 'exit-clear', result: 'fail', words: null, suspected: null, dueOn: null, photos: [photo], after: [] },
    ] as const
    const sourceOf = (role: 'grid-worker' | 'inspector') =>
      hazardsOf(nineSmall, unit, answers as never, role, due)[0]?.draft.source
    expect([sourceOf('grid-worker'), sourceOf('inspector')]).toEqual(['community-patrol', 'street-check'])
  })

  it('names each photo once, drawn signatures too', ({ expect }) => {
    const drawnOne = { how: 'drawn', photo: 'b'.repeat(64) as PhotoId } as const
    const ending: Ending = { how: 'signed', name: '张三', signature: { how: 'drawn', photo }, opinion: null }
    expect(photosOf({ answers: [], signature: drawnOne, ending })).toEqual(['b'.repeat(64), photo])
  })
})

describe('a correction', () => {
  const line = { key: 'a', text: '甲项', result: 'fail' as const, words: '堵塞', suspected: false, dueOn: today }
  const version: Version = {
    kind: 'patrol',
    others: [],
    companions: [],
    lines: [{ ...line, photos: [photo], after: [] }],
    ending: signed,
    ended: 'signed',
  }
  const changed = (change: Partial<Version>) => changesOf(version, { ...version, ...change }, (id) => `甲${id}`)

  it('says what it changed and nothing else', ({ expect }) => {
    expect(changed({})).toEqual([])
    expect(changed({ kind: 'special' })).toEqual([{ what: '检查类型', before: '日常巡查', after: '专项检查' }])
    expect(changed({ others: ['乙'], companions: [{ unit: '示例所', name: '李四' }] })).toEqual([
      { what: '同行人员', before: '无', after: '甲乙、示例所 李四' },
    ])
    const [item] = changed({ lines: [{ ...line, result: 'pass', words: null, dueOn: null, photos: [], after: [] }] })
    expect(item).toEqual({ what: '甲项', before: `不合格，堵塞，${today} 前整改，照片 1 张`, after: '合格' })
    expect(changed({ lines: [] })).toEqual([{ what: '甲项', before: item?.before, after: '未检查' }])
    expect(changed({ ending: { how: 'refused', reason: '不认可', witness: '王五' }, ended: 'refused' })).toEqual([
      { what: '被检单位签字', before: '张三签字', after: '拒签：不认可，见证人王五' },
    ])
    // Whose words were erased still shows how it ended.
    expect(changed({ ending: null })).toEqual([{ what: '被检单位签字', before: '张三签字', after: '已签字' }])
  })
})

describe('whose turn it is', () => {
  it('follows the colour’s interval; a redder unit never waits longer by default', ({ expect }) => {
    const settings = settingsOf([])
    const painted = Object.keys(colours) as (keyof typeof colours)[]
    const days = painted.map((colour) => intervalOf(colour, settings))
    expect([...days].sort((a, b) => a - b)).toEqual(days)
    for (const colour of [...painted, null]) {
      expect(turnOf({ colour, inspectedOn: today }, settings, today)).toBe(addDays(today, intervalOf(colour, settings)))
      expect(turnOf({ colour, inspectedOn: null }, settings, today)).toBe(today)
    }
  })
})

describe('the seal of a record', () => {
  it('tells any change of its facts, its words or the version before it', async ({ expect }) => {
    const words = { signature: ownName, ending: signed, said: { wiring: '老化' }, why: null }
    const facts = { id: 'insp_0123456789' as never, kind: 'patrol', answers: [] }
    const one = await sealRecord('', facts, words, 'salt', digest)
    expect(await sealRecord('', { answers: [], kind: 'patrol', id: facts.id }, words, 'salt', digest)).toEqual(one)
    const others = await Promise.all([
      sealRecord('x', facts, words, 'salt', digest),
      sealRecord('', { ...facts, kind: 'special' }, words, 'salt', digest),
      sealRecord('', facts, { ...words, said: {} }, 'salt', digest),
      sealRecord('', facts, words, 'other', digest),
    ])
    expect(new Set([one, ...others].map(({ hash }) => hash)).size).toBe(5)
  })

  it('keeps what was written apart from what was ticked', ({ expect }) => {
    fc.assert(
      fc.property(answersOf, (answers) => {
        const { answers: ticked, said } = withoutWords(answers)
        expect(ticked.every(({ words }) => words === null)).toBe(true)
        expect(withWords(ticked, { signature: ownName, ending: signed, said, why: null })).toEqual(answers)
      }),
      { numRuns: runs(100) },
    )
  })
})

// Signed records show the items of the version they name: one that is edited needs another version, beside this one.
it('leaves what shipped checklists say in their first version as it was published', async ({ expect }) => {
  const digests = await Promise.all(
    shipped.map(async (one) => [one.id, (await digest(canonical(one))).slice(0, 16)] as const),
  )
  expect(Object.fromEntries(digests)).toMatchInlineSnapshot(`
    {
      "tpl_shippedcateringgas": "505c2b0698b6dc4a",
      "tpl_shippedconstruction": "82507202372dee72",
      "tpl_shippedcrowded": "028cc8138bc25056",
      "tpl_shippedebikes": "a4f9ab3f3ac4f8a9",
      "tpl_shippedindustry": "3f63db11209fb9a3",
      "tpl_shippedninesmall": "adb81638fa48a855",
      "tpl_shippedoldestate": "f945a89def4f38fa",
      "tpl_shippedrental": "3c2e7c07e07f4108",
    }
  `)
})
