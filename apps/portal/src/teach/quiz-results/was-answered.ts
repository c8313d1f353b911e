/** Whether a question of an attempt has an answer, to itself or to one of its parts. */
export const wasAnswered = (question: { chosen: string[]; marks: { given: string | null }[] }) =>
  question.chosen.length > 0 || question.marks.some(({ given }) => given !== null)
