import type { Figure } from './figure'
import { fired } from './fired'
import { killed } from './kill'
import { size } from './size'
import { tested } from './tested'

/** Every figure that can be tried here, in the order they are tried. */
export const figures: readonly Figure[] = [
  killed,
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
  size,
]
