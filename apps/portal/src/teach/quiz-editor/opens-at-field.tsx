'use client'
import { TextField } from '@azora/ui/text-field.tsx'
import { useSyncExternalStore } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { localText, timeOf } from './local-text.ts'

type OpensAtFieldProps = { value: string | null; onChange: (value: string | null) => void }

const never = () => () => undefined

/** When a quiz opens, in the author's own time zone, which only the browser knows. */
export function OpensAtField({ value, onChange }: OpensAtFieldProps) {
  const t = useTranslations('quizEditor')
  const zone = useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => null,
  )
  return (
    <TextField
      label={t('opensAt')}
      description={zone ? t('opensAtHelp', { zone: zone.replaceAll('_', ' ') }) : t('opensAtNone')}
      name="opensAt"
      type="datetime-local"
      value={zone && value ? localText(value) : ''}
      onChange={text => onChange(timeOf(text))}
    />
  )
}
