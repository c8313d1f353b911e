/** A piece of a question as its author wrote it; the service has cleaned it. */
export function Html({ html, id, strong }: { html: string; id?: string; strong?: boolean }) {
  return (
    <div
      id={id}
      className={`prose prose-compact ${strong ? 'text-lg! font-medium' : ''}`}
      dangerouslySetInnerHTML={{ __html: html }}
    />
  )
}
