import path from 'node:path'
import { it } from 'vitest'
import { checklistsPage } from '../../local/checklists'

it('writes the shipped checklists with their sources as docs/checklists.md has them', async ({ expect }) => {
  // `-u` writes it anew.
  await expect(checklistsPage()).toMatchFileSnapshot(path.resolve(import.meta.dirname, '../../docs/checklists.md'))
})
