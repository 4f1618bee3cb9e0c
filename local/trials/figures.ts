import type { Figure } from './figure'
import { fired } from './fired'
import { killed } from './kill'
import { packed } from './packed'
import { size } from './size'
import { tested } from './tested'
import { uploaded } from './uploaded'

/** Every figure that can be tried here, in the order they are tried. */
export const figures: readonly Figure[] = [
  killed,
  uploaded,
  tested({
    name: 'R4',
    figure:
      'the same key 50 times at once makes one row and one answer; another body is refused; another person’s key is another; any mixture of requests keeps one row a key',
    project: 'worker',
    files: ['tests/worker/once.test.ts'],
  }),
  fired,
  tested({
    name: 'R11',
    figure: '1,000 edits of one hazard from 16 windows: no update lost, who comes second is told so',
    project: 'worker',
    files: ['tests/worker/races.test.ts'],
  }),
  tested({
    name: 'R12',
    figure: '10,000 walks of anybody through the machine: no illegal state, history replayed is the standing',
    project: 'node',
    files: ['tests/shared/machine.test.ts'],
  }),
  packed,
  tested({
    name: 'T3',
    figure:
      'every mounted route declares itself, is described, and is shut to strangers and to roles without its capability',
    project: 'worker',
    files: ['tests/worker/gate.test.ts'],
  }),
  tested({
    name: 'T10',
    figure: 'thirty fields too many in a body never change a row',
    project: 'worker',
    files: ['tests/worker/input.test.ts'],
    only: 'thirty fields',
  }),
  tested({
    name: 'A5+A6',
    figure: 'policy and safety headers on every answer of the worker, errors included',
    project: 'worker',
    files: ['tests/worker/headers.test.ts'],
  }),
  tested({
    name: 'A7',
    figure: 'the session’s cookie is __Host-, Secure, HttpOnly, SameSite, and worth nothing once tampered with or over',
    project: 'worker',
    files: ['tests/worker/sessions.test.ts'],
    only: 'gives a cookie|is worth nothing',
  }),
  tested({
    name: 'A9',
    figure: 'a change from a foreign, a null or no origin, or as a form, has no effect',
    project: 'worker',
    files: ['tests/worker/input.test.ts', 'tests/worker/sessions.test.ts'],
    only: 'from another origin',
  }),
  tested({
    name: 'A8+T9',
    figure:
      'a session is another one after signing in, a second factor and a change of password; it ends by place, and what was taken away is gone at the next request',
    project: 'worker',
    files: ['tests/worker/sessions.test.ts', 'tests/worker/second-factor.test.ts'],
  }),
  tested({
    name: 'A10+A11',
    figure:
      '1,000 guesses at one account from ever other addresses reach the hash five times, spraying is shut, the owner gets in; known and unknown answer alike in as many statements',
    project: 'worker',
    files: ['tests/worker/limits.test.ts', 'tests/worker/invitations.test.ts'],
  }),
  tested({
    name: 'A23',
    figure: 'signing in and administration are recorded in one chain that shows what was touched, without secrets',
    project: 'worker',
    files: ['tests/worker/record.test.ts'],
  }),
  tested({
    name: 'F3+F4',
    figure: 'on 100,000 hazards: at most 2 round trips a read and 3 a change, rows read within each route’s bound',
    project: 'worker',
    files: ['tests/worker/budget.test.ts'],
  }),
  tested({
    name: 'A12+A13',
    figure:
      '64 hostile and odd files are answered as they should be, 2,000 random damages of good pictures with a picture or a refusal; of what is kept nothing but the picture is left',
    project: 'worker',
    files: ['tests/worker/hostile-uploads.test.ts'],
  }),
  tested({
    name: 'A14',
    figure:
      'no cell of any exported table is executed, guarded before or not; numbers stay numbers; LibreOffice finds no formula; what is exported comes back by the product’s own import without loss',
    project: 'node',
    files: ['tests/web/exported.test.ts', 'tests/shared/enterprise-import.test.ts'],
    only: 'CSV text|workbook|LibreOffice|what is exported',
  }),
  tested({
    name: 'A15',
    figure:
      'each of more than 50 odd and hostile tables of units and people is read as it should be or refused in Chinese, within 10 s',
    project: 'node',
    files: ['tests/web/enterprise-files.test.ts', 'tests/web/people-files.test.ts', 'tests/web/excel.test.ts'],
  }),
  tested({
    name: 'P1+P3',
    figure:
      'every change leaves exactly one line of audit in its own batch or none of it happens; no line can be changed, deleted or replaced',
    project: 'worker',
    files: ['tests/worker/audit.test.ts'],
  }),
  tested({
    name: 'P2',
    figure:
      '1,000 tamperings with events in SQLite, each found, the first bad one named, by a verifier that shares no code with the writer; a tail sealed again shows against the day’s anchor',
    project: 'worker',
    files: ['tests/worker/tamper.test.ts'],
  }),
  tested({
    name: 'P7',
    figure: 'an erased person’s name and number are nowhere in the ledger, and every chain holds',
    project: 'worker',
    files: ['tests/worker/rights.test.ts'],
  }),
  tested({
    name: 'P8',
    figure: 'words and photos past their term go, what is held stays, no other tenant is touched',
    project: 'worker',
    files: ['tests/worker/retention.test.ts'],
  }),
  tested({
    name: 'R17',
    figure: 'the last release’s rows come through every later migration whole, and its clients are still answered',
    project: 'worker',
    files: ['tests/worker/migrations.test.ts'],
  }),
  tested({
    name: 'A20',
    figure: 'every text that a route takes is bounded, no pattern backtracks, none is built from input',
    project: 'worker',
    files: ['tests/worker/bounds.test.ts'],
  }),
  tested({
    name: 'A23',
    figure: 'refusals and failures leave lines in the log, and no password, token, number or control character in it',
    project: 'worker',
    files: ['tests/worker/logs.test.ts'],
  }),
  size,
]
