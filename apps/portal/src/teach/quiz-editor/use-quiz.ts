'use client'
import { faultText } from '@azora/web/calls/failures.ts'
import { useDraft } from '@azora/web/drafts/use-draft.ts'
import { useState } from 'react'
import { useTranslations } from '../../i18n/client.tsx'
import { ApiError, call } from '../../lib/api.browser.ts'
import type { AuthoredQuiz } from './authored-quiz.ts'
import { isPassageDraft, type PassageDraft, passageDraftsOf, passageInput } from './passage-draft.ts'
import {
  completed,
  draftOf,
  inputOf,
  isQuestionDraft,
  missingPart,
  type QuestionDraft,
} from './question-draft.ts'
import {
  inSectionOrder,
  isSectionDraft,
  type SectionDraft,
  sectionDraftsOf,
  sectionInput,
} from './section-draft.ts'
import { isSettingsDraft, type Settings, type SettingsDraft, settingsOf } from './settings-draft.ts'

/** Sentences by the question, the text or the section they are about (by its key) and by the setting (by its name). */
export type Faults = { [of in 'questions' | 'passages' | 'sections' | 'settings']: Record<string, string> }

const none: Faults = { questions: {}, passages: {}, sections: {}, settings: {} }

/** What the editor holds, as it is kept on the device while it is unsaved. */
type Written = [SettingsDraft, QuestionDraft[], PassageDraft[]?, SectionDraft[]?]

/** As it is compared with what is stored: a quiz without sections is kept as it was before there were any. */
const writtenOf = (
  settings: SettingsDraft,
  questions: QuestionDraft[],
  passages: PassageDraft[],
  sections: SectionDraft[],
): Written =>
  sections.length > 0 ? [settings, questions, passages, sections] : [settings, questions, passages]

function isWritten(value: unknown): value is Written {
  if (!Array.isArray(value)) return false
  const [settings, questions, passages = [], sections = []] = value
  return (
    isSettingsDraft(settings) &&
    Array.isArray(questions) &&
    questions.every(isQuestionDraft) &&
    Array.isArray(passages) &&
    passages.every(isPassageDraft) &&
    Array.isArray(sections) &&
    sections.every(isSectionDraft)
  )
}

export type QuizState = ReturnType<typeof useQuiz>

