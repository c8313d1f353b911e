'use client'
import { Icon } from '@azora/ui/icon.tsx'
import { useTranslations } from '../i18n/client.tsx'
import { chooseData } from './choice.ts'
import { useLessData } from './less-data.tsx'

/** Turns the use of less data on and off, on this device. */
export function DataSwitch({ className }: { className: string }) {
  const t = useTranslations('shell')
  const less = useLessData()
  return (
    <button
      type="button"
      role="switch"
      aria-checked={less}
      onClick={() => chooseData(less ? 'full' : 'less')}
      className={className}
    >
      <Icon name="download" />
      <span className="flex-1">{t('lessData')}</span>
      <span aria-hidden="true" className="text-sm font-semibold text-muted">
        {t(less ? 'switchedOn' : 'switchedOff')}
      </span>
    </button>
  )
}
