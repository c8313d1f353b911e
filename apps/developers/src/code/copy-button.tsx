import { Icon } from '@azora/ui/icon.tsx'
import { useEffect, useState } from 'react'
import { useTranslations } from '../messages.ts'

// Long enough to be noticed, short enough that the button is itself again for the next time.
const saidForMs = 2500

/** Copies a text, and says that it did. `what` names it for screen readers. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const t = useTranslations('code')
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready')
  useEffect(() => {
    if (state === 'ready') return
    const timer = setTimeout(() => setState('ready'), saidForMs)
    return () => clearTimeout(timer)
  }, [state])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      // Without https a browser gives no clipboard; the text can still be marked and copied by hand.
      setState('failed')
    }
  }
  return (
    <button
      type="button"
      onClick={copy}
      aria-label={state === 'ready' ? t('copyWhat', { what }) : undefined}
      className="inline-flex min-h-9 shrink-0 items-center gap-1.5 rounded-control px-2.5 text-sm font-semibold text-accent-ink hover:bg-accent-soft"
    >
      <Icon name={state === 'copied' ? 'check' : 'copy'} />
      <span aria-live="polite">{state === 'ready' ? t('copy') : t(state)}</span>
    </button>
  )
}
