import { Badge } from '@azora/ui/badge.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Fragment } from 'react'
import { ClientMessages } from '../../../../../../../../i18n/client-messages.tsx'
import { getLocale, getTranslations } from '../../../../../../../../i18n/server.ts'
import { api, need, unless } from '../../../../../../../../lib/api.server.ts'
import { currentAccount } from '../../../../../../../../lib/session.server.ts'
import { AttemptLog } from '../../../../../../../../quiz/log/attempt-log.tsx'
import { pagesOf, passageName } from '../../../../../../../../quiz/pages.ts'
import { PassageDetails } from '../../../../../../../../quiz/passage-details.tsx'
import { sectionFrom } from '../../../../../../../../quiz/section-from.ts'
import { Moment } from '../../../../../../../../teach/moment.tsx'
import { NotForRole } from '../../../../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../../../../teach/page-title.server.ts'
import { Figures } from '../../../../../../../../teach/quiz-results/figures.tsx'
import { ReviewedQuestion } from '../../../../../../../../teach/quiz-results/reviewed-question.tsx'
import { wasAnswered } from '../../../../../../../../teach/quiz-results/was-answered.ts'
import { rosterOf } from '../../../../../../../../teach/roster/roster.server.ts'
import { TeachBreadcrumbs } from '../../../../../../../../teach/teach-breadcrumbs.tsx'
import { isTeacher } from '../../../../../../../../teach/teacher.server.ts'
import { durationText } from '../../../../../../../../text/duration.ts'
import { readableHtml } from '../../../../../../../../text/readable-html.ts'

type Props = { params: Promise<{ courseId: string; quizId: string; submissionId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { submissionId } = await params
  const t = await getTranslations('quizResults')
  return titleFor(client => client.assessment.getReview({ submissionId }), t('attemptTitle'))
}

/** A learner's attempt, question by question, as they saw it. */
export default async function AttemptPage({ params }: Props) {
  const { courseId, quizId, submissionId } = await params
  const address = `/teach/courses/${courseId}/quizzes/${quizId}`
  const path = `${address}/attempts/${submissionId}`
  if (!(await isTeacher(path))) return <NotForRole />
  const client = await api()
  const [t, quiz, common, locale, account, course, review, roster] = await Promise.all([
    getTranslations('quizResults'),
    getTranslations('quiz'),
    getTranslations('common'),
    getLocale(),
    currentAccount(),
    need(client.education.editCourse({ courseId }), path),
    need(unless(client.assessment.getReview({ submissionId }), 'marked_without_names'), path),
    rosterOf(courseId, path),
  ])
  if (!review) {
    const marking = await getTranslations('marking')
    return (
      <div className="page-width flex flex-col items-start gap-5">
        <Notice title={marking('nameless')}>{marking('namelessText')}</Notice>
        <LinkButton href={`${address}/marking`}>{marking('title')}</LinkButton>
      </div>
    )
  }
  if (review.courseId !== courseId || review.quizId !== quizId) notFound()
  const name =
    roster.entries.find(entry => entry.userId === review.userId)?.name ||
    t('unknownLearner', { id: review.userId.slice(-6) })
  const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const restedMs = review.breaks.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0)
  const outdated = review.questions.filter(question => question.currentVersion !== question.version).length
  const figures = [
    {
      label: t('score'),
      value: review.scorePercent === null ? '–' : t('percent', { share: Math.round(review.scorePercent) }),
    },
    {
      label: t('points'),
      value:
        review.score === null
          ? '–'
          : `${digits.format(review.score)} / ${digits.format(review.maxScore ?? 0)}`,
    },
    { label: t('time'), value: review.submittedAt ? timeText(review.startedAt, review.submittedAt) : '–' },
    {
      label: t('answered'),
      value: `${review.questions.filter(wasAnswered).length} / ${review.questions.length}`,
    },
  ]
  function timeText(from: string, to: string): string {
    const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000)
    return minutes < 1 ? t('underMinute') : durationText(common, minutes)
  }
  return (
    <div className="page-width flex flex-col gap-6">
      <PageHeader
        above={
          <TeachBreadcrumbs
            items={[
              { label: course.title, href: `/teach/courses/${courseId}#quizzes` },
              { label: review.title, href: `${address}?tab=results` },
              { label: t('attempt', { number: review.attemptNumber }) },
            ]}
          />
        }
        title={name}
        description={
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span>{t('attempt', { number: review.attemptNumber })}</span>
            <Moment time={review.submittedAt ?? review.startedAt} />
            {review.awaitsMarking ? (
              <Badge tone="amber">{t('awaitsMarking')}</Badge>
            ) : review.passed === null ? (
              <Badge tone="amber">{t('open')}</Badge>
            ) : (
              <Badge tone={review.passed ? 'good' : 'bad'}>{t(review.passed ? 'passed' : 'notPassed')}</Badge>
            )}
          </p>
        }
        actions={
          <LinkButton href={`${address}/results`} variant="secondary">
            {t('title')}
          </LinkButton>
        }
      />
      <Figures figures={figures} />
      {review.state === 'in_progress' ? <Notice>{t('openText')}</Notice> : null}
      {review.breaks.length ? (
        <Notice>
          {t('breaksTaken', { count: review.breaks.length, minutes: Math.ceil(restedMs / 60_000) })}
        </Notice>
      ) : null}
      {review.late ? (
        <Notice>
          {t(review.late.percentOff > 0 ? 'lateOff' : 'lateOnly', {
            days: review.late.days,
            percent: review.late.percentOff,
            score: digits.format(review.late.scoreBefore),
          })}
        </Notice>
      ) : null}
      {outdated ? <Notice>{t('outdated', { count: outdated })}</Notice> : null}
      <ol className="flex max-w-3xl flex-col gap-5">
        {pagesOf(review.questions, review.passages).map(({ passage, questions, place }) => (
          <Fragment key={questions[0]?.id}>
            <SectionHeading section={sectionFrom(review.sections, place)} />
            {questions.map((question, at) => (
              <li key={question.id} className="flex flex-col gap-5">
                {passage && at === 0 ? (
                  <PassageDetails
                    name={passageName({ questions }, place + 1, quiz)}
                    html={readableHtml(passage.content, quiz('table'))}
                  />
                ) : null}
                <ReviewedQuestion
                  question={question}
                  number={place + at + 1}
                  submissionId={submissionId}
                  reader={account?.id}
                />
              </li>
            ))}
          </Fragment>
        ))}
      </ol>
      {review.integrityLog ? (
        <ClientMessages of={['attemptLog']}>
          <AttemptLog submissionId={submissionId} reader="teacher" />
        </ClientMessages>
      ) : null}
    </div>
  )
}

/** Where a section of the attempt begins. */
async function SectionHeading({ section }: { section: ReturnType<typeof sectionFrom> }) {
  if (!section) return null
  const t = await getTranslations('quiz')
  return (
    <li className="list-none pt-2">
      <h2 className="text-lg font-bold">
        {t('sectionTitle', { number: section.number, title: section.title })}
      </h2>
    </li>
  )
}
