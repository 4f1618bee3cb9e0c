import { Merging, takenOver, undoDays } from '@app/shared/enterprises/merging'
import type { EnterpriseFile } from '@app/shared/enterprises/schema'
import { colours, fieldWords, kinds, sizes, standings } from '@app/shared/enterprises/words'
import { keyPlaces, sectors } from '@app/shared/hazards/words'
import type { EnterpriseId, MergeId } from '@app/shared/ids'
import { useForm } from '@tanstack/react-form'
import { useMutation, useQueries } from '@tanstack/react-query'
import { Alert, Modal, Radio } from 'antd'
import { useState } from 'react'
import { Failed, Waiting } from '../../../ui/desk/answer'
import { refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { freshId } from '../../../ui/desk/fresh-id'
import { ScrollBox } from '../../../ui/desk/scroll-box'
import { TextField } from '../../../ui/desk/text-field'
import { mergeEnterprises } from '../merge-queries'
import { enterpriseQueries } from '../queries'

interface Props {
  readonly streetId: string
  readonly ids: readonly [EnterpriseId, EnterpriseId]
  readonly onClose: () => void
  /** Told which file is kept. */
  readonly onMerged: (kept: EnterpriseId) => void
}

/** What two files say, line by line. */
const lines: readonly (readonly [string, (file: EnterpriseFile) => string])[] = [
  ['名称', ({ name }) => name],
  [fieldWords.creditCode, ({ creditCode }) => creditCode ?? '无'],
  ['类别', ({ kind }) => kinds[kind]],
  [fieldWords.keyPlace, ({ keyPlace }) => (keyPlace ? keyPlaces[keyPlace] : '否')],
  [fieldWords.sectors, (file) => file.sectors.map((sector) => sectors[sector]).join('、') || '未填写'],
  [fieldWords.highRisk, ({ highRisk }) => highRisk ?? '否'],
  [fieldWords.crowded, ({ crowded }) => (crowded ? '是' : '否')],
  [fieldWords.size, ({ size }) => (size ? sizes[size] : '未填写')],
  [fieldWords.staff, ({ staff }) => (staff === null ? '未填写' : `${staff} 人`)],
  ['社区与网格', ({ communityName, gridName }) => `${communityName} · ${gridName}`],
  ['地址', ({ address }) => address],
  ['风险颜色', ({ colour }) => (colour ? colours[colour] : '未评定')],
  ['状态', ({ standing }) => standings[standing]],
  ['上次检查', ({ inspectedOn }) => inspectedOn ?? '从未检查'],
  ['联系人', ({ contacts }) => contacts.map(({ name }) => name).join('、') || '无'],
  ['未销号隐患', ({ hazards }) => `${hazards.open} 条`],
  ['单位账号', ({ people }) => people.map(({ name }) => name).join('、') || '无'],
]

/** Two files side by side: which is kept, what it takes over, and why they are one. */
export function MergeDialog(props: Props) {
  const [one, other] = useQueries({ queries: props.ids.map((id) => enterpriseQueries.file(props.streetId, id)) })
  const error = one?.error ?? other?.error
  if (one?.data && other?.data) return <Comparison {...props} files={[one.data, other.data]} />
  return (
    <Modal open title="合并重复档案" footer={null} onCancel={props.onClose} destroyOnHidden>
      {error ? (
        <Failed error={error} retry={() => void Promise.all([one?.refetch(), other?.refetch()])} />
      ) : (
        <Waiting />
      )}
    </Modal>
  )
}

function Comparison({
  streetId,
  files,
  onClose,
  onMerged,
}: Props & { files: readonly [EnterpriseFile, EnterpriseFile] }) {
  const { mutate, isPending, error } = useMutation(mergeEnterprises(streetId))
  // One id for the whole dialog, so that a second try after a lost answer merges once.
  const [id] = useState(() => freshId<MergeId>('mrg'))
  const [keptId, setKept] = useState<EnterpriseId>(files[0].id)
  const [stays, goes] = files[0].id === keptId ? files : [files[1], files[0]]
  const taken = Object.keys(takenOver(stays, goes))
  const names: Record<string, string> = { ...fieldWords, colour: '风险颜色', inspectedOn: '上次检查日期' }
  const form = useForm({
    defaultValues: { why: '' },
    onSubmit: ({ value }) =>
      mutate(
        {
          id,
          goes: { id: goes.id, version: goes.version },
          stays: { id: stays.id, version: stays.version },
          why: value.why,
        },
        { onSuccess: () => onMerged(stays.id) },
      ),
  })
  const codes = stays.creditCode && goes.creditCode && stays.creditCode !== goes.creditCode
  return (
    <FormDialog
      title="合并重复档案"
      submit={`并入“${stays.name}”`}
      danger
      width="60rem"
      pending={isPending}
      error={refusedElse(error, ['/why'])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <div className="wide">
        <ScrollBox label="两份档案对照" least={640}>
          <table className="merge-table">
            <thead>
              <tr>
                <th scope="col">保留哪一份</th>
                {files.map((file) => (
                  <th key={file.id} scope="col">
                    <Radio
                      name="kept"
                      checked={file.id === keptId}
                      onChange={() => setKept(file.id)}
                      aria-label={`保留${file.name}（${file.address}）`}
                    >
                      {file.id === keptId ? '保留这一份' : '并入另一份'}
                    </Radio>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lines.map(([label, read]) => {
                const [left, right] = [read(files[0]), read(files[1])]
                return (
                  <tr key={label} className={left === right ? undefined : 'merge-differs'}>
                    <th scope="row">{label}</th>
                    <td>{left}</td>
                    <td>
                      {right}
                      {left !== right && <span className="desk-unseen">（不同）</span>}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </ScrollBox>
      </div>
      {codes && (
        <Alert type="warning" showIcon title="两份档案的统一社会信用代码不同，可能是两家单位，请先核对营业执照。" />
      )}
      <p className="wide desk-quiet">
        {taken.length > 0 && `保留的档案将补上：${taken.map((name) => names[name] ?? name).join('、')}。`}
        隐患、检查、风险清单和单位账号都留在原处，合并后从一份档案里一起查看。{undoDays} 天内可以撤销，恢复原样。
      </p>
      <form.Field name="why" validators={{ onSubmit: Merging.entries.why }}>
        {(field) => (
          <TextField
            of={field}
            label="合并理由"
            type="lines"
            required
            wide
            hint="例如：同一家店由两个网格员重复建档。"
            refused={refusedAt(error, '/why')}
          />
        )}
      </form.Field>
    </FormDialog>
  )
}