/** A quiz as it is being written; null is one that does not exist yet. */
export function useQuiz(courseId: string, initial: AuthoredQuiz | null) {
  const t = useTranslations('quizEditor')
  const common = useTranslations('common')
  const [quiz, setQuiz] = useState(initial)
  const [settings, setSettings] = useState(() => settingsOf(initial))
  const [questions, setQuestions] = useState(() => initial?.questions.map(draftOf) ?? [])
  const [passages, setPassages] = useState(() => passageDraftsOf(initial))
  const [sections, setSections] = useState(() => sectionDraftsOf(initial))
  const [stored, setStored] = useState(() =>
    JSON.stringify(writtenOf(settingsOf(initial), questions, passages, sections)),
  )
  const [saving, setSaving] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const [faults, setFaults] = useState<Faults>(none)
  const [generation, setGeneration] = useState(0)
  const draft = useDraft<Written>({
    thing: quiz ? `quiz:${quiz.id}` : `new-quiz:${courseId}`,
    value: writtenOf(settings, questions, passages, sections),
    base: stored,
    isValue: isWritten,
    onRestore: ([keptSettings, keptQuestions, keptPassages, keptSections = []]) => {
      setSections(keptSections)
      if (keptPassages) setPassages(keptPassages)
      setSettings(before => ({ ...before, ...keptSettings }))
      setQuestions(keptQuestions.map(completed))
      setGeneration(current => current + 1)
    },
  })
  const leaveFor = (address: string) => {
    draft.forget()
    location.assign(address)
  }

  const lacking = () => {
    const said = {
      content: t('contentMissing'),
      option: t('optionMissing'),
      few: t('optionsFew'),
      correct: t('correctMissing'),
      value: t('valueMissing'),
    }
    return Object.fromEntries(
      questions.flatMap(question => {
        const lack = missingPart(question, settings.kind)
        return lack ? [[question.key, said[lack]]] : []
      }),
    )
  }

  const explain = (failure: unknown): string | null => {
    const found: Faults = { questions: {}, passages: {}, sections: {}, settings: {} }
    for (const field of failure instanceof ApiError ? (failure.data.fields ?? []) : []) {
      const [top = '', index] = field.path.split('.')
      const question = top === 'questions' ? questions[Number(index)] : undefined
      const passage = top === 'passages' ? passages[Number(index)] : undefined
      const section = top === 'sections' ? sections[Number(index)] : undefined
      if (question) found.questions[question.key] = field.message
      else if (passage) found.passages[passage.key] = field.message
      else if (section) found.sections[section.key] = field.message
      else found.settings[top] = field.message
    }
    setFaults(found)
    setFault(faultText(failure, common('connectionLost')))
    if (Object.keys({ ...found.questions, ...found.passages, ...found.sections }).length) return 'questions'
    return Object.keys(found.settings).length ? 'settings' : null
  }

  /** Saves, and answers which part must be looked at when that was refused. */
  const save = async (): Promise<string | null> => {
    const lacks = lacking()
    setFault(null)
    const unwritten = passages.filter(({ content }) => !content.trim())
    const ofPassages = Object.fromEntries(unwritten.map(({ key }) => [key, t('passageMissing')]))
    const ofSections = Object.fromEntries(
      sections.flatMap(({ key, title }) =>
        !title.trim()
          ? [[key, t('sectionTitleMissing')]]
          : questions.some(({ section }) => section === key)
            ? []
            : [[key, t('sectionEmptyFault')]],
      ),
    )
    setFaults({ ...none, questions: lacks, passages: ofPassages, sections: ofSections })
    if (Object.keys({ ...lacks, ...ofPassages, ...ofSections }).length) return 'questions'
    setSaving(true)
    try {
      const accessCode = settings.accessCode?.trim() || null
      const input = {
        ...settings,
        accessCode,
        questions: questions.map(inputOf),
        passages: passages.map(passageInput),
        sections: sections.map(sectionInput),
      }
      if (!quiz) {
        const created = await call('assessment.createQuiz', { courseId, ...input })
        leaveFor(`/teach/courses/${courseId}/quizzes/${created.id}`)
        return null
      }
      // The answer of a write leaves the access code out.
      const saved = { ...(await call('assessment.saveQuiz', { quizId: quiz.id, ...input })), accessCode }
      const drafts = saved.questions.map(draftOf)
      setQuiz(saved)
      setSettings(settingsOf(saved))
      setQuestions(drafts)
      setPassages(passageDraftsOf(saved))
      setSections(sectionDraftsOf(saved))
      setStored(
        JSON.stringify(writtenOf(settingsOf(saved), drafts, passageDraftsOf(saved), sectionDraftsOf(saved))),
      )
      return null
    } catch (failure) {
      return explain(failure)
    } finally {
      setSaving(false)
    }
  }

  const duplicate = async () => {
    if (!quiz) return
    try {
      const title = t('copyOf', { title: quiz.title }).slice(0, 300)
      const copy = await call('assessment.duplicateQuiz', { quizId: quiz.id, title })
      location.assign(`/teach/courses/${courseId}/quizzes/${copy.id}`)
    } catch (failure) {
      setFault(faultText(failure, common('connectionLost')))
    }
  }

  const remove = async () => {
    if (!quiz) return
    try {
      await call('assessment.deleteQuiz', { quizId: quiz.id })
      leaveFor(`/teach/courses/${courseId}#quizzes`)
    } catch (failure) {
      setFault(faultText(failure, common('connectionLost')))
    }
  }

  return {
    quiz,
    settings,
    changeSettings: (part: Partial<Settings>) => setSettings(before => ({ ...before, ...part })),
    questions,
    setQuestions: (change: (before: QuestionDraft[]) => QuestionDraft[]) =>
      setQuestions(before => inSectionOrder(change(before), sections)),
    passages,
    setPassages: (change: (before: PassageDraft[]) => PassageDraft[]) => setPassages(change),
    sections,
    /** Other sections, and where that changes them the questions in them. */
    setSections: (after: SectionDraft[], change = (before: QuestionDraft[]) => before) => {
      setSections(after)
      setQuestions(before => inSectionOrder(change(before), after))
    },
    save,
    remove,
    duplicate,
    draft,
    /** Changes whenever the fields must be drawn anew. */
    generation,
    saving,
    fault,
    faults,
  }
}
