import type { OutputOf } from '../../../lib/api.browser.ts'

export type QuizStandards = OutputOf<'assessment.getQuizStandards'>
