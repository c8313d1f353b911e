'use client'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { Icon } from '@azora/ui/icon.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'

/** Puts the certificate's public address on the clipboard. */
export function CopyAddress({ url }: { url: string }) {
  const t = useTranslations('certificate')
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(url)
    setCopied(true)
  }
  return (
    <button type="button" onClick={copy} className={buttonStyle({ variant: 'secondary' })}>
      <Icon name={copied ? 'check' : 'link'} />
      <span aria-live="polite">{copied ? t('copied') : t('copy')}</span>
    </button>
  )
}
