import { useTranslations } from '../messages.ts'
import { PartNav } from '../shell/part-nav.tsx'

/** The pages about who buys on account. */
export function InstitutionsNav() {
  const t = useTranslations('institutions')
  return (
    <PartNav
      label={t('title')}
      parts={[
        { to: '/institutions', text: t('title') },
        { to: '/institutions/receivables', text: t('receivables') },
      ]}
    />
  )
}
