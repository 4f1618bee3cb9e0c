import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { LoadFailed, Loading } from '../../ui/states'
import { type GuidePage, guide } from './pages'
import '../../ui/article.css'

/** 帮助: one page of the guide, and the way to the others. */
export function HelpPage({ page }: { page: GuidePage }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['guide', page] as const,
    queryFn: async () => (await guide[page].load()).default,
    staleTime: Infinity,
  })
  return (
    <div className="help">
      <title>{`帮助：${guide[page].title} - 治本`}</title>
      <nav aria-label="帮助目录">
        <p>
          <a href="/">回到系统</a>
        </p>
        <ul>
          {Object.entries(guide).map(([name, { title }]) => (
            <li key={name}>
              <Link to="/help" search={{ page: name as GuidePage }} aria-current={name === page ? 'page' : undefined}>
                {title}
              </Link>
            </li>
          ))}
          <li>
            <Link to="/privacy">个人信息告知</Link>
          </li>
        </ul>
      </nav>
      {typeof data !== 'string' ? (
        error ? (
          <LoadFailed error={error} retry={() => void refetch()} />
        ) : (
          <Loading />
        )
      ) : (
        // oxlint-disable-next-line react/no-danger -- our own file, made HTML while the client was built
        <main dangerouslySetInnerHTML={{ __html: data }} />
      )}
    </div>
  )
}
