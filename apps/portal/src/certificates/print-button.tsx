'use client'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { Icon } from '@azora/ui/icon.tsx'
import { useTranslations } from '../i18n/client.tsx'

/** Opens the browser's printing, which also saves as PDF. */
export function PrintButton() {
  const t = useTranslations('certificate')
  return (
    <button type="button" onClick={() => print()} className={buttonStyle()}>
      <Icon name="printer" />
      {t('print')}
    </button>
  )
}
