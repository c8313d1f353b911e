import type { AuthoredQuiz, QuestionInput, QuestionType } from './authored-quiz.ts'
import { type BodyDraft, bodyDraftOf, bodyOf, duplicateBody, newBody } from './body-draft.ts'
import { htmlOf, inlineHtmlOf, typedText } from './typed-text.ts'
import { lacksValue, parametersOf, type ValuesDraft, valuesDraftOf } from './values-draft.ts'

export type Scoring = AuthoredQuiz['questions'][number]['scoring']

export const choiceTypes = ['single_choice', 'multiple_choice', 'true_false'] as const
/** As the service takes a question that says nothing of it. */
const allOrNothing: Scoring = { partial: false, wrongCosts: 0, belowZero: false }

/** An answer as it is being written. `key` names it in the page; `id` is there once it was saved. */
export type OptionDraft = {
  key: string
  id?: string
  content: string
  correct: boolean
  feedback: string
  /** Stands last however they are shuffled. */
  last?: boolean
  /** Is chosen alone. */
  exclusive?: boolean
}
/** A hint as it is being written. */
export type HintDraft = { key: string; content: string; costPercent: number }
/** A question as it is being written: texts as an author types them, see `typedText`. */
export type QuestionDraft = {
  key: string
  id?: string
  type: QuestionType
  content: string
  points: number
  /** The key of the text that it stands under; missing in drafts that were kept before there were texts. */
  passage?: string | null
  /** The key of the section that it belongs to; missing where there are none. */
  section?: string | null
  options: OptionDraft[]
  /** Of a type that asks in a way of its own; else null. */
  body: BodyDraft | null
  scoring: Scoring
  /** `solution` is missing in drafts that were kept before there was one. */
  feedback: { general: string; correct: string; incorrect: string; solution?: string }
  /** Missing in drafts that were kept before there were any. */
  hints?: HintDraft[]
  /** Missing where there are none, and were none; null takes away those that are stored. */
  parameters?: ValuesDraft | null
}

/** A draft that was kept on the device before questions had bodies and schemes of scoring. */
export const completed = (draft: QuestionDraft): QuestionDraft => ({
  ...draft,
  body: draft.body ?? null,
  scoring: draft.scoring ?? allOrNothing,
})

/** Whether something is a question of this shape, and not one that an older version of the page kept. */
export function isQuestionDraft(value: unknown): value is QuestionDraft {
  const { key, type, content, options, feedback } = (value ?? {}) as Partial<QuestionDraft>
  return Boolean(
    key &&
      type &&
      typeof content === 'string' &&
      feedback &&
      Array.isArray(options) &&
      options.every(option => typeof option?.key === 'string' && typeof option.content === 'string'),
  )
}

/** The letter by which an answer is called: A, B, … */
export const letterOf = (index: number) => String.fromCharCode(65 + index)

export function draftOf(question: AuthoredQuiz['questions'][number]): QuestionDraft {
  return {
    key: question.id,
    id: question.id,
    type: question.type,
    content: typedText(question.content),
    points: question.points,
    ...(question.passageId === undefined ? {} : { passage: question.passageId }),
    ...(question.sectionId ? { section: question.sectionId } : {}),
    options: question.options.map(option => ({
      key: option.id,
      id: option.id,
      content: typedText(option.content),
      correct: option.correct,
      feedback: typedText(option.feedback ?? ''),
      ...(option.last ? { last: true } : {}),
      ...(option.exclusive ? { exclusive: true } : {}),
    })),
    body: 'body' in question ? bodyDraftOf(question) : null,
    scoring: question.scoring,
    ...(question.parameters ? { parameters: valuesDraftOf(question.parameters) } : {}),
    feedback: {
      general: typedText(question.feedback.general ?? ''),
      correct: typedText(question.feedback.correct ?? ''),
      incorrect: typedText(question.feedback.incorrect ?? ''),
      ...(question.feedback.solution ? { solution: typedText(question.feedback.solution) } : {}),
    },
    ...(question.hints?.length
      ? {
          hints: question.hints.map(({ content, costPercent }) => ({
            key: crypto.randomUUID(),
            content: typedText(content),
            costPercent,
          })),
        }
      : {}),
  }
}

