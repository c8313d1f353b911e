import { EmptyState } from '@azora/ui/empty-state.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ClientMessages } from '../../../../../../../i18n/client-messages.tsx'
import { getTranslations } from '../../../../../../../i18n/server.ts'
import { api, need } from '../../../../../../../lib/api.server.ts'
import { GroupFilter } from '../../../../../../../teach/groups/group-filter.tsx'
import { groupsFor } from '../../../../../../../teach/groups/groups.server.ts'
import { NotForRole } from '../../../../../../../teach/not-for-role.tsx'
import { titleFor } from '../../../../../../../teach/page-title.server.ts'
import { Figures } from '../../../../../../../teach/quiz-results/figures.tsx'
import { QuestionResults } from '../../../../../../../teach/quiz-results/question-results.tsx'
import { Regrade } from '../../../../../../../teach/quiz-results/regrade.tsx'
import { ResultsCsv } from '../../../../../../../teach/quiz-results/results-csv.tsx'
import { hardestFirst, shareOf } from '../../../../../../../teach/quiz-results/share.ts'
import { TeachBreadcrumbs } from '../../../../../../../teach/teach-breadcrumbs.tsx'
import { isTeacher } from '../../../../../../../teach/teacher.server.ts'

type Props = {
  params: Promise<{ courseId: string; quizId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { quizId } = await params
  const t = await getTranslations('quizResults')
  return titleFor(client => client.assessment.getQuizResults({ quizId }), t('title'))
}

/** How each question of a quiz went, without a name. */
export default async function QuizResultsPage({ params, searchParams }: Props) {
  const [{ courseId, quizId }, asked] = await Promise.all([params, searchParams])
  const address = `/teach/courses/${courseId}/quizzes/${quizId}`
  const path = `${address}/results`
  if (!(await isTeacher(path))) return <NotForRole />
  const client = await api()
  const { groups, groupId } = await groupsFor(courseId, path, asked.group)
  const [t, course, results] = await Promise.all([
    getTranslations('quizResults'),
    need(client.education.editCourse({ courseId }), path),
    need(client.assessment.getQuizResults({ quizId, groupId }), path),
  ])
  if (results.courseId !== courseId) notFound()
  const survey = results.kind === 'survey'
  const [words, regrade] = await Promise.all([
    getTranslations('regrading'),
    survey ? null : need(client.assessment.getRegrade({ quizId }), path),
  ])
  const running = regrade?.latest?.state === 'running'
  const byHardness = asked.order === 'hardest' && !survey
  const current = results.questions.filter(question => question.currentVersion !== null)
  const numberOf = new Map(current.map((question, at) => [question.id, at + 1]))
  const questions = byHardness ? hardestFirst(results.questions) : results.questions
  const inGroup = (to: string) => (groupId ? `${to}${to.includes('?') ? '&' : '?'}group=${groupId}` : to)
  const percent = (share: number | null) => (share === null ? '–' : t('percent', { share }))
  const average = results.averagePercent === null ? null : Math.round(results.averagePercent)
  const figures = [
    { label: t(survey ? 'submissions' : 'attempts'), value: String(results.submittedCount) },
    { label: t('learners'), value: String(results.learnerCount) },
    ...(survey
      ? []
      : [
          { label: t('average'), value: percent(average) },
          {
            label: t('passedShare'),
            value: percent(shareOf(results.passedCount ?? 0, results.submittedCount)),
          },
        ]),
  ]
  return (
    <div className="page-width flex flex-col gap-6">
      <PageHeader
        above={
          <TeachBreadcrumbs
            items={[
              { label: course.title, href: `/teach/courses/${courseId}#quizzes` },
              { label: results.title, href: `${address}?tab=results` },
              { label: t('title') },
            ]}
          />
        }
        title={t('title')}
        description={t(survey ? 'surveyDescription' : 'description')}
        actions={
          results.submittedCount ? (
            <ClientMessages of={['quizResults']}>
              <ResultsCsv quizId={quizId} groupId={groupId} fileName={results.title} />
            </ClientMessages>
          ) : null
        }
      />
      {survey ? null : (
        <GroupFilter
          groups={groups}
          groupId={groupId}
          path={path}
          others={byHardness ? { order: 'hardest' } : {}}
        />
      )}
      {results.submittedCount === 0 ? (
        <EmptyState icon="quiz" title={t('empty')}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <>
          <Figures figures={figures} />
          {regrade && (running || regrade.questions.length > 0) ? (
            <Notice
              title={
                running ? words('runningTitle') : words('outdatedTitle', { count: regrade.questions.length })
              }
            >
              <p>{words('outdatedText')}</p>
              <div className="mt-3">
                <ClientMessages of={['regrading']}>
                  <Regrade
                    quizId={quizId}
                    courseId={courseId}
                    questions={regrade.questions}
                    running={running}
                  />
                </ClientMessages>
              </div>
            </Notice>
          ) : null}
          {survey ? null : (
            <nav aria-label={t('order')} className="flex flex-wrap gap-2">
              <LinkButton href={inGroup(path)} size="small" variant={byHardness ? 'quiet' : 'secondary'}>
                {t('inOrder')}
              </LinkButton>
              <LinkButton
                href={inGroup(`${path}?order=hardest`)}
                size="small"
                variant={byHardness ? 'secondary' : 'quiet'}
              >
                {t('hardest')}
              </LinkButton>
            </nav>
          )}
          <ol className="flex max-w-3xl flex-col gap-5">
            {questions.map(question => (
              <li key={question.id}>
                <QuestionResults question={question} number={numberOf.get(question.id) ?? null} />
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  )
}
