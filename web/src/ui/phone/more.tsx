interface Pages {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => unknown
}

/** What comes behind the end of a list, while there is more. */
export function More({
  of: { hasNextPage, isFetchingNextPage, fetchNextPage },
  children = '加载更多',
}: {
  of: Pages
  children?: string
}) {
  if (!hasNextPage) return null
  return (
    <button
      type="button"
      className="button plain m-wide"
      disabled={isFetchingNextPage}
      onClick={() => void fetchNextPage()}
    >
      {isFetchingNextPage ? '正在加载…' : children}
    </button>
  )
}
