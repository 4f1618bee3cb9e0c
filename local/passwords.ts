import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { commonSource } from './passwords/source'
import { root } from './place'

// Writes the lists that new passwords are held against; `tests/local/passwords.test.ts` says when they are out of date.
writeFileSync(resolve(root, 'worker/auth/common-passwords.ts'), commonSource())
