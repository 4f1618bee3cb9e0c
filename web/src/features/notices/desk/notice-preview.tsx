/** The public page of a notice as it would be or was published; nothing in it can run or lead away. */
export function NoticePreview({ html, title }: { html: string; title: string }) {
  return <iframe className="notice-preview" title={title} sandbox="" srcDoc={html} />
}
