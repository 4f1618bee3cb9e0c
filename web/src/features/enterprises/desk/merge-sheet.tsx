import { likenesses, Undoing, undoUntil } from '@app/shared/enterprises/merging'
import type { EnterpriseFile } from '@app/shared/enterprises/schema'
import type { EnterpriseId } from '@app/shared/ids'
import { useForm } from '@tanstack/react-form'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { Sheet } from '../../../ui/desk/page'
import { TextField } from '../../../ui/desk/text-field'
import { minuteOf } from '../../../ui/desk/times'
import { mergeQueries, undoMerge } from '../merge-queries'
import { MergeDialog } from './merge-dialog'

interface Props {
  readonly streetId: string
  readonly slug: string
  readonly file: EnterpriseFile
  readonly onMerged: (kept: EnterpriseId) => void
}
type Merge = EnterpriseFile['merges'][number]

/** Files that may be of the same unit, and those that were put aside for it; nothing where there are neither. */
export function MergeSheet({ streetId, slug, file, onMerged }: Props) {
  const { data } = useQuery({ ...mergeQueries.of(streetId, file.id), enabled: file.mergedInto === null })
  const [comparing, setComparing] = useState<EnterpriseId | null>(null)
  const [undoing, setUndoing] = useState<Merge | null>(null)
  const alike = data?.items ?? []
  if (alike.length === 0 && file.merges.length === 0) return null
  return (
    <Sheet title="重复档案">
      {alike.length > 0 && (
        <ul className="merge-list">
          {alike.map(({ id, name, address, like }) => (
            <li key={id}>
              <Link
                className="desk-link"
                to="/admin/s/$street/enterprises/$enterpriseId"
                params={{ street: slug, enterpriseId: id }}
              >
                {name}
              </Link>{' '}
              {address} <span className="desk-quiet">（{like.map((one) => likenesses[one]).join('、')}）</span>
              <Button size="small" aria-label={`与${name}核对`} onClick={() => setComparing(id)}>
                核对
              </Button>
            </li>
          ))}
        </ul>
      )}
      {file.merges.length > 0 && (
        <ul className="merge-list">
          {file.merges.map((merge) => (
            <li key={merge.id}>
              {minuteOf(merge.at)} 并入{' '}
              <Link
                className="desk-link"
                to="/admin/s/$street/enterprises/$enterpriseId"
                params={{ street: slug, enterpriseId: merge.enterpriseId }}
              >
                {merge.name}
              </Link>
              ：{merge.why}
              {merge.undoneAt !== null && <span className="desk-quiet">（{minuteOf(merge.undoneAt)} 已撤销）</span>}
              {merge.undoneAt === null && Date.now() < undoUntil(merge.at) && (
                <Button size="small" aria-label={`撤销与${merge.name}的合并`} onClick={() => setUndoing(merge)}>
                  撤销合并
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {comparing && (
        <MergeDialog
          streetId={streetId}
          ids={[file.id, comparing]}
          onClose={() => setComparing(null)}
          onMerged={(kept) => {
            setComparing(null)
            onMerged(kept)
          }}
        />
      )}
      {undoing && <UndoDialog streetId={streetId} merge={undoing} onClose={() => setUndoing(null)} />}
    </Sheet>
  )
}

function UndoDialog({ streetId, merge, onClose }: { streetId: string; merge: Merge; onClose: () => void }) {
  const { mutate, isPending, error } = useMutation(undoMerge(streetId, merge.id))
  const form = useForm({
    defaultValues: { why: '' },
    onSubmit: ({ value }) => mutate(value, { onSuccess: onClose }),
  })
  return (
    <FormDialog
      title={`撤销与“${merge.name}”的合并`}
      submit="撤销合并"
      danger
      pending={isPending}
      error={refusedElse(error, ['/why'])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <form.Field name="why" validators={{ onSubmit: Undoing.entries.why }}>
        {(field) => (
          <TextField
            of={field}
            label="撤销理由"
            type="lines"
            required
            wide
            hint="两份档案恢复为合并前的样子；合并后又改过的内容保留。"
            refused={refusedAt(error, '/why')}
          />
        )}
      </form.Field>
    </FormDialog>
  )
}
