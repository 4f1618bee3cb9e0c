import * as v from 'valibot'
import { PersonId } from '../ids'
import { settingKeys } from './catalogue'

/** Any setting's value, bounded before the setting's own schema looks at it. */
const value = v.union(
  [
    v.pipe(v.string(), v.maxLength(16_000, '内容过长')),
    v.number(),
    v.boolean(),
    v.pipe(v.array(v.number()), v.maxLength(10, '最多填 10 个')),
  ],
  '填写不正确',
)

/** What the street has set, and who set it; all else stands at the default of `catalogue`. */
export const SettingsPage = v.object({
  items: v.array(
    v.object({
      key: v.picklist(settingKeys),
      value,
      by: PersonId,
      name: v.nullable(v.string()),
      at: v.number(),
    }),
  ),
})
export type SettingsPage = v.InferOutput<typeof SettingsPage>

export const SettingPath = v.object({ key: v.picklist(settingKeys) })
/** The value is parsed again by the setting's own schema. */
export const SettingChange = v.strictObject({ value })
export type SettingChange = v.InferOutput<typeof SettingChange>
