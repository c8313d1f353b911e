'use client'
import { knownAccountKey } from '@azora/web/offline/caches.ts'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { AccountMenu } from './account-menu.tsx'
import { useOnline } from './use-online.ts'

type Known = { name: string }

/** Notes who is signed in, for pages that are opened without a connection; `null` is a page for a visitor. */
export function rememberAccount(account: Known | null): void {
  if (account) localStorage.setItem(knownAccountKey, JSON.stringify({ name: account.name }))
  // Without a connection a page for a visitor is a saved one, and says nothing about who is signed in.
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

/**
 * The head of a page that was made for a visitor: the ways to sign in. Without a connection the page may come from
 * this device, where a person is signed in all the same; they see their name and what they can open offline.
 */
export function KnownAccount({ children }: { children: ReactNode }) {
  const t = useTranslations('shell')
  const online = useOnline()
  const [known, setKnown] = useState<Known | null>(null)
  useEffect(() => setKnown(online ? null : rememberedAccount()), [online])
  if (!known) return children
  return (
    <AccountMenu
      label={t('account', { name: known.name })}
      name={known.name}
      note={t('signedInOffline')}
      pages={t('accountPages')}
      links={[
        { href: '/learn', icon: 'book', label: t('learning') },
        { href: '/certificates', icon: 'award', label: t('certificates') },
      ]}
    />
  )
}
