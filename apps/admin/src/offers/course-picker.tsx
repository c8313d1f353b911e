import { Checkbox } from '@azora/ui/checkbox.tsx'
import { CheckboxGroup } from '@azora/ui/checkbox-group.tsx'
import { useState } from 'react'
import { SearchField } from '../lists/search-field.tsx'
import { useTranslations } from '../messages.ts'
import { type PickedCourse, useFoundCourses } from './found-courses.ts'

type PickerProps = {
  label: string
  chosen: PickedCourse[]
  onChange: (chosen: PickedCourse[]) => void
}

/** Courses of the school to choose from: those that are chosen, then those that a search finds. */
export function CoursePicker({ label, chosen, onChange }: PickerProps) {
  const t = useTranslations('offers')
  const [q, setQ] = useState('')
  const found = useFoundCourses(q)
  const isChosen = ({ courseId }: PickedCourse) => chosen.some(one => one.courseId === courseId)
  const others = (found?.courses ?? []).filter(course => !isChosen(course))
  const courses = [...chosen, ...others]
  const more = (found?.total ?? 0) - (found?.courses.length ?? 0)
  return (
    <div className="flex flex-col gap-3">
      {/* What is wrong with the choice is said at it, while there is no course to tick either. */}
      <input type="hidden" name="courseIds" disabled />
      <SearchField label={t('findCourse')} value={q} onSearch={setQ} slash={false} />
      <CheckboxGroup
        name="courseIds"
        label={label}
        description={
          found?.total === 0 ? t('noCourseFound') : more > 0 ? t('moreCourses', { n: more }) : null
        }
        value={chosen.map(({ courseId }) => courseId)}
        onChange={ids => onChange(courses.filter(({ courseId }) => ids.includes(courseId)))}
      >
        {courses.map(({ courseId, title }) => (
          <Checkbox key={courseId} value={courseId}>
            <span className="wrap-anywhere">{title}</span>
          </Checkbox>
        ))}
      </CheckboxGroup>
    </div>
  )
}
