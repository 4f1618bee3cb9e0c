/**
 * What tries from one address are counted under: an IPv4 address whole, of an IPv6 address its first 64 bits, because
 * whoever has one of those has them all. One spelling for one address. Anything else is counted as `unknown`.
 */
export function addressBucket(address: string | null | undefined): string {
  const typed = (address ?? '').trim().toLowerCase().split('%')[0] ?? ''
  const v4 = quad(typed)
  if (v4) return v4
  const words = wordsOf(typed)
  if (!words) return 'unknown'
  // ::ffff:1.2.3.4 is an IPv4 address in other clothes.
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = words
  if (a === 0 && b === 0 && c === 0 && d === 0 && e === 0 && f === 0xffff)
    return [g >> 8, g & 255, h >> 8, h & 255].join('.')
  return `${[a, b, c, d].map((word) => word.toString(16)).join(':')}::/64`
}

function quad(text: string): string | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number)
  return parts?.every((part) => part < 256) ? parts.join('.') : null
}

function wordsOf(text: string): number[] | null {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  const four = tail?.[2] === undefined ? null : quad(tail[2])
  if (tail && !four) return null
  const [x = 0, y = 0, z = 0, w = 0] = four?.split('.').map(Number) ?? []
  const spelled = four ? `${tail?.[1]}${((x << 8) | y).toString(16)}:${((z << 8) | w).toString(16)}` : text
  const halves = spelled.split('::')
  if (halves.length > 2 || !spelled.includes(':')) return null
  const [head = [], end = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - end.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null
  const all = [...head, ...Array<string>(halves.length === 1 ? 0 : missing).fill('0'), ...end]
  return all.every((word) => /^[0-9a-f]{1,4}$/.test(word)) ? all.map((word) => Number.parseInt(word, 16)) : null
}
