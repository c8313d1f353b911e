'use client'
import { Button } from '@azora/ui/button.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { useState } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import { call } from '../../../lib/api.browser.ts'
import { plainText } from '../../../quiz/types/plain-text.ts'
import { useAction } from '../../use-action.ts'
import { AlignedStandards } from './aligned-standards.tsx'
import type { QuizStandards } from './quiz-standards.ts'
import { StandardChoice } from './standard-choice.tsx'

/** What each question of a quiz shows. Every change is saved at once. */
export function AlignView({ quiz }: { quiz: QuizStandards }) {
  const t = useTranslations('quizStandards')
  const [questions, setQuestions] = useState(quiz.questions)
  const [chosen, setChosen] = useState('')
  const [saved, setSaved] = useState(false)
  const { run, pending, fault } = useAction()
  const { quizId, standards } = quiz
  const order = new Map(standards.map(({ id }, at) => [id, at]))
  const align = async (questionIds: string[], standardId: string, aligned: boolean) => {
    setSaved(false)
    await run(async () => {
      const alignments = questionIds.map(questionId => ({ questionId, standardId, aligned }))
      await call('assessment.alignQuestions', { quizId, alignments })
      const among = new Set(questionIds)
      setQuestions(known =>
        known.map(question => {
          if (!among.has(question.id)) return question
          const others = question.standardIds.filter(id => id !== standardId)
          const standardIds = aligned ? [...others, standardId] : others
          return {
            ...question,
            standardIds: standardIds.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)),
          }
        }),
      )
      setSaved(true)
    })
  }
  const all = questions.map(({ id }) => id)
  return (
    <div className="flex flex-col gap-6">
      <Card as="section" className="flex flex-col gap-3">
        <h2 className="text-lg font-bold">{t('all')}</h2>
        <p className="text-sm text-muted">{t('allText')}</p>
        <StandardChoice label={t('standard')} standards={standards} chosen={chosen} onChosen={setChosen}>
          <Button
            variant="secondary"
            isDisabled={!chosen || pending}
            onPress={() => align(all, chosen, true)}
          >
            {t('addAll')}
          </Button>
          <Button variant="quiet" isDisabled={!chosen || pending} onPress={() => align(all, chosen, false)}>
            {t('removeAll')}
          </Button>
        </StandardChoice>
      </Card>
      <p role="status" className="text-sm text-good empty:hidden">
        {saved ? t('saved') : ''}
      </p>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      <ol className="flex flex-col gap-4">
        {questions.map((question, at) => (
          <li key={question.id} aria-label={t('question', { number: at + 1 })}>
            <Card className="flex flex-col gap-3">
              <div>
                <h2 className="font-bold">
                  {t('question', { number: at + 1 })}
                  <span className="ms-2 text-sm font-normal text-muted">
                    {t('points', { points: question.points })}
                  </span>
                </h2>
                <p className="line-clamp-3 break-words">{plainText(question.content) ?? t('special')}</p>
              </div>
              <AlignedStandards
                number={at + 1}
                standards={standards}
                standardIds={question.standardIds}
                pending={pending}
                onAlign={(standardId, aligned) => align([question.id], standardId, aligned)}
              />
            </Card>
          </li>
        ))}
      </ol>
    </div>
  )
}
