import { CreditCode } from '@app/shared/enterprises/credit-code'
import { EnterpriseEdit, type EnterpriseFile, mostManagers } from '@app/shared/enterprises/schema'
import { type ContactRole, kinds, sizes } from '@app/shared/enterprises/words'
import { keyPlaces, type Sector, sectors } from '@app/shared/hazards/words'
import type { EnterpriseId } from '@app/shared/ids'
import type { Places } from '@app/shared/places/schema'
import { dayOf } from '@app/shared/time'
import { useForm } from '@tanstack/react-form'
import { useMutation } from '@tanstack/react-query'
import { Button, Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import * as v from 'valibot'
import { optionsOf } from '../../../ui/desk/choice'
import { Field, messageOf, refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { freshId } from '../../../ui/desk/fresh-id'
import { TextField } from '../../../ui/desk/text-field'
import { editEnterprise, enterEnterprise } from '../queries'

interface DialogProps {
  readonly streetId: string
  /** The unit as it was read; null for one that is new. */
  readonly file: EnterpriseFile | null
  readonly places: Places | undefined
  readonly onClose: () => void
  readonly onSaved: (id: EnterpriseId) => void
}

interface ContactDraft {
  readonly id?: string
  readonly name: string
  /** Empty: as it is. */
  readonly phone: string
  readonly phoneMask: string | null
}
const nobody: ContactDraft = { name: '', phone: '', phoneMask: null }

const selects = [
  ['kind', '类别', kinds, true],
  ['keyPlace', '重点场所', keyPlaces, false],
  ['size', '规模', sizes, false],
] as const
const numbers = [
  ['staff', '从业人数（人）', undefined],
  ['floorArea', '建筑面积（平方米）', undefined],
  ['latitude', '纬度', 'WGS-84，例如 21.195'],
  ['longitude', '经度', 'WGS-84，例如 110.405'],
] as const
const pointers = [
  'name',
  'creditCode',
  'kind',
  'keyPlace',
  'size',
  'sectors',
  'highRisk',
  'staff',
  'floorArea',
  'communityId',
  'gridId',
  'address',
  'position',
  'principal',
  'managers',
  'activeSince',
].map((name) => `/${name}`)

/** A number as it was typed; null for none, and not a number for what is none. */
const numberOf = (typed: string) => (typed.trim() === '' ? null : Number(typed.trim()))
const textOf = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value))
const typedNumber = v.pipe(
  v.string(),
  v.check((typed) => typed.trim() === '' || Number.isFinite(Number(typed.trim())), '请填写数字'),
)
const typedCode = v.pipe(
  v.string(),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed || dataset.value.trim() === '') return
    const { success, issues } = v.safeParse(CreditCode, dataset.value)
    if (!success) addIssue({ message: issues[0].message })
  }),
)

interface Draft {
  name: string
  creditCode: string
  kind: string | null
  keyPlace: string | null
  size: string | null
  sectors: Sector[]
  highRisk: string
  crowded: boolean
  staff: string
  floorArea: string
  communityId: string | null
  gridId: string | null
  address: string
  latitude: string
  longitude: string
  principal: ContactDraft
  managers: ContactDraft[]
  activeSince: string
}

/** A unit as the form shows it, or the form of a new one. */
function draftOf(file: EnterpriseFile | null): Draft {
  const contacts = (sought: ContactRole): ContactDraft[] =>
    (file?.contacts ?? []).flatMap(({ role, ...contact }) => (role === sought ? [{ ...contact, phone: '' }] : []))
  return {
    name: file?.name ?? '',
    creditCode: file?.creditCode ?? '',
    kind: file?.kind ?? 'enterprise',
    keyPlace: file?.keyPlace ?? null,
    size: file?.size ?? null,
    sectors: file?.sectors ?? [],
    highRisk: file?.highRisk ?? '',
    crowded: file?.crowded ?? false,
    staff: textOf(file?.staff),
    floorArea: textOf(file?.floorArea),
    communityId: file?.communityId ?? null,
    gridId: file?.gridId ?? null,
    address: file?.address ?? '',
    latitude: textOf(file?.position?.latitude),
    longitude: textOf(file?.position?.longitude),
    principal: contacts('principal')[0] ?? nobody,
    managers: contacts('manager'),
    activeSince: dayOf(Date.now()),
  }
}

