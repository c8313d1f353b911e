import type { ReactNode } from 'react'

type SectionProps = { id: string; title: string; text: string; children: ReactNode }

/** A figure, with how it is worked out. */
export function Section({ id, title, text, children }: SectionProps) {
  return (
    <section className="flex flex-col gap-4" aria-labelledby={id}>
      <h2 id={id} className="text-xl font-bold">
        {title}
      </h2>
      <p className="max-w-prose text-muted">{text}</p>
      {children}
    </section>
  )
}
