'use client'
import { useEffect, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'

/** Hides the operations that do not match what is typed, and opens the one that the address names. */
export function SearchBox({ count }: { count: number }) {
  const t = useTranslations('reference')
  const [shown, setShown] = useState(count)
  useEffect(() => {
    const open = () => {
      const target = location.hash
        ? document.getElementById(decodeURIComponent(location.hash.slice(1)))
        : null
      if (!(target instanceof HTMLDetailsElement)) return
      target.open = true
      target.scrollIntoView()
    }
    open()
    addEventListener('hashchange', open)
    return () => removeEventListener('hashchange', open)
  }, [])
  const filter = (typed: string) => {
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
    let matches = 0
    for (const element of document.querySelectorAll<HTMLElement>('[data-operation]')) {
      const text = element.dataset.operation ?? ''
      element.hidden = !words.every(word => text.includes(word))
      if (!element.hidden) matches++
    }
    for (const group of document.querySelectorAll<HTMLElement>('[data-operations]'))
      group.hidden = !group.querySelector('[data-operation]:not([hidden])')
    setShown(matches)
  }
  return (
    <search className="flex flex-col gap-1.5">
      <input
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        onChange={event => filter(event.target.value)}
        className="min-h-11 w-full rounded-control border border-edge bg-surface px-3.5 placeholder:text-muted"
      />
      <p role="status" className="text-sm text-muted">
        {shown ? t('found', { count: shown }) : t('none')}
      </p>
    </search>
  )
}
