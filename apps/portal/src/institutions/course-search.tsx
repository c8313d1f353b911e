'use client'
import { TextField } from '@azora/ui/text-field.tsx'
import { useEffect, useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { call } from '../lib/api.browser.ts'
import { type SoldCourse, soldOf } from './sold-course.ts'

// Long enough that a word is one question and not one for each letter.
const pauseMs = 300

/** Finds courses by their words, where a school has more than a list can show. */
export function CourseSearch({ onFound }: { onFound: (courses: SoldCourse[]) => void }) {
  const t = useTranslations('ownInstitution')
  const [text, setText] = useState('')
  useEffect(() => {
    const q = text.trim()
    if (q === '') return
    const asked = new AbortController()
    const timer = setTimeout(() => {
      call('education.listCourses', { q, limit: 50 }, { signal: asked.signal }).then(
        ({ items }) => onFound(soldOf(items)),
        () => {},
      )
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      asked.abort()
    }
  }, [text, onFound])
  return <TextField label={t('findCourse')} type="search" value={text} onChange={setText} maxLength={100} />
}
