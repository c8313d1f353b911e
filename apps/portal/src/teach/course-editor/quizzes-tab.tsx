'use client'
import { Badge } from '@azora/ui/badge.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Table } from '@azora/ui/table.tsx'
import { useTranslations } from '../../i18n/client.tsx'
import type { AuthoredCourse, QuizEntry } from './authored-course.ts'

/** The quizzes and question banks of a course, and the lessons that use them. */
export function QuizzesTab({ course, quizzes }: { course: AuthoredCourse; quizzes: QuizEntry[] }) {
  const t = useTranslations('editor')
  const address = `/teach/courses/${course.id}/quizzes`
  const create = (
    <LinkButton href={`${address}/new`} variant={quizzes.length ? 'secondary' : 'primary'}>
      <Icon name="plus" />
      {t('newQuiz')}
    </LinkButton>
  )
  if (quizzes.length === 0)
    return (
      <EmptyState icon="quiz" title={t('noQuizzes')} action={create}>
        {t('noQuizzesText')}
      </EmptyState>
    )
  const lessons = course.modules.flatMap(module => module.lessons)
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap gap-3">
        {create}
        <LinkButton href={`/teach/courses/${course.id}/marking`} variant="quiet">
          <Icon name="edit" />
          {t('marking')}
        </LinkButton>
      </div>
      <Table
        caption={t('tab_quizzes')}
        captionHidden
        rows={quizzes}
        rowKey={quiz => quiz.id}
        columns={[
          {
            id: 'title',
            header: t('quizName'),
            rowHeader: true,
            cell: quiz => (
              <a href={`${address}/${quiz.id}`} className="underline underline-offset-4">
                {quiz.title}
              </a>
            ),
          },
          { id: 'questions', header: t('questions'), align: 'end', cell: quiz => quiz.questionCount },
          {
            id: 'pass',
            header: t('passMark'),
            align: 'end',
            cell: quiz => (quiz.kind === 'survey' ? t('survey') : `${quiz.passingScore}%`),
          },
          {
            id: 'used',
            header: t('usedIn'),
            cell: quiz => {
              const users = lessons.filter(lesson => lesson.quizId === quiz.id)
              if (quiz.bank) return <Badge>{t('bank')}</Badge>
              return users.length ? (
                users.map(lesson => lesson.title).join(', ')
              ) : (
                <span className="text-muted">{t('unused')}</span>
              )
            },
          },
        ]}
      />
    </div>
  )
}
