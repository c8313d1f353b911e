'use client'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Menu } from '@azora/ui/menu.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { passageName } from '../../quiz/pages.ts'
import type { QuestionType } from './authored-quiz.ts'
import {
  addUnder,
  movePassage,
  moveQuestion,
  newPassage,
  type PassageDraft,
  putUnder,
  takeOut,
  type Unit,
  unitsOf,
} from './passage-draft.ts'
import type { PassageAction } from './passage-editor.tsx'
import { choiceTypes, duplicateOf, newQuestion, type QuestionDraft } from './question-draft.ts'
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

const Passage = dynamic(() => import('./passage-editor.tsx').then(module => module.PassageEditor), {
  loading: () => <Skeleton className="h-96 w-full" />,
})

type Deleting = { question: number } | { passage: string } | null

/** The questions of a quiz, in order, with the texts that several are about, and a way to add more. */
export function QuestionList({ state }: { state: QuizState }) {
  const t = useTranslations('quizEditor')
  const common = useTranslations('common')
  const { questions, setQuestions, passages, setPassages, faults } = state
  const survey = state.settings.kind === 'survey'
  const [deleting, setDeleting] = useState<Deleting>(null)
  const units = unitsOf(questions)
  const nameOf = (unit: Unit<QuestionDraft>) => passageName(unit, unit.from + 1, t)
  const grouped = units.filter(unit => unit.passage !== null)
  const empty = passages.filter(({ key }) => !grouped.some(({ passage }) => passage === key))
  const act = (index: number, action: string) => {
    if (action === 'delete') return setDeleting({ question: index })
    setQuestions(before => {
      const question = before[index]
      if (!question) return before
      if (action === 'duplicate') return before.toSpliced(index + 1, 0, duplicateOf(question))
      if (action === 'out') return takeOut(before, index)
      if (action === 'up' || action === 'down') return moveQuestion(before, index, action === 'up' ? -1 : 1)
      return putUnder(before, index, action)
    })
  }
  const dissolve = (key: string) => {
    setQuestions(before =>
      before.map(question => (question.passage === key ? { ...question, passage: null } : question)),
    )
    setPassages(before => before.filter(passage => passage.key !== key))
  }
  const actOn = (key: string, action: PassageAction) => {
    if (action === 'delete') return setDeleting({ passage: key })
    if (action === 'dissolve') return dissolve(key)
    setQuestions(before => movePassage(before, key, action === 'up' ? -1 : 1))
  }
  const remove = () => {
    if (!deleting) return
    if ('question' in deleting) return setQuestions(before => before.toSpliced(deleting.question, 1))
    setQuestions(before => before.filter(({ passage }) => passage !== deleting.passage))
    setPassages(before => before.filter(({ key }) => key !== deleting.passage))
  }
  const adding = (passage: string | null) => (
    <Menu
      variant={questions.length || passage ? 'secondary' : 'primary'}
      trigger={
        <>
          <Icon name="plus" />
          {t(passage ? 'addUnder' : 'add')}
        </>
      }
      items={[
        ...types.map(type => ({ id: type, label: t(survey ? `survey_${type}` : `type_${type}`) })),
        ...(passage ? [] : [{ id: 'passage', label: t('addPassage') }]),
      ]}
      onAction={id => {
        if (id === 'passage') setPassages(before => [...before, newPassage()])
        const type = types.find(one => one === id)
        const words = { true: t('true'), false: t('false') }
        if (type) setQuestions(before => addUnder(before, { ...newQuestion(type, words), passage }))
      }}
    />
  )
  const editorOf = (question: QuestionDraft, index: number, at: { isFirst: boolean; isLast: boolean }) => (
    <li key={question.key} id={`question-${question.key}`} className="scroll-mt-32">
      <QuestionEditor
        question={question}
        index={index}
        count={questions.length}
        fault={faults.questions[question.key]}
        survey={survey}
        {...at}
        moves={[
          ...(question.passage ? [{ id: 'out', label: t('takeOut') }] : []),
          ...grouped.flatMap(unit =>
            unit.passage && unit.passage !== question.passage
              ? [{ id: unit.passage, label: t('putUnder', { name: nameOf(unit) }) }]
              : [],
          ),
          ...empty.map(({ key }) => ({ id: key, label: t('putUnder', { name: t('passageNew') }) })),
        ]}
        onChange={changed => setQuestions(before => before.with(index, changed))}
        onAction={action => act(index, action)}
      />
    </li>
  )
  const passageOf = (passage: PassageDraft, unit: Unit<QuestionDraft> | null, at: number) => (
    <li key={passage.key} id={`passage-${passage.key}`} className="scroll-mt-32">
      <Passage
        passage={passage}
        name={unit ? nameOf(unit) : t('passageNew')}
        fault={faults.passages[passage.key]}
        isFirst={at === 0}
        isLast={at === units.length - 1}
        isEmpty={unit === null}
        onChange={changed =>
          setPassages(before => before.map(one => (one.key === changed.key ? changed : one)))
        }
        onAction={action => actOn(passage.key, action)}
        add={adding(passage.key)}
      >
        {unit?.questions.map((question, place) =>
          editorOf(question, unit.from + place, {
            isFirst: place === 0,
            isLast: place === unit.questions.length - 1,
          }),
        )}
      </Passage>
    </li>
  )
  return (
    <div className="flex max-w-4xl flex-col gap-5">
      {questions.length + passages.length === 0 ? (
        <EmptyState icon="quiz" title={t('empty')} action={adding(null)}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <>
          <ol className="flex flex-col gap-5">
            {units.map((unit, at) => {
              const passage = passages.find(({ key }) => key === unit.passage)
              if (passage) return passageOf(passage, unit, at)
              return unit.questions.map((question, place) =>
                editorOf(question, unit.from + place, { isFirst: at === 0, isLast: at === units.length - 1 }),
              )
            })}
            {empty.map(passage => passageOf(passage, null, 0))}
          </ol>
          <div>{adding(null)}</div>
        </>
      )}
      <ConfirmDialog
        isOpen={deleting !== null}
        onOpenChange={() => setDeleting(null)}
        title={
          deleting && 'question' in deleting
            ? t('deleteTitle', { number: deleting.question + 1 })
            : t('deletePassageTitle')
        }
        confirmLabel={t('delete')}
        cancelLabel={common('cancel')}
        danger
        onConfirm={remove}
      >
        {t(deleting && 'question' in deleting ? 'deleteText' : 'deletePassageText')}
      </ConfirmDialog>
    </div>
  )
}
