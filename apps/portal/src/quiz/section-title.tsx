import { useTranslations } from '../i18n/client.tsx'

/** Where a section begins among questions that are shown together. */
export function SectionTitle({ number, title }: { number: number; title: string }) {
  const t = useTranslations('quiz')
  return (
    <li className="list-none pt-2">
      <h2 className="text-lg font-bold">{t('sectionTitle', { number, title })}</h2>
    </li>
  )
}
