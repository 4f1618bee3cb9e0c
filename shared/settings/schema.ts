import * as v from 'valibot'
import { PersonId } from '../ids'
import { settingKeys } from './catalogue'

const value = v.union([v.string(), v.number(), v.boolean(), v.array(v.number())], '填写不正确')

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
