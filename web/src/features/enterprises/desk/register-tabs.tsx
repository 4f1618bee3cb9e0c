import { Link } from '@tanstack/react-router'
import './register-tabs.css'

interface Props {
  readonly slug: string
  readonly merges: boolean
}

/** The views of the register: the list, the grids, and what may be in it twice. */
export function RegisterTabs({ slug, merges }: Props) {
  const params = { street: slug }
  return (
    <nav className="register-views" aria-label="视图">
      <Link to="/admin/s/$street/enterprises" params={params} activeOptions={{ exact: true, includeSearch: false }}>
        名录
      </Link>
      <Link to="/admin/s/$street/enterprises/board" params={params}>
        网格视图
      </Link>
      {merges && (
        <Link to="/admin/s/$street/enterprises/duplicates" params={params}>
          疑似重复
        </Link>
      )}
    </nav>
  )
}
