/** `乐华隐患〔2026〕00012`: the street's short name, the year of arrival, five digits (a street's setting later). */
export function hazardNumber(shortName: string, year: number, serial: number): string {
  return `${shortName}隐患〔${year}〕${String(serial).padStart(5, '0')}`
}

/** Year and serial of a number as people type it, brackets and leading zeros as they please; `null` for other text. */
export function readHazardNumber(typed: string): { year: number; serial: number } | null {
  const found = /(?:^|\D)(20\d{2})\D{0,2}?(\d{1,6})\D*$/.exec(typed.normalize('NFKC').trim())
  return found ? { year: Number(found[1]), serial: Number(found[2]) } : null
}
