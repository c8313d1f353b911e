'use client'
import { Disclosure } from '@azora/ui/disclosure.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { knownAccountKey } from '@azora/web/offline/caches.ts'
import { initials } from '@azora/web/shell/initials.ts'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { useOnline } from './use-online.ts'

type Known = { name: string }

/** Notes who is signed in, for pages that are opened without a connection; `null` is a page for nobody. */
export function rememberAccount(account: Known | null): void {
  if (account) localStorage.setItem(knownAccountKey, JSON.stringify({ name: account.name }))
  // Without a connection a page for nobody is a kept one, and says nothing about who is signed in.
  else if (navigator.onLine) localStorage.removeItem(knownAccountKey)
}

/** Who was signed in when this device last had a connection, or null. */
export function rememberedAccount(): Known | null {
  try {
    const known = JSON.parse(localStorage.getItem(knownAccountKey) ?? 'null') as Partial<Known> | null
    return typeof known?.name === 'string' ? { name: known.name } : null
  } catch (failure) {
    if (failure instanceof SyntaxError) return null
    throw failure
  }
}

const itemStyle = 'flex min-h-11 items-center gap-3 rounded-control px-3 no-underline hover:bg-sunken'

/**
 * The head of a page that was made for nobody: the ways to sign in. Without a connection the page may come from this
 * device, where somebody is signed in all the same; they see their name and what they can open offline.
 */
export function KnownAccount({ children }: { children: ReactNode }) {
  const t = useTranslations('shell')
  const online = useOnline()
  const [known, setKnown] = useState<Known | null>(null)
  useEffect(() => setKnown(online ? null : rememberedAccount()), [online])
  if (!known) return children
  return (
    <Disclosure
      label={t('account', { name: known.name })}
      summary={
        <span
          aria-hidden="true"
          data-initials={initials(known.name)}
          className="grid size-11 place-items-center rounded-full bg-accent-soft font-bold text-accent-ink before:content-[attr(data-initials)]"
        />
      }
      summaryClassName="rounded-full"
    >
      <div className="border-b border-line px-3 pt-1 pb-3">
        <p className="truncate font-semibold">{known.name}</p>
        <p className="text-sm text-muted">{t('signedInOffline')}</p>
      </div>
      <nav aria-label={t('accountPages')} className="flex flex-col pt-2">
        <a href="/learn" className={itemStyle}>
          <Icon name="book" />
          {t('learning')}
        </a>
        <a href="/certificates" className={itemStyle}>
          <Icon name="award" />
          {t('certificates')}
        </a>
      </nav>
    </Disclosure>
  )
}
