import { Button } from 'antd'

interface PagerProps {
  /** From 1. */
  readonly page: number
  readonly count: number
  /** How many rows a full page has. */
  readonly size: number
  readonly next: string | null
  /** Cursors of the pages gone through to get here, as far as this visit knows them. */
  readonly trail: readonly string[]
  readonly go: (to: { cursor: string; page: number; trail: readonly string[] }) => void
}

/** Moves through a list that is read from cursor to cursor; the first page's cursor is empty. */
export function Pager({ page, count, size, next, trail, go }: PagerProps) {
  const before = trail.at(-1)
  const short = next !== null && count < size
  return (
    <nav className="desk-pager" aria-label="翻页">
      <span role="status">
        {page === 1 && next === null
          ? `共 ${count} 条`
          : `第 ${page} 页 · 本页 ${count} 条${next === null ? '，已到最后' : ''}`}
      </span>
      {page > 1 && <Button onClick={() => go({ cursor: '', page: 1, trail: [] })}>首页</Button>}
      {page > 1 && before !== undefined && (
        <Button onClick={() => go({ cursor: before, page: page - 1, trail: trail.slice(0, -1) })}>上一页</Button>
      )}
      {next !== null && (
        <Button type={short ? 'primary' : 'default'} onClick={() => go({ cursor: next, page: page + 1, trail })}>
          {short ? '继续查找' : '下一页'}
        </Button>
      )}
    </nav>
  )
}
