import { useLocale } from '@azora/web/i18n/client.tsx'
import { useTranslations } from '../messages.ts'
import type { SystemState } from './system-state.ts'

const names = {
  python: 'Python',
  javascript: 'JavaScript',
  typescript: 'TypeScript',
  sql: 'SQL',
  c: 'C',
} as const

/** Whether programs that learners write are run here, in which languages, and if not, why. */
export function Programs({ programs }: { programs: NonNullable<SystemState['programs']> }) {
  const t = useTranslations('overview')
  const locale = useLocale()
  const { languages, reason } = programs
  if (languages.length === 0)
    return (
      <div className="rounded-control bg-amber-soft px-3 py-2.5 text-sm text-amber-ink">
        <p className="font-semibold">{t('programsNotRun')}</p>
        {reason ? <p className="break-words">{reason}</p> : null}
      </div>
    )
  const list = new Intl.ListFormat(locale).format(languages.map(language => names[language]))
  return <p className="text-sm text-muted">{t('programsRun', { languages: list })}</p>
}
