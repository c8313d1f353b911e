import type { Submission } from '../offline/answers.ts'

/** Whether an attempt waits for its programs to be tested, and for no person. */
export function waitsForTests({ awaitsMarking, resultsShown, questions, answers }: Submission): boolean {
  const given = (type: string) =>
    questions.some(
      question => question.type === type && answers[question.id]?.some(text => text.trim() !== ''),
    )
  return awaitsMarking && resultsShown !== 'none' && given('code') && !given('essay') && !given('upload')
}
