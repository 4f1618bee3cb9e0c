/**
 * Keeps the page when a part of it cannot be fetched. After a deployment a reload brings the new one, but without a
 * network it would take away the page, and with it the camera: so the server is asked first.
 */
export function keepPageWithoutServer(): void {
  const ask = (event: Event) => {
    // Before whoever reloads without asking.
    event.stopImmediatePropagation()
    void fetch('/icon.svg', { method: 'HEAD', cache: 'no-store' }).then(
      ({ ok }) => ok && location.reload(),
      () => undefined,
    )
  }
  addEventListener('vite:preloadError', ask, { capture: true })
}
