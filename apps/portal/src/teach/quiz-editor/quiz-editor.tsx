'use client'
import { Breadcrumbs } from '@azora/ui/breadcrumbs.tsx'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { LinkButton } from '@azora/ui/link-button.tsx'
import { Menu } from '@azora/ui/menu.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { PageHeader } from '@azora/ui/page-header.tsx'
import { Tabs } from '@azora/ui/tabs.tsx'
import { DraftNotice } from '@azora/web/drafts/draft-notice.tsx'
import { type ReactNode, useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { CourseOfEditor, QuizOfEditor } from './course-of-editor.ts'
import { QuestionList } from './question-list.tsx'
import { QuizSettings } from './quiz-settings.tsx'
import { type QuizState, useQuiz } from './use-quiz.ts'

type QuizEditorProps = {
  course: { id: string; title: string }
  quiz: QuizState['quiz']
  /** The attempts, drawn by the server; absent for a new quiz. */
  results?: ReactNode
  /** Opens at the results, for the further pages of their list and for who comes back from one of them. */
  atResults?: boolean
}

/** The editor of a quiz: its questions, its settings and how learners did. */
export function QuizEditor({ course, quiz: initial, results, atResults }: QuizEditorProps) {
  const t = useTranslations('quizEditor')
  const teach = useTranslations('teach')
  const common = useTranslations('common')
  const state = useQuiz(course.id, initial)
  const { questions, settings, saving, fault, faults, quiz } = state
  const { dirty } = state.draft
  const [tab, setTab] = useState(atResults ? 'results' : initial ? 'questions' : 'settings')
  const [deleting, setDeleting] = useState(false)
  const courseAddress = `/teach/courses/${course.id}`
  const title = settings.title || t(initial ? 'editTitle' : 'newTitle')
  const points = questions.reduce((sum, question) => sum + question.points, 0)
  const faulty = questions.flatMap((question, index) =>
    faults.questions[question.key] ? [{ question, index }] : [],
  )
  const faultyPassages = state.passages.filter(({ key }) => faults.passages[key])
  const faultySections = state.sections.flatMap(({ key }, at) =>
    faults.sections[key] ? [{ key, number: at + 1 }] : [],
  )
  const save = async () => {
    const where = await state.save()
    if (where) setTab(where)
  }
  return (
    <div className="page-width">
      <PageHeader
        above={
          <Breadcrumbs
            label={common('breadcrumbs')}
            items={[
              { label: teach('title'), href: '/teach' },
              { label: course.title, href: `${courseAddress}#quizzes` },
              { label: title },
            ]}
          />
        }
        title={title}
        description={
          settings.kind === 'survey'
            ? t('surveySummary', { count: questions.length })
            : t('summary', { count: questions.length, points })
        }
      />
      <div className="sticky top-16 z-20 mb-3 flex flex-wrap items-center justify-between gap-3 bg-ground/95 py-2">
        <p role="status" className={`text-sm ${dirty ? 'font-semibold text-amber-ink' : 'text-muted'}`}>
          {dirty ? t('unsaved') : initial ? t('saved') : ''}
        </p>
        <div className="flex gap-3">
          {initial ? (
            <LinkButton href={`${courseAddress}/quizzes/${initial.id}/preview`} variant="secondary">
              <Icon name="eye" />
              <span className="max-sm:sr-only">{t('preview')}</span>
            </LinkButton>
          ) : null}
          {initial ? (
            <Menu
              trigger={<Icon name="more" />}
              label={t('quizActions')}
              items={[
                {
                  id: 'print',
                  label: t(dirty ? 'printUnsaved' : 'printQuiz'),
                  icon: <Icon name="printer" />,
                  href: `${courseAddress}/quizzes/${initial.id}/print`,
                  isDisabled: dirty,
                },
                {
                  id: 'standards',
                  label: t(dirty ? 'standardsUnsaved' : 'standards'),
                  icon: <Icon name="award" />,
                  href: `${courseAddress}/quizzes/${initial.id}/standards`,
                  isDisabled: dirty,
                },
                {
                  id: 'duplicate',
                  label: t(dirty ? 'duplicateUnsaved' : 'duplicateQuiz'),
                  icon: <Icon name="copy" />,
                  isDisabled: dirty,
                },
                {
                  id: 'delete',
                  label: t(quiz?.attemptCount ? 'deleteAttempted' : 'deleteQuiz'),
                  icon: <Icon name="trash" />,
                  danger: true,
                  isDisabled: Boolean(quiz?.attemptCount),
                },
              ]}
              onAction={id => {
                if (id === 'delete') setDeleting(true)
                if (id === 'duplicate') void state.duplicate()
              }}
            />
          ) : null}
          <Button onPress={save} isPending={saving} isDisabled={!dirty && Boolean(initial)}>
            {t(initial ? 'save' : 'create')}
          </Button>
        </div>
      </div>
      <div className="flex flex-col gap-4 pb-3 empty:hidden">
        <DraftNotice draft={state.draft} />
        {fault ? (
          <Notice tone="error" live>
            <p>{fault}</p>
          </Notice>
        ) : null}
        {faulty.length || faultyPassages.length || faultySections.length ? (
          <Notice tone="error" title={t('faults')}>
            <ul className="list-disc ps-5">
              {faultySections.map(({ key, number }) => (
                <li key={key}>
                  <a href={`#section-${key}`} className="underline" onClick={() => setTab('questions')}>
                    {t('sectionName', { number })}
                  </a>
                  : {faults.sections[key]}
                </li>
              ))}
              {faultyPassages.map(({ key }) => (
                <li key={key}>
                  <a href={`#passage-${key}`} className="underline" onClick={() => setTab('questions')}>
                    {t('passageText')}
                  </a>
                  : {faults.passages[key]}
                </li>
              ))}
              {faulty.map(({ question, index }) => (
                <li key={question.key}>
                  <a
                    href={`#question-${question.key}`}
                    className="underline"
                    onClick={() => setTab('questions')}
                  >
                    {t('faultAt', { number: index + 1 })}
                  </a>
                  : {faults.questions[question.key]}
                </li>
              ))}
            </ul>
          </Notice>
        ) : null}
        {quiz?.attemptCount ? (
          <Notice
            title={t(quiz.kind === 'survey' ? 'submittedSoFar' : 'attempted', { count: quiz.attemptCount })}
          >
            <p>{t('attemptedText')}</p>
            {quiz.earlierAttemptCount ? (
              <p className="mt-1">{t('earlierAttempts', { count: quiz.earlierAttemptCount })}</p>
            ) : null}
          </Notice>
        ) : null}
      </div>
      <Tabs
        label={t('tabs')}
        selected={tab}
        onSelect={setTab}
        tabs={[
          {
            id: 'questions',
            label: t('tab_questions'),
            content: (
              <CourseOfEditor value={course.id}>
                <QuizOfEditor value={state.quiz?.id ?? null}>
                  <QuestionList state={state} />
                </QuizOfEditor>
              </CourseOfEditor>
            ),
          },
          {
            id: 'settings',
            label: t('tab_settings'),
            content: <QuizSettings key={state.generation} state={state} />,
          },
          ...(results ? [{ id: 'results', label: t('tab_results'), content: results }] : []),
        ]}
      />
      <ConfirmDialog
        isOpen={deleting}
        onOpenChange={setDeleting}
        title={t('deleteQuizTitle')}
        confirmLabel={t('deleteQuiz')}
        cancelLabel={common('cancel')}
        danger
        onConfirm={state.remove}
      >
        {t('deleteQuizText')}
      </ConfirmDialog>
    </div>
  )
}