export function inputOf(draft: QuestionDraft): QuestionInput {
  const said = (text: string) => htmlOf(text) || null
  const common = {
    ...(draft.id ? { id: draft.id } : {}),
    content: htmlOf(draft.content),
    points: draft.points,
    ...(draft.passage === undefined ? {} : { passageId: draft.passage }),
    ...(draft.section ? { sectionId: draft.section } : {}),
    scoring: draft.scoring,
    options: draft.options.filter(isUsed).map(option => ({
      ...(option.id ? { id: option.id } : {}),
      content: inlineHtmlOf(option.content),
      correct: option.correct,
      feedback: said(option.feedback),
      ...(option.last ? { last: true } : {}),
      ...(option.exclusive && draft.type === 'multiple_choice' ? { exclusive: true } : {}),
    })),
    feedback: {
      general: said(draft.feedback.general),
      correct: said(draft.feedback.correct),
      incorrect: said(draft.feedback.incorrect),
      // Null takes one away: what a save does not name stays.
      ...(draft.feedback.solution === undefined ? {} : { solution: said(draft.feedback.solution) }),
    },
    ...(draft.hints
      ? {
          hints: draft.hints
            .filter(({ content }) => content.trim())
            .map(({ content, costPercent }) => ({ content: htmlOf(content), costPercent })),
        }
      : {}),
    ...(draft.parameters === undefined
      ? {}
      : { parameters: draft.parameters && parametersOf(draft.parameters) }),
  }
  const calculates = (draft.parameters?.items.length ?? 0) > 0
  if (draft.body) return { ...common, ...bodyOf(draft.body, calculates), options: [] }
  // A draft without a body is a choice.
  return { ...common, type: draft.type as (typeof choiceTypes)[number] }
}

/** An empty question of a kind; `words` are what a true or false question offers. */
export function newQuestion(type: QuestionType, words: { true: string; false: string }): QuestionDraft {
  const option = (content: string, correct = false): OptionDraft => ({
    key: crypto.randomUUID(),
    content,
    correct,
    feedback: '',
  })
  return {
    key: crypto.randomUUID(),
    type,
    content: '',
    points: 1,
    passage: null,
    body: newBody(type),
    scoring: newBody(type) ? { ...allOrNothing, partial: true } : allOrNothing,
    options: newBody(type)
      ? []
      : type === 'true_false'
        ? [option(words.true, true), option(words.false)]
        : [option('', true), option(''), option(''), option('')],
    feedback: { general: '', correct: '', incorrect: '' },
  }
}

/** The same question once more, as a new one. */
export function duplicateOf({ id: _, ...question }: QuestionDraft): QuestionDraft {
  return {
    ...question,
    key: crypto.randomUUID(),
    options: question.options.map(({ id: __, ...option }) => ({ ...option, key: crypto.randomUUID() })),
    body: question.body && duplicateBody(question.body),
  }
}

export type MissingPart = 'content' | 'option' | 'few' | 'correct' | 'value'

/** Whether anything was written in a row for an answer. Rows left empty are not saved. */
const isUsed = (option: OptionDraft) => Boolean(option.content.trim() || option.feedback.trim())

/** What a question lacks before it can be saved; the API checks the same and more. No answer of a survey is right. */
export function missingPart(question: QuestionDraft, kind: AuthoredQuiz['kind']): MissingPart | null {
  if (!question.content.trim()) return 'content'
  if (lacksValue(question.parameters)) return 'value'
  // What else it lacks, the service says.
  if (question.body) return null
  const used = question.options.filter(isUsed)
  if (used.some(option => !option.content.trim())) return 'option'
  if (used.length < 2) return 'few'
  if (kind === 'survey') return null
  const right = used.filter(option => option.correct).length
  return (question.type === 'multiple_choice' ? right < 1 : right !== 1) ? 'correct' : null
}
