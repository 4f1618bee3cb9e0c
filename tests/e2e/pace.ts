import type { Locator, Page } from 'playwright-core'

/**
 * What a person's hands take, in seconds, after the keystroke-level model of Card, Moran and Newell (1983): to think
 * of the next thing and to point at it and press; and a character by an average hand, a Chinese one being some three
 * keys of pinyin.
 */
const press = 1.35 + 1.1 + 0.2
const key = 0.28
const keysOf = (text: string) => Array.from(text).reduce((sum, character) => sum + (character > '\u2e80' ? 3 : 1), 0)

/** Does what people do and reckons how long they would take over it. */
export class Pace {
  /** By the name of what was done, in order. */
  readonly parts: { readonly name: string; machine: number; hands: number; presses: number }[] = []
  #since = 0

  /** Begins the next thing to be done. */
  begin(name: string): void {
    this.end()
    this.parts.push({ name, machine: 0, hands: 0, presses: 0 })
    this.#since = performance.now()
  }

  end(): void {
    const part = this.parts.at(-1)
    if (part && this.#since) part.machine = (performance.now() - this.#since) / 1000
    this.#since = 0
  }

  async press(target: Locator): Promise<void> {
    this.#reckon(1)
    await target.click()
  }

  async write(target: Locator, text: string): Promise<void> {
    this.#reckon(1, keysOf(text) * key)
    await target.fill(text)
  }

  /** What was copied elsewhere: to the field, and two keys at once. */
  async paste(target: Locator, text: string): Promise<void> {
    this.#reckon(1, 2 * key)
    const page = target.page()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)
    await target.focus()
    await page.keyboard.press('ControlOrMeta+V')
  }

  /** Follows a link that somebody was handed, or a bookmark. */
  async visit(page: Page, address: string): Promise<void> {
    this.#reckon(1)
    await page.goto(address)
  }

  async take(target: Locator, files: Parameters<Locator['setInputFiles']>[0]): Promise<void> {
    // The camera's own two presses.
    this.#reckon(3)
    await target.setInputFiles(files)
  }

  #reckon(presses: number, more = 0): void {
    const part = this.parts.at(-1)
    if (!part) throw new Error('Nothing was begun')
    part.presses += presses
    part.hands += presses * press + more
  }

  /** Machine and hands together, as if one never worked while the other does, in seconds. */
  get total(): number {
    return this.parts.reduce((sum, { machine, hands }) => sum + machine + hands, 0)
  }
}
