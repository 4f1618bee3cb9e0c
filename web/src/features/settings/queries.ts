import type { SettingKey, SettingValue } from '@app/shared/settings/catalogue'
import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import { street } from '../../api'

export const settingQueries = {
  all: (streetId: string) =>
    queryOptions({
      queryKey: ['street', streetId, 'settings'] as const,
      queryFn: ({ signal }) => parseResponse(street.settings.$get({ param: { streetId } }, { init: { signal } })),
    }),
}

/** Sets one thing of the street from now on. */
export const changeSetting = (streetId: string) =>
  mutationOptions({
    mutationFn: ({ key, value }: { key: SettingKey; value: SettingValue }) =>
      parseResponse(
        street.settings[':key'].$put({
          param: { streetId, key },
          json: { value: typeof value === 'object' ? [...value] : value },
        }),
      ),
    onSuccess: (_data, _change, _result, { client }) =>
      client.invalidateQueries({ queryKey: ['street', streetId, 'settings'] }),
  })
