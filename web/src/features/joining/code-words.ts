/** Until when six digits are good, as it is said to who hands them on. */
export const minuteWords = (expiresAt: number): string =>
  `${new Date(expiresAt).toLocaleTimeString('zh-CN', { hour: '2-digit', minute: '2-digit' })} 前有效`
