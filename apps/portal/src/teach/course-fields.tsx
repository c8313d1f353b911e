'use client'
import { Select } from '@azora/ui/select.tsx'
import { TextArea } from '@azora/ui/text-area.tsx'
import { TextField } from '@azora/ui/text-field.tsx'
import { useTranslations } from '../i18n/client.tsx'

export type CourseBasics = {
  title: string
  summary: string
  category: string
  level: 'beginner' | 'intermediate' | 'advanced'
  language: string
}

type CourseFieldsProps = {
  initial: CourseBasics
  languages: { id: string; label: string }[]
  /** The subjects that the school has, offered while one is typed. */
  subjects: string[]
}

const levels = ['beginner', 'intermediate', 'advanced'] as const

/** The fields that describe a course; their names are the API's. */
export function CourseFields({ initial, languages, subjects }: CourseFieldsProps) {
  const t = useTranslations('teach')
  const common = useTranslations('common')
  return (
    <>
      <TextField
        label={t('courseTitle')}
        name="title"
        defaultValue={initial.title}
        maxLength={200}
        isRequired
      />
      <TextArea
        label={t('summary')}
        description={t('summaryHelp')}
        name="summary"
        defaultValue={initial.summary}
        maxLength={300}
        rows={3}
      />
      <TextField
        label={t('category')}
        description={t('categoryHelp')}
        name="category"
        defaultValue={initial.category}
        suggestions={subjects}
        maxLength={60}
        isRequired
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Select
          label={t('level')}
          name="level"
          defaultValue={initial.level}
          options={levels.map(level => ({ id: level, label: common(`level_${level}`) }))}
        />
        <Select label={t('language')} name="language" defaultValue={initial.language} options={languages} />
      </div>
    </>
  )
}

/** What the fields hold, as the API takes it. */
export function courseBasics(data: FormData): CourseBasics {
  const text = (name: string) => String(data.get(name) ?? '')
  return {
    title: text('title'),
    summary: text('summary'),
    category: text('category'),
    level: levels.find(level => level === text('level')) ?? 'beginner',
    language: text('language'),
  }
}
