const remember = 'zhiben-reloaded'
const minute = 60_000

/**
 * After a deployment an old page asks for parts that are gone; a reload brings the new ones. Without a network it would
 * take the page away, and with it the camera: so the server is asked first, and reloading is not tried twice a minute.
 */
export function reloadForMissingParts(): void {
  addEventListener('vite:preloadError', () => {
    if (Date.now() - Number(sessionStorage.getItem(remember) ?? 0) >= minute) void reloadIfThereIsAServer()
  })
}

async function reloadIfThereIsAServer(): Promise<void> {
  try {
    const { ok } = await fetch('/icon.svg', { method: 'HEAD', cache: 'no-store' })
    if (!ok) return
  } catch {
    return
  }
  sessionStorage.setItem(remember, String(Date.now()))
  location.reload()
}
