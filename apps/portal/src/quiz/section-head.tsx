'use client'
import { Notice } from '@azora/ui/notice.tsx'
import { useEffect, useRef } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { Html } from './html.tsx'
import type { SectionNow } from './sections.ts'

type SectionHeadProps = {
  section: SectionNow
  /** How the learner came here on this page; null where the page began with it. */
  arrived: 'learner' | 'clock' | null
}

/** Which section of an attempt is asked, and what to know of it. A learner who came here on the page reads on from it. */
export function SectionHead({ section, arrived }: SectionHeadProps) {
  const t = useTranslations('quiz')
  const { number, count, title, instructions } = section
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (arrived) heading.current?.focus({ preventScroll: true })
  }, [arrived])
  return (
    <div className="flex flex-col gap-3">
      {arrived === 'clock' ? (
        <Notice tone="warning" live>
          {t('sectionTimeUp', { number: number - 1 })}
        </Notice>
      ) : null}
      <h2 ref={heading} tabIndex={-1} className="text-xl font-bold outline-none">
        <span className="block text-sm font-semibold text-muted">{t('sectionOf', { number, count })}</span>
        {title}
      </h2>
      {instructions ? <Html html={instructions} /> : null}
    </div>
  )
}
