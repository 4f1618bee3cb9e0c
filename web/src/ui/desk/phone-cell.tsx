import type { Problem } from '@app/shared/problem'
import { type UseMutationOptions, useMutation } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useEffect } from 'react'
import { wordsOf } from '../states'

/** A number that was looked at is hidden again after so long, in milliseconds. */
const shownFor = 30_000

interface PhoneCellProps {
  /** Looks at the whole number of whoever has this id. */
  readonly see: UseMutationOptions<{ phone: string }, Problem, string>
  readonly person: { readonly id: string; readonly name: string; readonly phoneMask: string | null }
  /** Whether this post may see the whole number; each look is a line of the audit log. */
  readonly maySee: boolean
}

/** A telephone number as lists show it, and the whole of it for a short look. */
export function PhoneCell({ see, person, maySee }: PhoneCellProps) {
  const { message } = App.useApp()
  const { mutate, data, isPending, reset } = useMutation({
    ...see,
    onError: (error) => void message.error(wordsOf(error)),
  })
  useEffect(() => {
    if (data === undefined) return
    const hide = setTimeout(reset, shownFor)
    return () => clearTimeout(hide)
  }, [data, reset])
  if (person.phoneMask === null) return <span className="desk-quiet">未填写</span>
  return (
    <span className="desk-phone">
      <span aria-live="polite">{data?.phone ?? person.phoneMask}</span>
      {maySee &&
        (data === undefined ? (
          <Button
            key="see"
            type="link"
            size="small"
            loading={isPending}
            aria-label={`查看${person.name}的完整电话，将留痕`}
            onClick={() => mutate(person.id)}
          >
            查看
          </Button>
        ) : (
          <Button key="hide" type="link" size="small" aria-label={`隐藏${person.name}的电话`} onClick={reset}>
            隐藏
          </Button>
        ))}
    </span>
  )
}
