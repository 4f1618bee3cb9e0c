const key = 'zhiben-text-size'

/** How large this phone shows everything. */
export type TextSize = 'standard' | 'large'

/** What was chosen on this phone; large and everything with it (适老化). */
export function textSize(): TextSize {
  try {
    return localStorage.getItem(key) === 'large' ? 'large' : 'standard'
  } catch {
    return 'standard'
  }
}

/** Shows everything in this size from now on. */
export function chooseTextSize(size: TextSize): void {
  try {
    localStorage.setItem(key, size)
  } catch {
    // A browser that keeps nothing shows it until the page is closed.
  }
  showTextSize(size)
}

/** Puts the size on the page. */
export function showTextSize(size: TextSize = textSize()): void {
  if (size === 'large') document.documentElement.dataset['size'] = 'lg'
  else delete document.documentElement.dataset['size']
}
