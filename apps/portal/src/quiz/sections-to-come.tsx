'use client'
import { useTranslations } from '../i18n/client.tsx'
import type { QuizOverview } from './use-overview.ts'

/** The sections of a quiz before it is begun, each with the time that its reader has for it. */
export function SectionsToCome({ sections }: { sections: NonNullable<QuizOverview['sections']> }) {
  const t = useTranslations('quiz')
  return (
    <section className="flex flex-col gap-2 rounded-control border border-line p-4">
      <h2 className="font-semibold">{t('sectionsTitle', { count: sections.length })}</h2>
      <ol className="flex list-decimal flex-col gap-1 ps-6">
        {sections.map(({ title, questionCount, timeLimitMinutes }, at) => (
          <li key={at}>
            <span className="font-medium">{title}</span>
            <span className="block text-sm text-muted">
              {t('sectionQuestions', { count: questionCount })}
              {' · '}
              {timeLimitMinutes === null
                ? t('sectionNoLimit')
                : t('sectionMinutes', { count: Math.floor(timeLimitMinutes * 10) / 10 })}
            </span>
          </li>
        ))}
      </ol>
      <p className="text-sm text-muted">{t('sectionsText')}</p>
    </section>
  )
}
