/** Someone who signed in but holds no post any more. */
export function NoPost() {
  return (
    <main className="state">
      <h1>您还没有岗位</h1>
      <p>账号已登录，但没有任何单位的岗位。请联系所在单位的管理员。</p>
      <p>
        <a className="button" href="/sign-in">
          换一个账号登录
        </a>
      </p>
    </main>
  )
}
