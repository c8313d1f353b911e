import type { OutputOf } from '../../lib/api.browser.ts'

export type Book = OutputOf<'assessment.getGradebook'>
export type BookItem = Book['items'][number]
export type GradeRow = OutputOf<'assessment.setGrade'>
export type Learner = { userId: string; name: string; email: string }
