'use client'
import { limits } from '@azora/contracts/limits.ts'
import { Button } from '@azora/ui/button.tsx'
import { ConfirmDialog } from '@azora/ui/confirm-dialog.tsx'
import { EmptyState } from '@azora/ui/empty-state.tsx'
import { Icon } from '@azora/ui/icon.tsx'
import { Menu } from '@azora/ui/menu.tsx'
import { Notice } from '@azora/ui/notice.tsx'
import { Skeleton } from '@azora/ui/skeleton.tsx'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { passageName } from '../../quiz/pages.ts'
import { moveModule } from '../course-editor/outline.ts'
import type { QuestionType } from './authored-quiz.ts'
import {
  addUnder,
  newPassage,
  type PassageDraft,
  putUnder,
  takeOut,
  type Unit,
  unitsOf,
} from './passage-draft.ts'
import { choiceTypes, duplicateOf, newQuestion, type QuestionDraft } from './question-draft.ts'
import { QuestionEditor } from './question-editor.tsx'
import {
  groupsOf,
  minutesBeyond,
  moveIn,
  moveUnit,
  newSection,
  putInto,
  type SectionDraft,
  withoutSection,
} from './section-draft.ts'
import type { SectionAction } from './section-editor.tsx'
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

const Section = dynamic(() => import('./section-editor.tsx').then(module => module.SectionEditor), {
  loading: () => <Skeleton className="h-96 w-full" />,
})

type Deleting = { question: number } | { passage: string } | null

/** The questions of a quiz, in order, with the texts that several are about, and a way to add more. */
export function QuestionList({ state }: { state: QuizState }) {
  const t = useTranslations('quizEditor')
  const common = useTranslations('common')
  const { questions, setQuestions, passages, setPassages, sections, setSections, faults } = state
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
      if (action === 'up' || action === 'down')
        return moveIn(before, sections, index, action === 'up' ? -1 : 1)
      if (sections.some(({ key }) => key === action)) return putInto(before, index, action)
      return putUnder(before, index, action)
    })
  }
  const dissolve = (key: string) => {
    setQuestions(before =>
      before.map(question => (question.passage === key ? { ...question, passage: null } : question)),
    )
    setPassages(before => before.filter(passage => passage.key !== key))
  }
  const actOn = (key: string, action: string) => {
    if (action === 'delete') return setDeleting({ passage: key })
    if (action === 'dissolve') return dissolve(key)
    setQuestions(before => {
      const from = before.findIndex(({ passage }) => passage === key)
      if (action === 'up' || action === 'down')
        return moveUnit(before, sections, from, action === 'up' ? -1 : 1)
      return putInto(before, from, action)
    })
  }
  const remove = () => {
    if (!deleting) return
    if ('question' in deleting) return setQuestions(before => before.toSpliced(deleting.question, 1))
    setQuestions(before => before.filter(({ passage }) => passage !== deleting.passage))
    setPassages(before => before.filter(({ key }) => key !== deleting.passage))
  }
  const actOnSection = (key: string, action: SectionAction) => {
    if (action !== 'delete') {
      const at = sections.findIndex(section => section.key === key)
      return setSections(moveModule(sections, at, action === 'up' ? -1 : 1))
    }
    const { sections: left } = withoutSection({ questions, sections }, key)
    setSections(left, before => withoutSection({ questions: before, sections }, key).questions)
  }
  /** The sections that something can be put into. */
  const sectionsBeside = (section: string | null | undefined) =>
    sections.flatMap(({ key, title }, at) => {
      const name = title || t('sectionName', { number: at + 1 })
      return key === section ? [] : [{ id: key, label: t('putInto', { name }) }]
    })
  const adding = (passage: string | null, section: string | null = null) => (
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
        const inIt = section ? { section } : {}
        if (type) setQuestions(before => addUnder(before, { ...newQuestion(type, words), passage, ...inIt }))
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
          ...(question.passage ? [{ id: 'out', label: t('takeOut') }] : sectionsBeside(question.section)),
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
  const passageOf = (
    passage: PassageDraft,
    unit: Unit<QuestionDraft> | null,
    place: { isFirst: boolean; isLast: boolean },
  ) => (
    <li key={passage.key} id={`passage-${passage.key}`} className="scroll-mt-32">
      <Passage
        passage={passage}
        name={unit ? nameOf(unit) : t('passageNew')}
        fault={faults.passages[passage.key]}
        {...place}
        isEmpty={unit === null}
        moves={unit ? sectionsBeside(unit.questions[0]?.section) : []}
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
  const listOf = (some: Unit<QuestionDraft>[]) =>
    some.map(unit => {
      const place = { isFirst: unit.from === 0, isLast: unit.from === units.at(-1)?.from }
      const passage = passages.find(({ key }) => key === unit.passage)
      if (passage) return passageOf(passage, unit, place)
      return unit.questions.map((question, at) => editorOf(question, unit.from + at, place))
    })
  return (
    <div className="flex max-w-4xl flex-col gap-5">
      {questions.length + passages.length === 0 ? (
        <EmptyState icon="quiz" title={t('empty')} action={adding(null)}>
          {t('emptyText')}
        </EmptyState>
      ) : (
        <>
          {sections.length === 0 ? (
            <ol className="flex flex-col gap-5">
              {listOf(units)}
              {empty.map(passage => passageOf(passage, null, { isFirst: true, isLast: true }))}
            </ol>
          ) : (
            <div className="flex flex-col gap-10">
              <BeyondLimit sections={sections} whole={state.settings.timeLimitMinutes} />
              {groupsOf(questions, sections).map(({ section, units: inIt }, at) =>
                section ? (
                  <div key={section.key} id={`section-${section.key}`} className="scroll-mt-32">
                    <Section
                      section={section}
                      number={at + 1}
                      count={sections.length}
                      fault={faults.sections[section.key]}
                      isEmpty={inIt.length === 0}
                      onChange={changed =>
                        setSections(sections.map(one => (one.key === changed.key ? changed : one)))
                      }
                      onAction={action => actOnSection(section.key, action)}
                      add={adding(null, section.key)}
                    >
                      {listOf(inIt)}
                    </Section>
                  </div>
                ) : null,
              )}
              {empty.length === 0 ? null : (
                <ol className="flex flex-col gap-5">
                  {empty.map(passage => passageOf(passage, null, { isFirst: true, isLast: true }))}
                </ol>
              )}
            </div>
          )}
          <div className="flex flex-wrap gap-3">
            {sections.length === 0 ? adding(null) : null}
            {sections.length < limits.sectionsOfQuiz ? (
              <Button
                variant="secondary"
                onPress={() => {
                  const title = t('sectionName', { number: sections.length + 1 })
                  setSections([...sections, newSection(title)])
                }}
              >
                {t(sections.length === 0 ? 'divide' : 'addSection')}
              </Button>
            ) : null}
          </div>
          {sections.length === 0 ? <p className="text-sm text-muted">{t('divideHelp')}</p> : null}
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

/** Says that the limits of sections do not fit into that of the whole. */
function BeyondLimit({ sections, whole }: { sections: SectionDraft[]; whole: number | null }) {
  const t = useTranslations('quizEditor')
  const minutes = minutesBeyond(sections, whole)
  if (minutes === null || whole === null) return null
  return (
    <Notice tone="warning" live>
      {t('sectionsBeyond', { minutes, whole })}
    </Notice>
  )
}
