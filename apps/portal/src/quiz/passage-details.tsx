import { Html } from './html.tsx'

/** The text that questions were about, closed until somebody wants to read it again. */
export function PassageDetails({ name, html }: { name: string; html: string }) {
  return (
    <details className="rounded-card border border-line bg-surface">
      <summary className="min-h-11 px-5 py-2.5 font-semibold">{name}</summary>
      <div className="overflow-x-auto px-5 pb-5">
        <Html html={html} />
      </div>
    </details>
  )
}
