import type { DraftChange, NewChecklist } from '@app/shared/checklists/drafts'
import type { ChecklistDraft, ChecklistPage, ChecklistVersion } from '@app/shared/checklists/listing'
import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { parseResponse } from 'hono/client'
import type { InferInput } from 'valibot'
import { street } from '../../api'

const all = (streetId: string) => ['street', streetId, 'checklists'] as const

export const checklistQueries = {
  list: (streetId: string) =>
    queryOptions({
      queryKey: [...all(streetId), 'list'] as const,
      queryFn: ({ signal }): Promise<ChecklistPage> =>
        parseResponse(street.checklists.$get({ param: { streetId } }, { init: { signal } })),
    }),
  version: (streetId: string, templateId: string, version: number) =>
    queryOptions({
      queryKey: [...all(streetId), 'version', templateId, version] as const,
      queryFn: ({ signal }): Promise<ChecklistVersion> =>
        parseResponse(
          street.checklists[':templateId'].versions[':version'].$get(
            { param: { streetId, templateId, version: String(version) } },
            { init: { signal } },
          ),
        ),
    }),
  draft: (streetId: string, templateId: string) =>
    queryOptions({
      queryKey: [...all(streetId), 'draft', templateId] as const,
      queryFn: ({ signal }): Promise<ChecklistDraft> =>
        parseResponse(
          street.checklists[':templateId'].draft.$get({ param: { streetId, templateId } }, { init: { signal } }),
        ),
      // What is being written is not to change under the writer's hands.
      staleTime: Infinity,
      gcTime: 0,
    }),
}

/** What is published is offered for checks. */
const refresh = (streetId: string) => ({ queryKey: ['street', streetId] as const })

export const beginChecklist = (streetId: string) =>
  mutationOptions({
    mutationFn: (json: InferInput<typeof NewChecklist>) =>
      parseResponse(street.checklists.$post({ param: { streetId }, json })),
    onSuccess: (_data, _json, _result, { client }) => client.invalidateQueries({ queryKey: all(streetId) }),
  })

export const saveDraft = (streetId: string, templateId: string) =>
  mutationOptions({
    mutationFn: (json: InferInput<typeof DraftChange>) =>
      parseResponse(street.checklists[':templateId'].draft.$put({ param: { streetId, templateId }, json })),
    onSuccess: (_data, _json, _result, { client }) =>
      client.invalidateQueries({ queryKey: [...all(streetId), 'list'] }),
  })

export const publishChecklist = (streetId: string, templateId: string) =>
  mutationOptions({
    mutationFn: (json: InferInput<typeof DraftChange>) =>
      parseResponse(street.checklists[':templateId'].publication.$put({ param: { streetId, templateId }, json })),
    onSuccess: (_data, _json, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })

export const retireChecklist = (streetId: string, templateId: string) =>
  mutationOptions({
    mutationFn: (edition: number) =>
      parseResponse(
        street.checklists[':templateId'].retirement.$put({ param: { streetId, templateId }, json: { edition } }),
      ),
    onSuccess: (_data, _edition, _result, { client }) => client.invalidateQueries(refresh(streetId)),
  })