/** 建档 and 修改档案: all that is written down of one unit. */
export function EnterpriseDialog({ streetId, file, places, onClose, onSaved }: DialogProps) {
  // One id for the whole dialog, so that a second try after a lost answer makes the same unit.
  const [id] = useState(() => file?.id ?? freshId<EnterpriseId>('ent'))
  const enter = useMutation(enterEnterprise(streetId))
  const edit = useMutation(editEnterprise(streetId, id))
  const { isPending, error } = file ? edit : enter
  const form = useForm({
    defaultValues: draftOf(file),
    onSubmit: ({ value }) => {
      const { latitude, longitude, principal, managers, activeSince, ...rest } = value
      const at = { latitude: numberOf(latitude), longitude: numberOf(longitude) }
      const same = file?.position?.latitude === at.latitude && file.position.longitude === at.longitude
      // Safe: the server checks every one of them, and names the field that it refuses.
      const fields = {
        ...rest,
        creditCode: rest.creditCode.trim() || null,
        highRisk: rest.highRisk.trim() || null,
        staff: numberOf(rest.staff),
        floorArea: numberOf(rest.floorArea),
        position: same
          ? file.position
          : at.latitude === null && at.longitude === null
            ? null
            : { ...at, source: 'map', accuracy: null },
      } as Omit<v.InferInput<typeof EnterpriseEdit>, 'version' | 'principal' | 'managers'>
      const named = [principal, ...managers].map(({ id: known, name, phone }) => ({
        ...(known && { id: known }),
        name,
        ...(phone.trim() && { phone }),
      }))
      const [first, ...others] = named
      const people = { principal: first?.name.trim() ? first : null, managers: others }
      const onSuccess = () => onSaved(id)
      if (file) return edit.mutate({ ...fields, ...people, version: file.version }, { onSuccess })
      const whole = (contact: { name: string; phone?: string }) => ({
        name: contact.name,
        phone: contact.phone ?? null,
      })
      return enter.mutate(
        {
          ...fields,
          id,
          activeSince,
          principal: people.principal && whole(people.principal),
          managers: others.map(whole),
        },
        { onSuccess },
      )
    },
  })
  return (
    <FormDialog
      title={file ? `修改档案：${file.name}` : '建立企业档案'}
      submit="保存"
      width="52rem"
      pending={isPending}
      error={refusedElse(error, pointers)}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <form.Field name="name" validators={{ onSubmit: EnterpriseEdit.entries.name }}>
        {(field) => <TextField of={field} label="名称" required refused={refusedAt(error, '/name')} />}
      </form.Field>
      <form.Field name="creditCode" validators={{ onSubmit: typedCode }}>
        {(field) => (
          <TextField
            of={field}
            label="统一社会信用代码"
            hint="18 位；没有的场所留空。"
            refused={refusedAt(error, '/creditCode')}
          />
        )}
      </form.Field>
      {selects.map(([name, label, words, required]) => (
        <form.Field key={name} name={name}>
          {(field) => (
            <Field label={label} required={required} error={refusedAt(error, `/${name}`)}>
              {(control) => (
                <Select<string | null>
                  {...control}
                  allowClear={!required}
                  placeholder={required ? '请选择' : '无'}
                  value={field.state.value}
                  options={optionsOf(words)}
                  onChange={(chosen) => field.handleChange(chosen ?? null)}
                />
              )}
            </Field>
          )}
        </form.Field>
      ))}
      <form.Field name="sectors" validators={{ onSubmit: EnterpriseEdit.entries.sectors }}>
        {(field) => (
          <Field label="行业领域" required error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/sectors')}>
            {(control) => (
              <Select<Sector[]>
                {...control}
                mode="multiple"
                showSearch={{ optionFilterProp: 'label' }}
                placeholder="可多选"
                value={field.state.value}
                options={optionsOf(sectors)}
                onChange={field.handleChange}
              />
            )}
          </Field>
        )}
      </form.Field>
      <form.Field name="communityId" validators={{ onSubmit: chosen('请选择社区') }}>
        {(field) => (
          <Field label="社区" required error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/communityId')}>
            {(control) => (
              <Select<string | null>
                {...control}
                placeholder="请选择"
                showSearch={{ optionFilterProp: 'label' }}
                value={field.state.value}
                options={places?.communities.map((one) => ({ value: one.id, label: one.name })) ?? []}
                onChange={(community) => {
                  field.handleChange(community)
                  form.setFieldValue('gridId', null)
                }}
              />
            )}
          </Field>
        )}
      </form.Field>
      <form.Subscribe selector={({ values }) => values.communityId}>
        {(communityId) => (
          <form.Field name="gridId" validators={{ onSubmit: chosen('请选择网格') }}>
            {(field) => (
              <Field label="网格" required error={messageOf(field.state.meta.errors) ?? refusedAt(error, '/gridId')}>
                {(control) => (
                  <Select<string | null>
                    {...control}
                    placeholder={communityId ? '请选择' : '先选社区'}
                    disabled={!communityId}
                    value={field.state.value}
                    options={
                      places?.grids
                        .filter((grid) => grid.communityId === communityId)
                        .map((one) => ({ value: one.id, label: one.name })) ?? []
                    }
                    onChange={field.handleChange}
                  />
                )}
              </Field>
            )}
          </form.Field>
        )}
      </form.Subscribe>
      <form.Field name="address" validators={{ onSubmit: EnterpriseEdit.entries.address }}>
        {(field) => <TextField of={field} label="地址" required wide refused={refusedAt(error, '/address')} />}
      </form.Field>
      {numbers.map(([name, label, hint]) => (
        <form.Field key={name} name={name} validators={{ onSubmit: typedNumber }}>
          {(field) => (
            <TextField
              of={field}
              label={label}
              hint={hint}
              refused={refusedAt(error, `/${name}`) ?? refusedAt(error, `/position/${name}`)}
            />
          )}
        </form.Field>
      ))}
      <form.Field name="highRisk">
        {(field) => (
          <TextField
            of={field}
            label="高危行业领域的认定理由"
            wide
            hint="不属于高危行业领域的留空。"
            refused={refusedAt(error, '/highRisk')}
          />
        )}
      </form.Field>
      <form.Field name="crowded">
        {(field) => (
          <Checkbox
            className="wide"
            checked={field.state.value}
            onChange={({ target }) => field.handleChange(target.checked)}
          >
            人员密集场所（每半年至少演练一次）
          </Checkbox>
        )}
      </form.Field>
      {file === null && (
        <form.Field name="activeSince">
          {(field) => (
            <TextField
              of={field}
              label="从哪天起在营"
              type="date"
              required
              wide
              refused={refusedAt(error, '/activeSince')}
            />
          )}
        </form.Field>
      )}
      <form.Field name="principal">
        {(field) => (
          <ContactFields
            label="主要负责人"
            contact={field.state.value}
            onChange={field.handleChange}
            wrong={refusedAt(error, '/principal')}
          />
        )}
      </form.Field>
      <form.Field name="managers" mode="array">
        {(field) => (
          <>
            {field.state.value.map((contact, at) => (
              <ContactFields
                // A contact has no other name than its place while it is written down.
                // oxlint-disable-next-line react/no-array-index-key
                key={contact.id ?? at}
                label={`安全管理员 ${at + 1}`}
                contact={contact}
                onChange={(changed) => field.replaceValue(at, changed)}
                onRemove={() => field.removeValue(at)}
                wrong={refusedAt(error, `/managers/${at}`)}
              />
            ))}
            <Button
              className="wide"
              disabled={field.state.value.length >= mostManagers}
              onClick={() => field.pushValue(nobody)}
            >
              增加安全管理员
            </Button>
          </>
        )}
      </form.Field>
    </FormDialog>
  )
}

const chosen = (words: string) =>
  v.pipe(
    v.nullable(v.string()),
    v.check((value) => Boolean(value), words),
  )

interface ContactProps {
  readonly label: string
  readonly contact: ContactDraft
  readonly onChange: (contact: ContactDraft) => void
  readonly onRemove?: () => void
  readonly wrong: string | undefined
}

function ContactFields({ label, contact, onChange, onRemove, wrong }: ContactProps) {
  return (
    <div className="file-contact">
      <Field label={label} error={wrong}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            placeholder="姓名"
            value={contact.name}
            onChange={({ target: { value } }) => onChange({ ...contact, name: value })}
          />
        )}
      </Field>
      <Field label={`${label}电话`} hint={contact.phoneMask ? `现为 ${contact.phoneMask}，留空不改` : undefined}>
        {(control) => (
          <Input
            {...control}
            autoComplete="off"
            inputMode="tel"
            value={contact.phone}
            onChange={({ target: { value } }) => onChange({ ...contact, phone: value })}
          />
        )}
      </Field>
      {onRemove && (
        <Button onClick={onRemove} aria-label={`删除${label}`}>
          删除
        </Button>
      )}
    </div>
  )
}
