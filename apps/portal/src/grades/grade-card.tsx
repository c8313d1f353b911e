'use client'
import { Card } from '@azora/ui/card.tsx'
import type { ReactNode } from 'react'
import { useTranslations } from '../i18n/client.tsx'

type GradeCardProps = {
  title: string
  percent: number | null
  letter: string | null
  /** A grade that is not real looks so. */
  imagined?: boolean
  children?: ReactNode
}

/** A course grade, large. */
export function GradeCard({ title, percent, letter, imagined, children }: GradeCardProps) {
  const t = useTranslations('grades')
  return (
    <Card
      className={`flex min-w-0 flex-1 basis-56 flex-col gap-1 ${imagined ? 'border-2! border-dashed! border-amber! bg-amber-soft! text-amber-ink' : ''}`}
    >
      <h2 className={`font-semibold ${imagined ? '' : 'text-muted'}`}>{title}</h2>
      <p className="text-3xl font-bold tabular-nums">
        {percent === null ? t('noGrade') : t('percent', { percent })}
        {letter ? <span className="ms-3">{letter}</span> : null}
      </p>
      {children}
    </Card>
  )
}
