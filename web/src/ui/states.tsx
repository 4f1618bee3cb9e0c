import { Problem } from '@app/shared/problem'

/** What an error says to a person, and what to do next. */
export function wordsOf(error: unknown): string {
  if (error instanceof Problem) return error.errors?.map(({ detail }) => detail).join('；') ?? error.message
  return error instanceof Error && error.name === 'Unreachable' ? error.message : '页面出错了，请刷新后重试。'
}

/** A page that could not be loaded, with a way to try again. */
export function LoadFailed({ error, retry }: { error: unknown; retry?: () => void }) {
  return (
    <main className="state" role="alert">
      <h1>{error instanceof Problem && error.slug === 'not-found' ? '没有找到' : '没有加载成功'}</h1>
      <p>{wordsOf(error)}</p>
      <p>
        {retry && (
          <button type="button" className="button" onClick={retry}>
            重新加载
          </button>
        )}{' '}
        <a className="button plain" href="/">
          回到首页
        </a>
      </p>
    </main>
  )
}

/** An address that leads nowhere, or to somebody else's. */
export function NothingHere() {
  return (
    <main className="state">
      <h1>没有找到这个页面</h1>
      <p>链接可能已失效，或者不属于您的单位。</p>
      <p>
        <a className="button" href="/">
          回到首页
        </a>
      </p>
    </main>
  )
}

/** While something that takes a moment is on its way. */
export function Loading() {
  return (
    <div className="state" role="status">
      正在加载…
    </div>
  )
}
