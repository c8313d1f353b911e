import type { InputOf, OutputOf } from '../../lib/api.browser.ts'

/** A quiz as its author reads it, and its questions as they are saved. */
export type AuthoredQuiz = OutputOf<'assessment.editQuiz'>
export type QuestionInput = NonNullable<InputOf<'assessment.saveQuiz'>['questions']>[number]
export type QuestionType = QuestionInput['type']
