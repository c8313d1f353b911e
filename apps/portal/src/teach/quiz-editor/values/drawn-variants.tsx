'use client'
import { Button } from '@azora/ui/button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { faultText } from '@azora/web/calls/failures.ts'
import { useState } from 'react'
import { useTranslations } from '../../../i18n/client.tsx'
import { ApiError, call, type OutputOf } from '../../../lib/api.browser.ts'
import { Html } from '../../../quiz/html.tsx'
import { useCourseOfEditor, useQuizOfEditor } from '../course-of-editor.ts'
import { inputOf, type QuestionDraft } from '../question-draft.ts'
import { lacksValue } from '../values-draft.ts'

type Drawn = OutputOf<'assessment.drawQuestion'>

/** Five variants of a question as it is written now, each with its right answer. */
export function DrawnVariants({ question, survey }: { question: QuestionDraft; survey: boolean }) {
  const t = useTranslations('quizEditor')
  const common = useTranslations('common')
  const courseId = useCourseOfEditor()
  const quizId = useQuizOfEditor()
  const [drawn, setDrawn] = useState<Drawn | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [pending, setPending] = useState(false)
  const draw = async (first: number) => {
    setFault(lacksValue(question.parameters) ? t('valueMissing') : null)
    if (lacksValue(question.parameters)) return setDrawn(null)
    setPending(true)
    try {
      setDrawn(
        await call('assessment.drawQuestion', {
          courseId,
          ...(quizId ? { quizId } : {}),
          kind: survey ? 'survey' : 'quiz',
          question: inputOf(question),
          first,
        }),
      )
    } catch (failure) {
      setDrawn(null)
      const [field] = failure instanceof ApiError ? (failure.data.fields ?? []) : []
      setFault(field?.message ?? faultText(failure, common('connectionLost')))
    } finally {
      setPending(false)
    }
  }
  const next = (drawn?.draws.at(-1)?.variant ?? 0) + 1
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-3">
        <Button variant="secondary" size="small" isPending={pending} onPress={() => draw(1)}>
          {t('showVariants')}
        </Button>
        {drawn ? (
          <Button variant="quiet" size="small" isPending={pending} onPress={() => draw(next)}>
            {t('otherVariants')}
          </Button>
        ) : null}
      </div>
      {fault ? (
        <Notice tone="error" live>
          {fault}
        </Notice>
      ) : null}
      {drawn ? (
        <section aria-label={t('variants')} className="flex flex-col gap-3">
          <p role="status" className="text-sm text-muted">
            {t(drawn.checkedAll ? 'checkedAll' : 'checkedSome', { count: drawn.checkedCount })}
            {quizId && question.id ? ` ${t('variantsHelp')}` : null}
          </p>
          <ol className="flex flex-col gap-3">
            {drawn.draws.map(({ variant, values, content, options, answers }) => (
              <li key={variant} className="flex flex-col gap-2 rounded-control bg-sunken p-3">
                <p className="text-sm font-semibold">
                  {t('variant', { number: variant })}{' '}
                  <span className="font-normal break-words text-muted">
                    {values.map(({ name, value }) => `${name} = ${value}`).join(', ')}
                  </span>
                </p>
                <Html html={content} />
                {options.length > 0 ? (
                  <ul className="list-disc ps-6">
                    {options.map((option, at) => (
                      <li key={at}>
                        <Html html={option} />
                      </li>
                    ))}
                  </ul>
                ) : null}
                {answers.length > 0 ? (
                  <div className="flex flex-wrap gap-x-2 text-good-ink">
                    <strong>{t('rightAnswer')}</strong>
                    {answers.map((answer, at) => (
                      <Html key={at} html={answer} />
                    ))}
                  </div>
                ) : null}
              </li>
            ))}
          </ol>
        </section>
      ) : null}
    </div>
  )
}
