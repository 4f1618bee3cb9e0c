import * as v from 'valibot'

// Tab and newline are the only control characters that people type; the rest corrupt exports.
// oxlint-disable-next-line no-control-regex -- it is what is refused
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/

/**
 * The one schema for every text a person types: well-formed Unicode in its composed form, no control characters but
 * tab and newline, trimmed, not empty, at most `max` characters as a reader counts them.
 */
export function text(max: number) {
  return v.pipe(
    v.string('请填写文字'),
    v.maxLength(max * 8, `最多 ${max} 个字`),
    v.check((typed) => typed.isWellFormed(), '含有无法保存的字符，请删除后重试'),
    v.transform((typed) => typed.replaceAll('\r\n', '\n').trim().normalize('NFC')),
    v.check((typed) => !control.test(typed), '含有无法保存的控制字符，请删除后重试'),
    v.nonEmpty('请填写'),
    // Counting is dear, and a text is never longer in characters than in code units.
    v.check((typed) => typed.length <= max || graphemes(typed) <= max, `最多 ${max} 个字`),
  )
}

/** The same of what is still being written: it may be empty, and keeps its blanks. */
export function draftText(max: number) {
  return v.pipe(
    v.string('请填写文字'),
    v.maxLength(max * 8, `最多 ${max} 个字`),
    v.check((typed) => typed.isWellFormed(), '含有无法保存的字符，请删除后重试'),
    v.transform((typed) => typed.replaceAll('\r\n', '\n')),
    v.check((typed) => !control.test(typed), '含有无法保存的控制字符，请删除后重试'),
  )
}

/** The first `max` characters of a text as a reader counts them, with an ellipsis where something was left out. */
export function cut(whole: string, max: number): string {
  const segments = new Intl.Segmenter('zh').segment(whole)
  let kept = ''
  let count = 0
  for (const { segment } of segments) {
    if (count++ === max) return `${kept}…`
    kept += segment
  }
  return kept
}

/** How many characters a text has as a reader counts them. */
export function graphemes(whole: string): number {
  return Array.from(new Intl.Segmenter('zh').segment(whole)).length
}
