import { pinyin } from 'pinyin-pro'

/** The initials of a text's pinyin, `张三` → `zs`, to search names by; other letters and digits stay as they are. */
export function initialsOf(words: string): string {
  return pinyin(words, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .join('')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(0, 40)
}
