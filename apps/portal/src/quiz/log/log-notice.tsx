import { useTranslations } from '../../i18n/client.tsx'

/** What the log of an attempt notes and what it does not, before it is begun. */
export function LogNotice({ days }: { days: number }) {
  const t = useTranslations('quiz')
  return (
    <section
      aria-labelledby="log-notice"
      className="flex flex-col gap-2 rounded-control border border-line bg-sunken/60 p-4 text-sm"
    >
      <h3 id="log-notice" className="text-base font-semibold">
        {t('logNotice')}
      </h3>
      <p>{t('logNoted')}</p>
      <p>{t('logNotNoted')}</p>
      <p>{t('logReaders', { days })}</p>
    </section>
  )
}
