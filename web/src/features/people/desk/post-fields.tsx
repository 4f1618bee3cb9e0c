import { roles, streetRoles } from '@app/shared/capabilities'
import type { UnitCard } from '@app/shared/organisation/schema'
import { reachesOf } from '@app/shared/people/rules'
import type { Reach } from '@app/shared/reach'
import type { Day } from '@app/shared/time'
import { Input, Select } from 'antd'
import { Field, refusedAt } from '../../../ui/desk/field'
import type { NewPostInput } from '../queries'
import { type PlaceNames, withinWords } from './reach-words'

type StreetRole = (typeof streetRoles)[number]

/** A post as it is filled in. */
export interface FilledPost {
  readonly role: StreetRole
  readonly within: Reach['within']
  readonly places: readonly string[]
  readonly unitId: string | null
  readonly title: string
  readonly from: string
  readonly until: string
}

/** A form nobody has touched. */
export const blankPost = (today: Day): FilledPost => ({
  role: 'grid-worker',
  within: 'grids',
  places: [],
  unitId: null,
  title: '',
  from: today,
  until: '',
})

/** What the server is told of a post; it parses all of it again, and says at its field what does not fit. */
export function postInput({ role, title, from, until, unitId, ...reach }: FilledPost): Omit<NewPostInput, 'id'> {
  return {
    role,
    reach: reachInput(reach),
    unitId,
    title: title.trim() === '' ? null : title,
    ...(from !== '' && { from }),
    until: until === '' ? null : until,
  }
}

/** How far a post is to reach, as the server is told. */
export function reachInput({ within, places }: Pick<FilledPost, 'within' | 'places'>): Reach {
  // Safe: the ids were chosen among places of that kind, and the server looks at them again.
  return (within === 'street' ? { within } : { within, ids: [...places] }) as Reach
}

/** The fields that the server may refuse. */
export const postPointers = ['/role', '/reach', '/unitId', '/title', '/from', '/until']

interface FieldsProps {
  readonly value: FilledPost
  readonly onChange: (value: FilledPost) => void
  readonly error: unknown
  readonly places: PlaceNames | undefined
  readonly units: readonly UnitCard[]
  readonly today: Day
}

/** 岗位, 负责范围, 职务, 成员单位 and 任职起止. */
export function PostFields({ value, onChange, error, places, units, today }: FieldsProps) {
  const change = (part: Partial<FilledPost>) => onChange({ ...value, ...part })
  return (
    <>
      <Field label="岗位" required error={refusedAt(error, '/role')}>
        {(control) => (
          <Select<StreetRole>
            {...control}
            value={value.role}
            options={streetRoles.map((role) => ({ value: role, label: roles[role].label }))}
            onChange={(role) => change({ role, within: reachesOf(role)[0] ?? 'street', places: [] })}
          />
        )}
      </Field>
      <ReachFields value={value} onChange={change} error={error} places={places} />
      <Field label="职务（选填）" hint="例如：党工委委员、应急办主任。" error={refusedAt(error, '/title')}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            value={value.title}
            onChange={(event) => change({ title: event.target.value })}
          />
        )}
      </Field>
      <Field label="成员单位（选填）" error={refusedAt(error, '/unitId')}>
        {(control) => (
          <Select<string | null>
            {...control}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="不属于成员单位"
            value={value.unitId}
            options={units
              .filter(({ retiredOn }) => retiredOn === null)
              .map(({ id, name }) => ({ value: id as string, label: name }))}
            onChange={(unitId) => change({ unitId: unitId ?? null })}
          />
        )}
      </Field>
      <Field label="任职起" error={refusedAt(error, '/from')}>
        {(control) => (
          <Input
            {...control}
            type="date"
            min={today}
            value={value.from}
            onChange={(event) => change({ from: event.target.value })}
          />
        )}
      </Field>
      <Field label="任职止（选填）" hint="从这天起不再任职。" error={refusedAt(error, '/until')}>
        {(control) => (
          <Input
            {...control}
            type="date"
            min={value.from || today}
            value={value.until}
            onChange={(event) => change({ until: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}

interface ReachProps {
  readonly value: Pick<FilledPost, 'role' | 'within' | 'places'>
  readonly onChange: (part: Partial<Pick<FilledPost, 'within' | 'places'>>) => void
  readonly error: unknown
  readonly places: PlaceNames | undefined
}

/** How far a post reaches: of what kind, where there is a choice, and which places. */
export function ReachFields({ value: { role, within, places: ids }, onChange, error, places }: ReachProps) {
  const kinds = reachesOf(role)
  return (
    <>
      {kinds.length > 1 && (
        <Field label="负责范围">
          {(control) => (
            <Select<Reach['within']>
              {...control}
              value={within}
              options={kinds.map((kind) => ({ value: kind, label: withinWords[kind] }))}
              onChange={(next) => onChange({ within: next, places: [] })}
            />
          )}
        </Field>
      )}
      {within !== 'street' && (
        <Field label={`负责的${withinWords[within]}`} required error={refusedAt(error, '/reach')}>
          {(control) => (
            <Select<string[]>
              {...control}
              mode="multiple"
              {...(within === 'enterprise' && { maxCount: 1 })}
              loading={!places}
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="请选择"
              value={[...ids]}
              options={choicesOf(within, places)}
              onChange={(next) => onChange({ places: next })}
            />
          )}
        </Field>
      )}
    </>
  )
}

function choicesOf(within: Exclude<Reach['within'], 'street'>, places: PlaceNames | undefined) {
  const all: readonly { id: string; name: string }[] = places?.[within === 'enterprise' ? 'enterprises' : within] ?? []
  return all.map(({ id, name }) => ({ value: id, label: name }))
}
