import { Badge } from '@azora/ui/badge.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { useTranslations } from '../i18n/client.tsx'
import type { Submission } from '../offline/answers.ts'
import { readableHtml } from '../text/readable-html.ts'
import { Html } from './html.tsx'

type Graded = NonNullable<Submission['result']>['questions'][number]

/** One question with what was chosen, what was right, and why. */
export function GradedQuestion({ question, number }: { question: Graded; number: number }) {
  const t = useTranslations('quiz')
  const full = question.awarded >= question.points
  const partly = !full && question.awarded > 0
  return (
    <li className="flex flex-col gap-4 rounded-card border border-line bg-surface p-5 sm:p-6">
      <div className="flex items-center justify-between gap-4">
        <h3 className="text-sm font-semibold text-muted">{t('question', { number })}</h3>
        <Badge tone={full ? 'good' : partly ? 'amber' : 'bad'}>
          <Icon name={full ? 'check' : partly ? 'info' : 'close'} className="size-4!" />
          {full ? t('right') : partly ? t('partly') : t('wrong')}
        </Badge>
      </div>
      <Html html={readableHtml(question.content, t('table'))} strong />
      <ul className="flex flex-col gap-2">
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
      {question.feedback.length ? (
        <div className="flex flex-col gap-2 rounded-control bg-info-soft px-4 py-3 text-info-ink">
          {question.feedback.map(text => (
            <Html key={text} html={text} />
          ))}
        </div>
      ) : null}
    </li>
  )
}
