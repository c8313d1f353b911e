import { cleanHtml, type Uncleaned } from '@azora/kit/rich-text/clean.ts'
import { rulesOf } from '../questions/question-types.ts'
import type { SectionInput } from './quiz-sections.ts'
import type { PassageInput } from './written-passages.ts'
import type { QuestionInput } from './written-question.ts'

type Texts = {
  description: string
  formulaSheet?: string | undefined
  questions: QuestionInput[]
  passages?: PassageInput[] | undefined
  sections?: SectionInput[] | undefined
}

/**
 * The quiz with all of its HTML cleaned, at once, since a hundred questions may be more than the loop should bear.
 * @param caller whose work it is, for taking turns
 */
export async function cleanQuiz<Q extends Texts>(quiz: Q, caller: string): Promise<Q> {
  const texts: Uncleaned[] = []
  const places: ((clean: string) => void)[] = []
  /** Have `holder[name]` cleaned; an empty text that may be missing is taken as missing. */
  function mark<N extends string>(
    holder: { [name in N]: string | null },
    name: N,
    as: Uncleaned['as'],
    mayMiss = false,
  ) {
    const html = holder[name]
    if (html === null || (mayMiss && html === '')) {
      holder[name] = null
      return
    }
    texts.push({ html, as })
    places.push(clean => {
      holder[name] = clean
    })
  }

  const copy: Q = {
    ...quiz,
    questions: quiz.questions.map(question => ({
      ...question,
      options: question.options.map(option => ({ ...option })),
      feedback: { ...question.feedback },
      ...(question.hints ? { hints: question.hints.map(hint => ({ ...hint })) } : {}),
      ...('body' in question ? { body: structuredClone(question.body) } : {}),
    })),
  }
  if (quiz.passages) copy.passages = quiz.passages.map(passage => ({ ...passage }))
  if (quiz.sections) copy.sections = quiz.sections.map(section => ({ ...section }))
  mark(copy, 'description', 'lesson')
  for (const passage of copy.passages ?? []) mark(passage, 'content', 'lesson')
  for (const section of copy.sections ?? []) mark(section, 'instructions', 'lesson')
  if (copy.formulaSheet) mark(copy as { formulaSheet: string }, 'formulaSheet', 'lesson')
  for (const question of copy.questions) {
    mark(question, 'content', 'lesson')
    for (const option of question.options) {
      mark(option, 'content', 'inline')
      mark(option, 'feedback', 'inline', true)
    }
    for (const kind of ['general', 'correct', 'incorrect'] as const)
      mark(question.feedback, kind, 'inline', true)
    if (question.feedback.solution !== undefined)
      mark(question.feedback as { solution: string | null }, 'solution', 'lesson', true)
    for (const hint of question.hints ?? []) mark(hint, 'content', 'lesson')
    if ('body' in question) {
      // The places are HTML, or null where there may be none.
      for (const { holder, name } of rulesOf(question).htmlPlaces(question.body))
        mark(holder as Record<string, string | null>, name, 'inline', name === 'feedback')
    }
  }
  for (const [at, clean] of (await cleanHtml(texts, caller)).entries()) places[at]?.(clean)
  return copy
}
