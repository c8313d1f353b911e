'use client'
import { Button } from '@azora/ui/button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useState } from 'react'
import { useTranslations } from '../i18n/client.tsx'
import { Breakdown } from './breakdown.tsx'
import { type Explanation, withImagined } from './explained.ts'
import { GradeCard } from './grade-card.tsx'

const score = /^\d{1,5}([.,]\d{1,4})?$/

/** A learner's grades, and a place to try out what other scores would come to. Nothing of that is saved. */
export function MyGrades({ grades, complete }: { grades: Explanation; complete: boolean }) {
  const t = useTranslations('grades')
  const [trying, setTrying] = useState(false)
  const [imagined, setImagined] = useState<ReadonlyMap<string, number>>(new Map())
  // Counts the resets: the fields show the real scores again.
  const [round, setRound] = useState(0)
  const reset = () => {
    setImagined(new Map())
    setRound(current => current + 1)
  }
  const imagine = (itemId: string, text: string) => {
    const typed = text.trim()
    const next = new Map(imagined)
    if (score.test(typed)) next.set(itemId, Number(typed.replace(',', '.')))
    else next.delete(itemId)
    setImagined(next)
  }
  const shown = trying ? withImagined(grades, imagined) : grades
  return (
    <div className="flex flex-col gap-6">
      {grades.courseGradeShown ? (
        <div className="flex flex-wrap gap-4">
          <GradeCard title={t('courseGrade')} percent={grades.percent} letter={grades.letter}>
            {grades.overridden ? <p className="text-sm text-muted">{t('decided')}</p> : null}
          </GradeCard>
          {trying ? (
            <div className="flex min-w-0 flex-1 basis-56" role="status">
              <GradeCard title={t('imaginedGrade')} percent={shown.percent} letter={shown.letter} imagined />
            </div>
          ) : null}
        </div>
      ) : (
        <Notice>{t('notShown')}</Notice>
      )}
      {complete ? null : <Notice>{t('partial')}</Notice>}
      {grades.courseGradeShown ? (
        <div className="flex flex-wrap items-center gap-3">
          {trying ? (
            <>
              <p className="basis-full text-muted">{t('tryOutText')}</p>
              <Button variant="secondary" onPress={reset} isDisabled={imagined.size === 0}>
                {t('reset')}
              </Button>
              <Button
                variant="quiet"
                onPress={() => {
                  reset()
                  setTrying(false)
                }}
              >
                {t('stop')}
              </Button>
            </>
          ) : (
            <Button variant="secondary" onPress={() => setTrying(true)}>
              {t('tryOut')}
            </Button>
          )}
        </div>
      ) : null}
      <Breakdown
        key={`${trying} ${round}`}
        grades={shown}
        imagined={imagined}
        {...(trying ? { onImagine: imagine } : {})}
      />
    </div>
  )
}
