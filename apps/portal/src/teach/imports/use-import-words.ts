import { useTimeZone } from '@azora/web/time-zone.ts'
import { useMemo } from 'react'
import { useLocale, useTranslations } from '../../i18n/client.tsx'
import { type ImportWords, importWords } from './import-words.ts'

/** What an import says, for a client component. */
export function useImportWords(): ImportWords {
  const t = useTranslations('importTexts')
  const locale = useLocale()
  const zone = useTimeZone()
  return useMemo(() => importWords(t, { locale, zone }), [t, locale, zone])
}
