import { useIsFetching, useQueryClient } from '@tanstack/react-query'
import { Icon } from './icons'

/** Reads again all that is shown of a street. */
export function Refresh({ streetId }: { streetId: string }) {
  const client = useQueryClient()
  const queryKey = ['street', streetId] as const
  const busy = useIsFetching({ queryKey }) > 0
  return (
    <button
      type="button"
      className="m-icon-button"
      disabled={busy}
      onClick={() => void client.invalidateQueries({ queryKey })}
    >
      <Icon name="refresh" size="1.25rem" />
      {busy ? '刷新中' : '刷新'}
    </button>
  )
}
