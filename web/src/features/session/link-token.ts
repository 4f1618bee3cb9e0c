/** Takes a link's token out of the address at once, so that it stays in no history and no bookmark; empty for none. */
export function takeToken(): string {
  const token = location.hash.slice(1)
  if (token) history.replaceState(history.state, '', location.pathname)
  return token
}
