import { parsedSetting, type SettingKey } from '@app/shared/settings/catalogue'
import type { SettingChange, SettingsPage } from '@app/shared/settings/schema'
import { Problem } from '@app/shared/problem'
import { asc, eq } from '../db/operators'
import type { StreetScope } from '../tenancy/street-scope'

/** What the street has set, and by whom; all else stands at its default. */
export async function listSettings(scope: StreetScope): Promise<SettingsPage['items']> {
  const { settings: s, people: p, select } = scope.read('hazard.view')
  const found = await select({ key: s.key, value: s.value, by: s.by, name: p.name, at: s.at })
    .from(s)
    .leftJoin(p, eq(p.id, s.by))
    .orderBy(asc(s.key))
  return found.map((row) => ({ ...row, value: typeof row.value === 'object' ? [...row.value] : row.value }))
}

/** A query for what the street has set, to be run with others; `settingsOf` makes the rest of it. */
export function settingsSet(scope: StreetScope) {
  const { settings: s, select } = scope.read('hazard.view')
  return select({ key: s.key, value: s.value }).from(s)
}

/** Sets one thing from now on. Throws `invalid-input` for a value that it cannot have. */
export async function changeSetting(
  scope: StreetScope,
  key: SettingKey,
  change: SettingChange,
  now: number,
): Promise<void> {
  const parsed = parsedSetting(key, change.value)
  if ('wrong' in parsed) throw new Problem('invalid-input', undefined, [{ pointer: '/value', detail: parsed.wrong }])
  await scope.change('settings.manage', { subject: key, at: now }, (k) => [
    k.set({ key, value: parsed.value, by: scope.actor.id, at: now }),
  ])
}
