import { beforeHints } from '@azora/contracts/assessment/hint-points.ts'
import { Badge } from '@azora/ui/badge.tsx'
import { Card } from '@azora/ui/card.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { ClientMessages } from '../../i18n/client-messages.tsx'
import { getLocale, getTranslations } from '../../i18n/server.ts'
import type { api } from '../../lib/api.server.ts'
import { AdjustedMark } from '../../quiz/adjusted-mark.tsx'
import { HintsUsed } from '../../quiz/hint-list.tsx'
import { Html } from '../../quiz/html.tsx'
import { Judged } from '../../quiz/judged.tsx'
import { ToldValues } from '../../quiz/told-values.tsx'
import { hasBody } from '../../quiz/types/answer-field.ts'
import { CodeResult } from '../../quiz/types/code/code-result.tsx'
import { EssayResult } from '../../quiz/types/essay-result.tsx'
import { MarkList } from '../../quiz/types/mark-list.tsx'
import { shownText } from '../../quiz/types/shown-text.ts'
import { UploadResult } from '../../quiz/types/upload/upload-result.tsx'
import { readableHtml } from '../../text/readable-html.ts'
import { ChangeMark } from './change-mark.tsx'
import { MarkHistory } from './mark-history.tsx'
import { Markings } from './markings.tsx'
import { wasAnswered } from './was-answered.ts'

type Client = Awaited<ReturnType<typeof api>>
type Review = Awaited<ReturnType<Client['assessment']['getReview']>>
type Reviewed = Review['questions'][number]

/** Types that an attempt is not marked in at once: a person reads them, or they are run. */
const isMarkedLater = (type: string) => type === 'essay' || type === 'upload' || type === 'code'

/** One question of a learner's attempt, as they saw it: what they chose, what was right, and their points. */
export async function ReviewedQuestion({
  question,
  number,
  submissionId,
  reader,
}: {
  question: Reviewed
  number: number
  submissionId: string
  /** Who looks at it, to be told which changes are their own. */
  reader: string | undefined
}) {
  const [t, quiz, code, locale] = await Promise.all([
    getTranslations('quizResults'),
    getTranslations('quiz'),
    getTranslations('code'),
    getLocale(),
  ])
  const { awarded, points, chosen, correct } = question
  const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const right = hasBody(question)
    ? awarded !== null && points > 0 && beforeHints(awarded, question.hintCost) >= points
    : chosen.length === correct.length && chosen.every(id => correct.includes(id))
  const partly = !right && awarded !== null && awarded > 0
  const since =
    question.currentVersion === null
      ? t('removedSince')
      : question.currentVersion > question.version
        ? t('changedSince')
        : null
  return (
    <Card as="article" className="flex flex-col gap-4">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 className="text-sm font-semibold text-muted">{t('question', { number })}</h2>
        <div className="flex flex-wrap items-center gap-3">
          {awarded === null ? null : (
            <span className="text-sm text-muted tabular-nums">
              {t('pointsOf', { awarded: digits.format(awarded), points })}
            </span>
          )}
          {!wasAnswered(question) ? (
            <Badge>{t('noAnswer')}</Badge>
          ) : awarded === null && isMarkedLater(question.type) ? (
            <Badge tone="amber">{t('awaitsMarking')}</Badge>
          ) : question.adjustment?.kind === 'left_out' ? (
            <Badge>{quiz('notCounted')}</Badge>
          ) : question.type === 'essay' ||
            question.type === 'upload' ||
            question.adjustment?.kind === 'override' ? null : (
            <Badge tone={right ? 'good' : partly ? 'amber' : 'bad'}>
              <Icon name={right ? 'check' : partly ? 'info' : 'close'} className="size-4!" />
              {quiz(right ? 'right' : partly ? 'partly' : 'wrong')}
            </Badge>
          )}
        </div>
      </header>
      <AdjustedMark adjustment={question.adjustment} t={quiz} />
      {since ? <p className="text-sm text-amber-ink">{since}</p> : null}
      <Html html={readableHtml(shownText(question), quiz('table'))} strong />
      {question.type === 'essay' ? (
        <EssayResult question={question} t={quiz} />
      ) : question.type === 'upload' ? (
        <ClientMessages of={['viewer']}>
          <UploadResult question={question} t={quiz} />
        </ClientMessages>
      ) : question.type === 'code' ? (
        <CodeResult question={question} t={quiz} words={code} />
      ) : hasBody(question) ? (
        <MarkList question={question} marks={question.marks} t={quiz} />
      ) : null}
      <ul className="flex flex-col gap-2 empty:hidden">
        {question.options.map(option => {
          const isChosen = chosen.includes(option.id)
          const isRight = correct.includes(option.id)
          const look = isRight
            ? 'border-good/50 bg-good-soft text-good-ink'
            : isChosen
              ? 'border-bad/50 bg-bad-soft text-bad-ink'
              : 'border-line text-muted'
          const label = isChosen
            ? t(isRight ? 'chosenRight' : 'chosenWrong')
            : isRight
              ? t('rightAnswer')
              : null
          return (
            <li key={option.id} className={`flex items-start gap-3 rounded-control border px-4 py-3 ${look}`}>
              <span className="mt-1 size-5 shrink-0">
                {isRight ? <Icon name="check" /> : isChosen ? <Icon name="close" /> : null}
              </span>
              <div className="min-w-0 flex-1">
                <Html html={option.content} />
                {label ? <p className="mt-0.5 text-sm font-semibold">{label}</p> : null}
              </div>
            </li>
          )
        })}
      </ul>
      <Judged question={question} digits={digits} t={quiz} />
      <HintsUsed question={question} digits={digits} t={quiz} />
      <ToldValues values={question.values} t={quiz} />
      <Markings markings={question.markings ?? []} reader={reader} />
      <MarkHistory changes={question.changes} reader={reader} />
      {awarded === null ? null : (
        <ClientMessages of={['regrading', 'common']}>
          <ChangeMark
            mark={{
              submissionId,
              questionId: question.id,
              number,
              revision: question.revision,
              awarded,
              points,
              adjustment: question.adjustment ?? null,
            }}
          />
        </ClientMessages>
      )}
    </Card>
  )
}
