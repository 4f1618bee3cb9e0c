/** A page of the guide as HTML, made at build time (`web/guide-pages.ts`). */
declare module '*.md' {
  const html: string
  export default html
}
