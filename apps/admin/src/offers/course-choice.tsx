import { NativeSelect } from '@azora/ui/native-select.tsx'
import { useState } from 'react'
import { SearchField } from '../lists/search-field.tsx'
import { useTranslations } from '../messages.ts'
import { type PickedCourse, useFoundCourses } from './found-courses.ts'

type ChoiceProps = {
  label: string
  /** What stands there before anything is chosen. */
  prompt: string
  chosen: PickedCourse | null
  onChange: (chosen: PickedCourse | null) => void
}

/** One course of the school: the one that is chosen, and those that a search finds. */
export function CourseChoice({ label, prompt, chosen, onChange }: ChoiceProps) {
  const t = useTranslations('offers')
  const [q, setQ] = useState('')
  const found = useFoundCourses(q)
  const others = (found?.courses ?? []).filter(({ courseId }) => courseId !== chosen?.courseId)
  const courses = chosen ? [chosen, ...others] : others
  return (
    <div className="flex flex-col gap-3">
      <SearchField label={t('findCourse')} value={q} onSearch={setQ} slash={false} />
      <NativeSelect
        label={label}
        value={chosen?.courseId ?? ''}
        onChange={({ target }) => onChange(courses.find(({ courseId }) => courseId === target.value) ?? null)}
        required
        options={[
          { id: '', label: found?.total === 0 ? t('noCourseFound') : prompt },
          ...courses.map(({ courseId, title }) => ({ id: courseId, label: title })),
        ]}
      />
    </div>
  )
}
