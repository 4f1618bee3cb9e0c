/** Text by text as computers order it, for `sort`: ids, days, and names whose order SQLite must agree with. */
export const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
