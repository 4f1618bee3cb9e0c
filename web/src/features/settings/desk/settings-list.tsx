import {
  catalogue,
  parsedSetting,
  type SettingKey,
  settingKeys,
  type SettingValue,
} from '@app/shared/settings/catalogue'
import type { SettingsPage } from '@app/shared/settings/schema'
import { cut } from '@app/shared/text'
import { useMutation } from '@tanstack/react-query'
import { App, Button, Input, InputNumber, Select, Switch, Tag } from 'antd'
import { useState } from 'react'
import { Field, refusedAt, refusedElse, type Control } from '../../../ui/desk/field'
import { Sheet } from '../../../ui/desk/page'
import { minuteOf } from '../../../ui/desk/times'
import { wordsOf } from '../../../ui/states'
import { changeSetting } from '../queries'
import './settings.css'

type Set = SettingsPage['items'][number]

interface ListProps {
  readonly streetId: string
  readonly set: readonly Set[]
  /** Whether this post may change them. */
  readonly manages: boolean
}

/** Everything a street may set for itself, by group, each with what its default rests on. */
export function SettingsList({ streetId, set, manages }: ListProps) {
  const groups = Map.groupBy(settingKeys, (key) => catalogue[key].group)
  return [...groups].map(([group, keys]) => (
    <Sheet key={group} title={group}>
      <ul className="settings">
        {keys.map((key) => (
          <Line
            key={key}
            streetId={streetId}
            settingKey={key}
            own={set.find((one) => one.key === key)}
            manages={manages}
          />
        ))}
      </ul>
    </Sheet>
  ))
}

interface LineProps {
  readonly streetId: string
  readonly settingKey: SettingKey
  readonly own: Set | undefined
  readonly manages: boolean
}

function Line({ streetId, settingKey, own, manages }: LineProps) {
  const { message, modal } = App.useApp()
  const setting = catalogue[settingKey]
  const waits = 'waits' in setting ? setting.waits : undefined
  const [editing, setEditing] = useState(false)
  const value = own?.value ?? setting.default
  const back = useMutation({
    ...changeSetting(streetId),
    onSuccess: async (...args) => {
      await changeSetting(streetId).onSuccess?.(...args)
      void message.success(`“${setting.label}”已恢复默认。`)
    },
    onError: (error) => void message.error(wordsOf(error)),
  })
  const changed = own !== undefined && JSON.stringify(own.value) !== JSON.stringify(setting.default)
  return (
    <li>
      <div className="setting-head">
        <h3>{setting.label}</h3>
        {setting.verified ? <Tag color="success">已核实</Tag> : <Tag color="warning">待核实</Tag>}
        {waits && <Tag>尚未生效</Tag>}
      </div>
      <p className="desk-quiet">
        默认：{wordsOfValue(settingKey, setting.default)}。依据：{setting.basis}。{waits && `${waits}。`}
      </p>
      {editing ? (
        <Edit streetId={streetId} settingKey={settingKey} value={value} onClose={() => setEditing(false)} />
      ) : (
        <div className="setting-now">
          <strong>{wordsOfValue(settingKey, value)}</strong>
          <span className="desk-quiet">
            {own ? `${own.name ?? '已离岗人员'} ${minuteOf(own.at)} 设置` : '未改动，按默认'}
          </span>
          {manages && (
            <span className="desk-actions">
              <Button type="link" aria-label={`修改：${setting.label}`} onClick={() => setEditing(true)}>
                修改
              </Button>
              {changed && (
                <Button
                  type="link"
                  aria-label={`恢复默认：${setting.label}`}
                  loading={back.isPending}
                  onClick={() =>
                    void modal.confirm({
                      title: `把“${setting.label}”恢复为默认？`,
                      content: `将由“${wordsOfValue(settingKey, value)}”改回“${wordsOfValue(settingKey, setting.default)}”，只影响以后。`,
                      okText: '恢复默认',
                      autoFocusButton: 'cancel',
                      onOk: () => back.mutateAsync({ key: settingKey, value: setting.default }).catch(() => undefined),
                    })
                  }
                >
                  恢复默认
                </Button>
              )}
            </span>
          )}
        </div>
      )}
    </li>
  )
}

interface EditProps {
  readonly streetId: string
  readonly settingKey: SettingKey
  readonly value: SettingValue
  readonly onClose: () => void
}

