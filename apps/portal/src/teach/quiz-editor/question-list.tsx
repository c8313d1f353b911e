'use client'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Menu } from '@azora/ui/menu.tsx'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { moveModule } from '../course-editor/outline.ts'
import type { QuestionType } from './authored-quiz.ts'
import { choiceTypes, duplicateOf, newQuestion } from './question-draft.ts'
import { QuestionEditor } from './question-editor.tsx'
import type { QuizState } from './use-quiz.ts'

const types: QuestionType[] = [
  ...choiceTypes,
  'short_text',
  'numeric',
  'formula',
  'matching',
  'categories',
  'ordering',
  'cloze',
  'essay',
  'upload',
  'hotspot',
  'labelling',
  'code',
]

/** The questions of a quiz, in order, and a way to add more. */
export function QuestionList({ state }: { state: QuizState }) {
  const t = useTranslations('quizEditor')
  const common = useTranslations('common')
  const { questions, setQuestions, faults } = state
  const survey = state.settings.kind === 'survey'
  const [deleting, setDeleting] = useState<number | null>(null)
  const act = (index: number, action: string) => {
    if (action === 'delete') return setDeleting(index)
    setQuestions(before => {
      const question = before[index]
      if (!question) return before
      if (action === 'duplicate') return before.toSpliced(index + 1, 0, duplicateOf(question))
      return moveModule(before, index, action === 'up' ? -1 : 1)
    })
  }
  const add = (
    <Menu
      variant={questions.length ? 'secondary' : 'primary'}
      trigger={
        <>
          <Icon name="plus" />
          {t('add')}
        </>
      }
      items={types.map(type => ({ id: type, label: t(survey ? `survey_${type}` : `type_${type}`) }))}
      onAction={id => {
        const type = types.find(one => one === id)
        if (type)
          setQuestions(before => [...before, newQuestion(type, { true: t('true'), false: t('false') })])
      }}
    />
  )
  return (
    <div className="flex max-w-4xl flex-col gap-5">
      {questions.length === 0 ? (
        <EmptyState icon="quiz" title={t('empty')} action={add}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <>
          <ol className="flex flex-col gap-5">
            {questions.map((question, index) => (
              <li key={question.key} id={`question-${question.key}`} className="scroll-mt-32">
                <QuestionEditor
                  question={question}
                  index={index}
                  count={questions.length}
                  fault={faults.questions[question.key]}
                  survey={survey}
                  onChange={changed => setQuestions(before => before.with(index, changed))}
                  onAction={action => act(index, action)}
                />
              </li>
            ))}
          </ol>
          <div>{add}</div>
        </>
      )}
      <ConfirmDialog
        isOpen={deleting !== null}
        onOpenChange={() => setDeleting(null)}
        title={t('deleteTitle', { number: (deleting ?? 0) + 1 })}
        confirmLabel={t('delete')}
        cancelLabel={common('cancel')}
        danger
        onConfirm={() => setQuestions(before => before.filter((_, index) => index !== deleting))}
      >
        {t('deleteText')}
      </ConfirmDialog>
    </div>
  )
}
