import { type Point, PointStanding } from '@app/shared/risks/schema'
import { useForm } from '@tanstack/react-form'
import { useMutation } from '@tanstack/react-query'
import { refusedAt, refusedElse } from '../../../ui/desk/field'
import { FormDialog } from '../../../ui/desk/form-dialog'
import { TextField } from '../../../ui/desk/text-field'
import { changePointStanding } from '../queries'

interface Props {
  readonly streetId: string
  readonly point: Point
  readonly onClose: () => void
}

/** 停用 or 恢复 of a risk point, with the reason. */
export function PointStandingDialog({ streetId, point, onClose }: Props) {
  const { mutate, isPending, error } = useMutation(changePointStanding(streetId, point.id))
  const standing = point.retiredOn === null ? 'retired' : 'active'
  const doing = standing === 'retired' ? '停用' : '恢复'
  const form = useForm({
    defaultValues: { why: '' },
    onSubmit: ({ value }) => mutate({ ...value, standing, version: point.version }, { onSuccess: onClose }),
  })
  return (
    <FormDialog
      title={`${doing}风险点：${point.name}`}
      submit={doing}
      danger={standing === 'retired'}
      pending={isPending}
      error={refusedElse(error, ['/why'])}
      onSubmit={() => void form.handleSubmit()}
      onClose={onClose}
    >
      <form.Field name="why" validators={{ onSubmit: PointStanding.entries.why }}>
        {(field) => (
          <TextField
            of={field}
            label={`${doing}原因`}
            type="lines"
            required
            wide
            hint={
              standing === 'retired'
                ? '例如：设备已拆除。停用后不再列入清单，历次版本仍可查看，也可以恢复。'
                : '恢复后重新列入清单。'
            }
            refused={refusedAt(error, '/why')}
          />
        )}
      </form.Field>
    </FormDialog>
  )
}
