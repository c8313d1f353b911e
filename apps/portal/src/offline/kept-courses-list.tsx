'use client'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { Icon } from '@azora/ui/icon.tsx'
import { sizeText } from '@azora/web/size.ts'
import { useEffect, useState } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { allKept, type Kept } from './kept-courses.ts'

/** The courses that can be read on this device without a connection. */
export function KeptCourses() {
  const t = useTranslations('offline')
  const locale = useLocale()
  const [kept, setKept] = useState<Kept[] | null>(null)
  useEffect(() => {
    if ('caches' in globalThis) void allKept().then(setKept)
    else setKept([])
  }, [])
  return (
    <div className="flex flex-col items-start gap-6">
      {kept?.length ? (
        <ul className="flex w-full flex-col gap-3">
          {kept.map(course => (
            <li key={course.courseId}>
              <a
                href={course.address}
                className="flex min-h-16 items-center gap-4 rounded-card border border-line bg-surface p-4 no-underline shadow-card hover:border-accent"
              >
                <Icon name="book" className="text-2xl text-accent" />
                <span className="min-w-0 flex-1 font-semibold">{course.title}</span>
                <span className="text-sm text-muted">{sizeText(locale, course.bytes)}</span>
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      {kept?.length === 0 ? <p className="text-muted">{t('none')}</p> : null}
      <button
        type="button"
        onClick={() => location.reload()}
        className={buttonStyle({ variant: 'secondary' })}
      >
        {t('retry')}
      </button>
    </div>
  )
}
