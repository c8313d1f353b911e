import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslations } from '../messages.ts'
import { Code } from './code-block.tsx'
import { CopyButton } from './copy-button.tsx'
import type { Language } from './highlight.ts'

export type Snippet = { id: string; label: string; language: Language; code: string }

const chosenKey = 'azora_snippets'

/** What someone chose last is shown first the next time, on every page. */
function lastChosen(snippets: Snippet[]): string {
  const kept = localStorage.getItem(chosenKey)
  return snippets.some(({ id }) => id === kept) ? String(kept) : (snippets[0]?.id ?? '')
}

/** The same in several languages, one shown at a time. */
export function Snippets({ title, snippets }: { title: string; snippets: Snippet[] }) {
  const t = useTranslations('code')
  const base = useId()
  const [chosen, setChosen] = useState(() => lastChosen(snippets))
  const shown = snippets.find(({ id }) => id === chosen) ?? snippets[0]
  if (!shown) return null
  const choose = (id: string) => {
    localStorage.setItem(chosenKey, id)
    setChosen(id)
  }
  const byKey = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    const next = snippets[(snippets.indexOf(shown) + step + snippets.length) % snippets.length]
    if (step === 0 || !next) return
    event.preventDefault()
    choose(next.id)
    document.getElementById(`${base}-${next.id}`)?.focus()
  }
  return (
    <div className="not-prose min-w-0 overflow-hidden rounded-control border border-line bg-sunken">
      <div className="flex items-center justify-between gap-2 border-b border-line pe-1.5">
        <div role="tablist" aria-label={title} className="flex overflow-x-auto" onKeyDown={byKey}>
          {snippets.map(({ id, label }) => (
            <button
              key={id}
              id={`${base}-${id}`}
              type="button"
              role="tab"
              aria-selected={id === shown.id}
              aria-controls={`${base}-panel`}
              tabIndex={id === shown.id ? 0 : -1}
              onClick={() => choose(id)}
              className="min-h-11 border-b-2 border-transparent px-2.5 sm:px-3.5 text-sm font-semibold whitespace-nowrap text-muted -outline-offset-3 hover:text-ink aria-selected:border-accent aria-selected:text-accent-ink"
            >
              {label}
            </button>
          ))}
        </div>
        <CopyButton text={shown.code} what={t('titled', { title, label: shown.label })} />
      </div>
      <div id={`${base}-panel`} role="tabpanel" aria-labelledby={`${base}-${shown.id}`}>
        <Code
          code={shown.code}
          language={shown.language}
          label={t('titled', { title, label: shown.label })}
          bounded
        />
      </div>
    </div>
  )
}
