import type { essayBody } from '@azora/contracts/assessment/question-types/essay.ts'
import { type UploadedFile, uploadAddress, uploadRead } from '@azora/contracts/assessment/uploaded-file.ts'
import { AppError } from '@azora/kit/errors.ts'
import type { z } from 'zod'
import { answeredFiles } from '../questions/code/code.ts'
import type { BodyOf, Question } from '../questions/question.ts'
import type { NotRun } from './programs/programs.store.ts'

/** An answer as the desk shows it: a text with what it is marked by, and of a program its files beside that. */

export type MarkedQuestion = Extract<Question, { type: 'essay' | 'upload' | 'code' }>

/** A program is marked by points alone. */
const byPoints: z.infer<typeof essayBody> = {
  minWords: null,
  maxWords: null,
  rubric: [],
  rubricShown: false,
  guidance: null,
}

const types: string[] = ['essay', 'upload', 'code'] satisfies MarkedQuestion['type'][]

const ofFiles = ({ rubric, rubricShown, guidance }: BodyOf<'upload'>) => ({
  ...byPoints,
  rubric,
  rubricShown,
  guidance,
})

/** @throws AppError `not_found` where no person marks it */
export function markedIn(questions: Question[], questionId: string): MarkedQuestion {
  const question = questions.find(({ id }) => id === questionId)
  if (!question || !types.includes(question.type)) throw new AppError('not_found')
  return question as MarkedQuestion
}

export const rubricOf = (question: MarkedQuestion): z.infer<typeof essayBody> =>
  question.type === 'essay' ? question.body : question.type === 'code' ? byPoints : ofFiles(question.body)

/** @param anonymous whether the names of files are hidden: they often hold that of who made them */
export function shownOnDesk(
  question: MarkedQuestion,
  answer: string[],
  { notRun, anonymous }: { notRun: NotRun | null; anonymous: boolean },
) {
  if (question.type === 'essay')
    return { body: question.body, text: answer[0] ?? '', program: null, files: [] }
  if (question.type === 'upload') {
    const files = answer.flatMap((text, at) => {
      const file = uploadRead(text)
      if (!file) return []
      const shown = { ...file, name: anonymous ? namelessFile(file, at) : file.name }
      return [{ ...shown, url: uploadAddress(shown) }]
    })
    // For a desk that does not know of files.
    return { body: rubricOf(question), text: files.map(({ name }) => name).join('\n'), program: null, files }
  }
  const { language } = question.body
  const files = answeredFiles(question.body, answer, true)
  return {
    body: byPoints,
    // For a desk that does not know of programs.
    text: files.map(({ path, content }) => `${path}\n\n${content}`).join('\n\n'),
    program: { language, files, notRun },
    files: [],
  }
}

/** A name that tells nothing of who made the file. */
export const namelessFile = ({ name }: Pick<UploadedFile, 'name'>, at: number) =>
  `file-${at + 1}${/\.[a-z0-9]{1,5}$/i.exec(name)?.[0].toLowerCase() ?? ''}`
