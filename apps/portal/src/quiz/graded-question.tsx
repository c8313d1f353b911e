import { beforeHints } from '@azora/contracts/assessment/hint-points.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import type { ReactNode } from 'react'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import type { Submission } from '../offline/answers.ts'
import { readableHtml } from '../text/readable-html.ts'
import { AdjustedMark } from './adjusted-mark.tsx'
import { HintsUsed } from './hint-list.tsx'
import { Html } from './html.tsx'
import { Judged } from './judged.tsx'
import { ToldValues } from './told-values.tsx'
import { hasBody } from './types/answer-field.ts'
import { CodeResult } from './types/code/code-result.tsx'
import { EssayResult } from './types/essay-result.tsx'
import { MarkList } from './types/mark-list.tsx'
import { shownText } from './types/shown-text.ts'
import { UploadResult } from './types/upload/upload-result.tsx'

export type Graded = NonNullable<Submission['result']>['questions'][number]

type GradedQuestionProps = {
  question: Graded
  number: number
  /** What can be done with it, where that is anything. */
  children?: ReactNode
}

/** One question with what was chosen, what was right, and why. */
export function GradedQuestion({ question, number, children }: GradedQuestionProps) {
  const t = useTranslations('quiz')
  const words = useTranslations('code')
  const digits = new Intl.NumberFormat(useLocale(), { maximumFractionDigits: 2 })
  const sure = question.confidence?.counted ? question.confidence : null
  // By how sure one was, what is right earns less than all.
  const full = sure ? sure.right : beforeHints(question.awarded, question.hintCost) >= question.points
  const partly = !full && !sure && question.awarded > 0
  return (
    <li
      id={`asked-${question.id}`}
      tabIndex={-1}
      className="flex scroll-mt-40 flex-col gap-4 rounded-card border border-line bg-surface p-5 outline-none sm:p-6"
    >
      <div className="flex items-center justify-between gap-4">
        <h3 className="text-sm font-semibold text-muted">{t('question', { number })}</h3>
        {question.adjustment?.kind === 'left_out' ? (
          <Badge>{t('notCounted')}</Badge>
        ) : question.adjustment?.kind === 'override' ||
          question.type === 'essay' ||
          question.type === 'upload' ? (
          // Neither right nor wrong: a person gave points for it.
          <Badge>{t('pointsOf', { score: digits.format(question.awarded), max: question.points })}</Badge>
        ) : (
          <Badge tone={full ? 'good' : partly ? 'amber' : 'bad'}>
            <Icon name={full ? 'check' : partly ? 'info' : 'close'} className="size-4!" />
            {full ? t('right') : partly ? t('partly') : t('wrong')}
          </Badge>
        )}
      </div>
      <AdjustedMark adjustment={question.adjustment} t={t} />
      <Html html={readableHtml(shownText(question), t('table'))} strong />
      {question.type === 'essay' ? (
        <EssayResult question={question} t={t} />
      ) : question.type === 'upload' ? (
        <UploadResult question={question} t={t} />
      ) : question.type === 'code' ? (
        <CodeResult question={question} t={t} words={words} />
      ) : hasBody(question) ? (
        <MarkList question={question} marks={question.marks} t={t} />
      ) : null}
      <ul className="flex flex-col gap-2 empty:hidden">
        {question.options.map(option => {
          const chosen = question.chosen.includes(option.id)
          const correct = question.correct.includes(option.id)
          const look = correct
            ? 'border-good/50 bg-good-soft text-good-ink'
            : chosen
              ? 'border-bad/50 bg-bad-soft text-bad-ink'
              : 'border-line text-muted'
          return (
            <li key={option.id} className={`flex items-start gap-3 rounded-control border px-4 py-3 ${look}`}>
              <span className="mt-1 size-5 shrink-0">
                {correct ? <Icon name="check" /> : chosen ? <Icon name="close" /> : null}
              </span>
              <div className="min-w-0 flex-1">
                <Html html={option.content} />
                {chosen || correct ? (
                  <p className="mt-0.5 text-sm font-semibold">
                    {chosen && correct ? `${t('yours')}, ${t('correct')}` : chosen ? t('yours') : t('missed')}
                  </p>
                ) : null}
              </div>
            </li>
          )
        })}
      </ul>
      <Judged question={question} digits={digits} t={t} />
      <HintsUsed question={question} digits={digits} t={t} />
      <ToldValues values={question.values} t={t} />
      {question.feedback.length ? (
        <div className="flex flex-col gap-2 rounded-control bg-info-soft px-4 py-3 text-info-ink">
          {question.feedback.map(text => (
            <Html key={text} html={text} />
          ))}
        </div>
      ) : null}
      {question.solution ? (
        <details className="rounded-control border border-line">
          <summary className="min-h-11 px-4 py-2.5 text-sm font-semibold">{t('solution')}</summary>
          <div className="px-4 pb-4">
            <Html html={readableHtml(question.solution, t('table'))} />
          </div>
        </details>
      ) : null}
      {children}
    </li>
  )
}
