/** The SHA-256 of words in hexadecimal, 64 digits. */
export async function digest(words: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(words)))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
