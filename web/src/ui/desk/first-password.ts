const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'

/** A password to be handed over once: 15 characters without those that are mistaken for one another. */
export function firstPassword(): string {
  const letters = Array.from(crypto.getRandomValues(new Uint8Array(15)), (byte) => alphabet[byte % alphabet.length])
  return [letters.slice(0, 5), letters.slice(5, 10), letters.slice(10)].map((part) => part.join('')).join('-')
}