function Edit({ streetId, settingKey, value, onClose }: EditProps) {
  const { message } = App.useApp()
  const setting = catalogue[settingKey]
  const { label } = setting
  const waits = 'waits' in setting ? setting.waits : undefined
  const [typed, setTyped] = useState<SettingValue | null>(value)
  const [wrong, setWrong] = useState<string>()
  const { mutate, isPending, error } = useMutation({
    ...changeSetting(streetId),
    onSuccess: async (...args) => {
      await changeSetting(streetId).onSuccess?.(...args)
      void message.success(waits ? `“${label}”已保存，${waits}。` : `“${label}”已修改，从现在起生效。`)
      onClose()
    },
  })
  const other = refusedElse(error, ['/value'])
  return (
    <form
      className="setting-edit"
      noValidate
      aria-label={`修改：${label}`}
      onSubmit={(event) => {
        event.preventDefault()
        const parsed = parsedSetting(settingKey, typed)
        setWrong('wrong' in parsed ? parsed.wrong : undefined)
        if ('value' in parsed) mutate({ key: settingKey, value: parsed.value })
      }}
    >
      <Field
        label={<span className="desk-unseen">{label}</span>}
        error={wrong ?? refusedAt(error, '/value') ?? (other ? wordsOf(other) : undefined)}
      >
        {(control) => <ValueControl settingKey={settingKey} control={control} value={typed} onChange={setTyped} />}
      </Field>
      <Button type="primary" htmlType="submit" loading={isPending}>
        保存
      </Button>
      <Button onClick={onClose}>取消</Button>
    </form>
  )
}

interface ControlProps {
  readonly settingKey: SettingKey
  readonly control: Control
  readonly value: SettingValue | null
  readonly onChange: (value: SettingValue | null) => void
}

/** The control that fits what a setting is: a number, days, yes or no, one of some words, or a text. */
function ValueControl({ settingKey, control, value, onChange }: ControlProps) {
  const { schema, default: usual } = catalogue[settingKey]
  const { status, ...rest } = control
  if (typeof usual === 'boolean') {
    return (
      <Switch id={rest.id} checked={value === true} checkedChildren="是" unCheckedChildren="否" onChange={onChange} />
    )
  }
  if (typeof usual === 'number') {
    return (
      <InputNumber
        {...rest}
        status={status}
        precision={0}
        suffix="天"
        value={typeof value === 'number' ? value : null}
        onChange={onChange}
      />
    )
  }
  if (typeof usual === 'object') {
    const days = Array.isArray(value) ? (value as readonly number[]) : []
    return (
      <Select<string[]>
        {...rest}
        status={status}
        mode="tags"
        tokenSeparators={[',', '，', '、', ' ']}
        placeholder="例如 3、1、0（0 为当天）"
        style={{ minWidth: '16rem' }}
        value={days.map(String)}
        options={[0, 1, 2, 3, 5, 7].map((day) => ({ value: String(day), label: String(day) }))}
        onChange={(picked) => onChange(picked.map((day) => Number(day.normalize('NFKC'))).toSorted((a, b) => b - a))}
      />
    )
  }
  if ('options' in schema && Array.isArray(schema.options) && schema.type === 'picklist') {
    return (
      <Select<string>
        {...rest}
        status={status}
        style={{ minWidth: '16rem' }}
        value={String(value)}
        options={(schema.options as readonly string[]).map((one) => ({ value: one, label: one }))}
        onChange={onChange}
      />
    )
  }
  // Only what is several lines by default is written in several.
  if (usual.includes('\n')) {
    return (
      <Input.TextArea
        {...rest}
        status={status}
        autoSize={{ minRows: 6, maxRows: 20 }}
        style={{ minWidth: 'min(40rem, 100%)' }}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.target.value)}
      />
    )
  }
  return (
    <Input
      {...rest}
      status={status}
      autoComplete="off"
      style={{ minWidth: '16rem' }}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function wordsOfValue(key: SettingKey, value: SettingValue): string {
  const setting = catalogue[key]
  const unit = 'unit' in setting ? setting.unit : ''
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'number') return `${value} ${unit}`
  if (typeof value === 'string') return value === '' ? '未填写' : cut(value, 60)
  if (value.length === 0) return '不提醒'
  return value.map((day) => (day === 0 ? '当天' : `提前 ${day} ${unit}`)).join('、')
}
