import { Alert } from 'antd'
import { wordsOf } from '../../../ui/states'
import type { Doing } from '../queries'

/** A form on its way: what the server refused, and whether it is being sent. */
export interface Sending {
  readonly send: (doing: Doing) => void
  readonly pending: boolean
  readonly error: unknown
  readonly cancel: () => void
}

/** Why a form could not be sent, but for what stands beside its fields. */
export function SendingFailed({ error }: { error: unknown }) {
  return error ? <Alert type="error" showIcon title={wordsOf(error)} /> : null
}
