'use client'
import { buttonStyle } from '@azora/ui/button-style.ts'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { ProgressRing } from '@azora/ui/progress-ring.tsx'
import { useLocale, useTranslations } from '../i18n/client.tsx'
import { CourseOutcome } from '../learning/course-outcome.tsx'
import { readableHtml } from '../text/readable-html.ts'
import { useAnswersHeld } from './answers-held.ts'
import { type EndedAttempt, useEndedAttempt } from './ended-attempt.ts'
import { GradedQuestion } from './graded-question.tsx'
import { Judgement } from './judged.tsx'
import { pagesOf, passageName } from './pages.ts'
import { PassageDetails } from './passage-details.tsx'
import { sectionFrom } from './section-from.ts'
import { SectionTitle } from './section-title.tsx'

/** How an attempt went, question by question. */
export function QuizResult({
  submission,
  fresh,
  mayRepeat,
  path,
  course,
  courseAddress = `/learn/${course}`,
  lessonId,
  next,
}: EndedAttempt) {
  const t = useTranslations('quiz')
  const lesson = useTranslations('lesson')
  const locale = useLocale()
  const { result, passingScore } = submission
  const { practice } = submission
  // Practice completes its lesson whatever came of it.
  const good = practice || (result?.passed ?? false)
  const heading = useEndedAttempt({ fresh, lessonId }, good)
  const held = useAnswersHeld(submission)
  if (!result) return null
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const percent = Math.floor(result.scorePercent)
  const failText = result.questions.length ? 'failText' : 'failScoreText'
  return (
    <div className="flex flex-col gap-6">
      <section
        className={`flex flex-col items-center gap-5 rounded-card border p-6 text-center sm:flex-row sm:gap-8 sm:p-8 sm:text-start ${good ? 'border-good/40 bg-good-soft' : 'border-amber/50 bg-amber-soft'}`}
      >
        <div className="rounded-full bg-surface p-2">
          <ProgressRing label={t('score')} percent={percent} size={128} tone={good ? 'good' : 'amber'} />
        </div>
        <div className="flex flex-col gap-2">
          <h2 ref={heading} tabIndex={-1} className="text-title font-bold outline-none">
            {t(practice ? 'practiceTitle' : good ? 'passTitle' : 'failTitle')}
          </h2>
          <p>{t('pointsOf', { score: number.format(result.score), max: result.maxScore })}</p>
          <p>
            {t(practice ? 'practiceText' : good ? 'passText' : mayRepeat ? failText : 'failNoneText', {
              percent: passingScore,
            })}
          </p>
          {result.late ? (
            <p>
              {t(result.late.percentOff > 0 ? 'lateOff' : 'lateOnly', {
                days: result.late.days,
                percent: result.late.percentOff,
                score: number.format(result.late.scoreBefore),
              })}
            </p>
          ) : null}
          {result.questions.length === 0 ? <p className="text-sm">{held ?? t('scoreOnly')}</p> : null}
        </div>
      </section>
      {fresh && good && lessonId ? <CourseOutcome course={course} lessonId={lessonId} /> : null}
      <div className="flex flex-wrap gap-3">
        {good ? (
          <LinkButton href={next ?? courseAddress} size="large">
            {next ? lesson('continue') : lesson('finish')}
            <Icon name="forward" />
          </LinkButton>
        ) : null}
        {mayRepeat ? (
          <a href={path} className={buttonStyle({ size: 'large', variant: good ? 'secondary' : 'primary' })}>
            {t('again')}
          </a>
        ) : (
          <LinkButton href={path} size="large" variant="secondary">
            {t('backToQuiz')}
          </LinkButton>
        )}
      </div>
      <Judgement judgement={result.judgement} t={t} />
      <ol className="flex flex-col gap-5">
        {pagesOf(result.questions, submission.passages).map(page => {
          const questions = page.questions.map((question, index) => (
            <GradedQuestion key={question.id} question={question} number={page.place + index + 1} />
          ))
          const begins = sectionFrom(submission.sections, page.place)
          const title = begins ? <SectionTitle key={`section ${begins.number}`} {...begins} /> : null
          if (!page.passage) return [title, ...questions]
          return [
            title,
            <li key={page.passage.id} className="flex flex-col gap-5">
              <PassageDetails
                name={passageName(page, page.place + 1, t)}
                html={readableHtml(page.passage.content, t('table'))}
              />
              <ol className="flex flex-col gap-5">{questions}</ol>
            </li>,
          ]
        })}
      </ol>
    </div>
  )
}
