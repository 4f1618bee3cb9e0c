import fc from 'fast-check'
import { describe, it } from 'vitest'
import { ExportId, ImportId, MoveId, StreetId } from '@app/shared/ids'
import { keyOf, workOf, type Work } from '@app/shared/jobs'
import { Passphrase, passphraseOf } from '@app/shared/exports/schema'
import { digestText, PackageFile } from '@app/shared/exports/manifest'
import { partLength, partsOf } from '@app/shared/tenants/imports'
import {
  afterAct,
  clearable,
  holdsWrites,
  isOver,
  moveActs,
  moveRefusal,
  moveStates,
  type MoveState,
} from '@app/shared/tenants/moves'
import * as v from 'valibot'
import { runs } from './runs'

describe('a move', () => {
  it('never takes away the rows that people work with, and never lets them write where they would be lost', ({
    expect,
  }) => {
    const seen = new Set<MoveState>()
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...moveActs), { minLength: 10, maxLength: 40 }), (acts) => {
        // What lies where, as the job leaves it.
        let [source, target] = [true, false]
        let active: 'source' | 'target' = 'source'
        let state: MoveState = 'preparing'
        for (const act of acts) {
          const next = afterAct(state, act)
          if (act === 'release' || act === 'cancel') expect(next === null).toBe(moveRefusal(state, act) !== null)
          if (next === null) continue
          if (act === 'copy') target = true
          if (act === 'switch') active = 'target'
          if (act === 'clear') {
            const side = clearable(state)
            expect(side).not.toBe(active)
            if (side === 'source') source = false
            if (side === 'target') target = false
          }
          state = next
          seen.add(state)
          // Where the directory points, the street is whole; while it is copied nobody writes.
          expect(active === 'source' ? source : target).toBe(true)
          if (holdsWrites(state)) expect([active, source]).toEqual(['source', true])
          if (isOver(state)) expect(active === 'source' ? target : source).toBe(false)
        }
      }),
      { numRuns: runs(2_000) },
    )
    // Chance alone need not lead everywhere.
    expect(seen.size).toBeGreaterThan(3)
    const reached = new Set<MoveState>(['preparing'])
    for (const state of reached)
      for (const act of moveActs) {
        const next = afterAct(state, act)
        if (next) reached.add(next)
      }
    expect([...reached].sort()).toEqual(Object.keys(moveStates).sort())
  })

  it('is over once, and then nothing happens to it', ({ expect }) => {
    for (const state of Object.keys(moveStates) as MoveState[]) {
      if (isOver(state)) for (const act of moveActs) expect(afterAct(state, act), `${state} ${act}`).toBeNull()
      else
        expect(
          moveActs.some((act) => afterAct(state, act) !== null),
          state,
        ).toBe(true)
    }
  })
})

describe('a job’s key', () => {
  it('says what work it stands for, and comes back as it', ({ expect }) => {
    const works: Work[] = [
      { kind: 'export', streetId: v.parse(StreetId, 'str_0123456789'), exportId: v.parse(ExportId, 'exp_0123456789') },
      { kind: 'import', importId: v.parse(ImportId, 'imp_0123456789') },
      { kind: 'move', moveId: v.parse(MoveId, 'mov_0123456789') },
    ]
    for (const work of works) expect(workOf(keyOf(work))).toEqual(work)
    for (const key of ['export/str_0123456789', 'move/', 'wipe/str_0123456789', '', 'constructor/x'])
      expect(() => workOf(key), key).toThrow()
  })
})

describe('a passphrase', () => {
  it('has 120 bits and survives being written down and typed again', ({ expect }) => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 24, maxLength: 24 }), (random) => {
        const passphrase = passphraseOf(random)
        expect(passphrase).toMatch(/^([0-9A-Z]{4}-){5}[0-9A-Z]{4}$/)
        const typed = [
          passphrase,
          passphrase.toLowerCase(),
          passphrase.replaceAll('-', ' '),
          passphrase.replaceAll('-', ''),
          passphrase.replaceAll('0', 'o').replaceAll('1', 'l'),
        ]
        for (const one of typed) expect(v.parse(Passphrase, one)).toBe(passphrase)
      }),
      { numRuns: runs(500) },
    )
  })
})

describe('a package', () => {
  it('is cut into parts that make up all of it', ({ expect }) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 36 }), (size) => {
        const parts = partsOf(size)
        const last = partLength(size, parts)
        expect(last).toBeGreaterThan(0)
        expect((parts - 1) * partLength(size, 1) + last).toBe(parts === 1 ? last : size)
        if (parts === 1) expect(last).toBe(size)
      }),
      { numRuns: runs(500) },
    )
  })

  it('names nothing outside itself', ({ expect }) => {
    const file = (path: string) => v.safeParse(PackageFile, { path, bytes: 0, sha256: '0'.repeat(64) }).success
    for (const path of ['rows/hazards/00001.jsonl', 'objects/photos/ab', 'appendix/dis_x/decisions/00001.jsonl'])
      expect(file(path), path).toBe(true)
    for (const path of [
      '',
      'rows',
      '/etc/passwd',
      'rows/../x',
      'objects/..',
      'objects/./x',
      'rows//x',
      'other/x',
      'objects/a\\b',
    ])
      expect(file(path), path).toBe(false)
  })

  it('has a digest that is the same in whatever order its files are told, and without the sealed ones', ({
    expect,
  }) => {
    const of = (path: string) => ({ path, bytes: 1, sha256: path.padEnd(64, '0') })
    const files = ['rows/b', 'objects/a', 'personal/x', 'rows/a'].map(of)
    expect(digestText(files)).toBe(digestText(files.toReversed().filter(({ path }) => path !== 'personal/x')))
  })
})
