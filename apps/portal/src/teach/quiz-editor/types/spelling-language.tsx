'use client'
import { useLocale, useTranslations } from '../../../i18n/client.tsx'
import { LabelledChoice } from './labelled.tsx'

// Those of our schools first; any other that a question already has is offered as well.
const languages = ['en', 'af', 'zu', 'xh', 'st', 'tn', 'sw', 'fr', 'pt', 'es', 'de', 'nl', 'ar', 'tr']

type SpellingLanguageProps = { language: string | null; onChange: (language: string | null) => void }

/** The language of the answers: which letters are the same, capital or not, depends on it. */
export function SpellingLanguage({ language, onChange }: SpellingLanguageProps) {
  const t = useTranslations('quizEditor')
  const names = new Intl.DisplayNames([useLocale()], { type: 'language' })
  const offered = language === null || languages.includes(language) ? languages : [...languages, language]
  return (
    <LabelledChoice
      label={t('spellingLanguage')}
      value={language ?? ''}
      options={[
        { id: '', label: t('spellingLanguageNone') },
        ...offered.map(id => ({ id, label: names.of(id) ?? id })),
      ]}
      onChoose={id => onChange(id || null)}
      className="max-w-64"
    />
  )
}
